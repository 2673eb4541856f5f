"""What the images of stories look like, looked at once for each file."""

from articles.models import Image, Look
from newsroom.files import perceptual_hash

BATCH = 200


def alike(image, other):
    """Return whether two images show the same, whatever their files."""
    if image.pk == other.pk:
        return True
    by_image = looks_of([image.pk, other.pk])
    return len(by_image) == 2 and perceptual_hash.are_alike(*by_image.values())


def looks_of(pks):
    """Return image id -> its look, of those that have one; a file that was never looked at is opened."""
    by_image = {}
    pks = sorted(set(pks))
    for start in range(0, len(pks), BATCH):
        images = Image.objects.select_related("look").exclude(file="")
        for image in images.filter(pk__in=pks[start : start + BATCH]):
            known = getattr(image, "look", None)
            if known is None or known.checksum != image.checksum:
                known = _looked_at(image)
            if known.bits:
                by_image[image.pk] = int(known.bits, 16)
    return by_image


def _looked_at(image):
    try:
        with image.file.open("rb") as file:
            bits = perceptual_hash.look(file)
    except OSError:
        bits = None
    told = {"bits": "" if bits is None else f"{bits:016x}", "checksum": image.checksum}
    return Look.objects.update_or_create(image=image, defaults=told)[0]
