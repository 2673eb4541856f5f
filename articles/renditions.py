"""Renditions: an Image scaled and encoded, and for other sites cropped round its focal point.

A graphic is never cropped: for sharing it stands on white.

Encoding takes seconds, so it runs in a background task and never in a request. A page shows the
renditions that exist, and until there are any the original of a JPEG, which holds nothing else.
"""

import io
import re
from dataclasses import dataclass
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django_tasks import task
from PIL import Image as Pillow, ImageCms, ImageOps

from articles.models import Edition, Image, PromotionEdition, Rendition
from newsroom.files import pictures

WIDTHS = (320, 480, 640, 800, 960, 1280, 1600)
SHOWN = 960
FULL, SOCIAL = "full", "social"
LIGHT, LIGHT_WIDTH = "light", 640
"""The name of a size in bytes that is kept: of the file of this width, which readers are offered who are shown no pictures."""
SOCIAL_SIZE = (1200, 630)
"""What sharing services show of a page (Open Graph): cropped round the focal point."""

CROPS = {"16x9": (1200, 675), "4x3": (1200, 900), "1x1": (1200, 1200)}
"""The shapes that search engines ask for, and their largest sizes (Google, "Article structured data")."""

LEAST_CROP = 50_000
"""How many pixels such a picture has at least (the same source)."""

ENOUGH = 1600
"""To how many pixels on its shorter side a larger picture may be brought before anything else.

A picture of 50 million pixels would take a gigabyte on its way to the first rendition.
"""
EVEN = frozenset({"CMYK", "L", "LA", "RGB", "RGBA"})
"""The modes in which what is between two pixels is between their values."""

QUALITY = {
    "avif": {"quality": 60, "speed": 8, "max_threads": 2},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "progressive": True, "optimize": True},
}
DENSE = 800
"""From this width on a phone shows two dots a pixel, where a lower quality is not seen."""
DENSE_QUALITY = {"avif": 48, "webp": 70, "jpeg": 74}
PHONE, PHONE_BYTES = 800, 26_000
"""The width of the file that phones take of a picture as wide as they are, and its most bytes: with a page and its style 40 kB."""
LEAST_QUALITY = {"avif": 30, "webp": 40}
"""Below this, fewer bytes are seen."""
QUALITY_STEP = 6
MIME = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


KEY = re.compile(r"renditions/../([0-9a-f]{24})-[^/]+")
"""The path of a rendition."""


class Source(NamedTuple):
    """The files of a picture in one format."""

    type: str
    address: str
    ending: str
    widths: tuple

    def srcset(self, wanted):
        """Return the HTML attribute, of the files of the wanted widths; and of the widest, if it is narrower than those."""
        least = min(max(wanted), self.widths[-1])
        fit = [width for width in self.widths if width in wanted or width == least]
        return ", ".join(
            f"{self.address}{width}{self.ending} {width}w" for width in fit or self.widths
        )


@dataclass(frozen=True)
class Picture:
    """What an <img> needs, of files that exist: a Source of each format, the best first.

    `plain` are the (width, address) of JPEG files, of which old browsers get one. `light_bytes` is how large the
    one is that stands alone as `light`, 0 where nobody knows.
    """

    sources: tuple
    plain: tuple
    width: int
    height: int
    light_bytes: int = 0

    @property
    def src(self):
        return self.sized(SHOWN)[0]

    @property
    def light(self):
        return self.sized(LIGHT_WIDTH)[0]

    def sized(self, wanted):
        """Return (address, width, height) of the plain file that is nearest to a width."""
        width, address = min(self.plain, key=lambda file: abs(file[0] - wanted))
        return address, width, self.height_at(width)

    def height_at(self, width):
        return _scaled_height(self.width, self.height, width)


def request(image):
    """Have the renditions of `image` made after this transaction, if it has a file."""
    if image.file:
        transaction.on_commit(lambda: render.enqueue(image_id=image.pk))


@task()
def render(image_id):
    """Make every rendition of an image that does not exist yet, and tell the image of them."""
    image = Image.objects.filter(pk=image_id).exclude(file="").first()
    if image is None:
        return
    key = image.rendition_key
    if is_complete(image):  # queued twice, as after `render_images`
        return
    with image.file.open("rb") as original, pictures.opened(original) as opened:
        size = pictures.upright_size(opened)  # of the original: by it pages tell those of files
        opened.draft(None, (ENOUGH, ENOUGH))
        picture = _upright(opened)
        for shape, width, height in plan(*size, may_crop=not image.is_graphic):
            scaled = _scaled(picture, shape, (width, height), image)
            for encoding in _formats(shape):
                _keep(image, key, shape, encoding, scaled)
    _announce(image_id, key)


def is_complete(image):
    """Return whether every rendition of an image is there, and what is told of them; releases before this one made no crops."""
    made = image.available.get(image.rendition_key)
    wanted = _crops(image.width, image.height) if not image.is_graphic else ()
    shapes = [LIGHT, *(shape for shape, _width, _height in wanted)]
    return made is not None and all(shape in made for shape in shapes)


def plan(width, height, *, may_crop=True):
    """Return the (shape, width, height) to make of an original of this size; never larger than it."""
    widths = [wanted for wanted in WIDTHS if wanted <= width] or [width]
    sizes = [(FULL, wanted, _scaled_height(width, height, wanted)) for wanted in widths]
    if width >= SOCIAL_SIZE[0] and height >= SOCIAL_SIZE[1]:
        sizes.append((SOCIAL, *SOCIAL_SIZE))
    return sizes + (_crops(width, height) if may_crop else [])


def _crops(width, height):
    """Return the (shape, width, height) of each crop that is not too small for search engines."""
    sizes = []
    for shape, (widest, highest) in CROPS.items():
        wide = min(widest, width, height * widest // highest)
        size = wide, _height(shape, wide)
        if size[0] * size[1] >= LEAST_CROP:
            sizes.append((shape, *size))
    return sizes


def _scaled_height(width, height, wanted):
    return max(1, round(height * wanted / max(1, width)))


def _height(shape, width):
    """Return the height of a crop of this width."""
    widest, highest = CROPS[shape]
    return width * highest // widest


def path(key, shape, encoding, width):
    """Return the storage path of a rendition; its name is new whenever its content could be."""
    return _stem(key) + _ending(shape, encoding, width)


def _stem(key):
    return f"renditions/{key[:2]}/{key}"


def _ending(shape, encoding, width):
    return f"-{shape}-{width}.{encoding}"


def of_file(name):
    """Return the images to which a file belongs, one as a rule: as the original, or as a rendition."""
    key = KEY.fullmatch(name)
    if key:
        return Image.objects.filter(
            Exists(Rendition.objects.filter(image=OuterRef("pk"), key=key[1]))
        )
    return Image.objects.filter(file=name)


def shown_to_readers(images, *, at):
    """Keep the images that have a right at a moment, and stand in a story or promotion that is live then."""
    live = Edition.objects.live(at=at).filter(article__uses__image=OuterRef("pk"))
    promoted = PromotionEdition.objects.live(at=at).showing(OuterRef("pk"))
    return images.with_right(at=at).filter(Exists(live) | Exists(promoted))


def picture_of(image, *, at):
    """Return the Picture of an image at a moment, or None if readers may not see it."""
    if not image.may_be_shown(at=at):
        return None
    key = image.rendition_key
    made = image.available.get(key, {})
    if not made.get("jpeg"):
        if not image.file.name.endswith(".jpg"):
            return None  # files of other formats from long ago hold what readers must not see
        return Picture((), ((image.width, image.file.url),), image.width, image.height)
    # Asked for once: an address takes long to put together, and there are twenty of them.
    address = default_storage.url(_stem(key))
    sources = tuple(
        Source(MIME[encoding], f"{address}-{FULL}-", f".{encoding}", tuple(sorted(made[encoding])))
        for encoding in ("avif", "webp")
        if made.get(encoding)
    )
    plain = tuple((width, address + _ending(FULL, "jpeg", width)) for width in made["jpeg"])
    return Picture(sources, plain, image.width, image.height, made.get(LIGHT, 0))


def sharing_url(image, *, at):
    """Return (url, width, height) of the picture to share, or None."""
    if not image.may_be_shown(at=at):
        return None
    if image.available.get(image.rendition_key, {}).get(SOCIAL):
        address = default_storage.url(path(image.rendition_key, SOCIAL, "jpeg", SOCIAL_SIZE[0]))
        return (address, *SOCIAL_SIZE)
    picture = picture_of(image, at=at)
    return picture and picture.sized(SHOWN)


def crops(image, *, at):
    """Return (url, width, height) of each crop for search engines that exists."""
    if not image.may_be_shown(at=at):
        return []
    key, made = image.rendition_key, image.available.get(image.rendition_key, {})
    return [
        (default_storage.url(path(key, shape, "jpeg", width)), width, _height(shape, width))
        for shape in CROPS
        for width in made.get(shape, ())
    ]


def _formats(shape):
    return ("webp", "jpeg", "avif") if shape == FULL else ("jpeg",)


def _upright(picture):
    """Return the picture as it is meant to be seen, in sRGB without transparency.

    Nothing else of the file remains: not where it was taken, nor with what.
    """
    profile = picture.info.get("icc_profile")
    ImageOps.exif_transpose(picture, in_place=True)
    picture = _reduced(picture)
    if picture.mode.startswith("I"):  # 16 bits of grey, of which the upper half is seen
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        ground = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(ground, picture.convert("RGBA"))
    picture = _in_srgb(picture, profile)
    picture.info = {}
    return picture


def _reduced(picture):
    """Return a very large picture in a half, a third … of its size."""
    factor = min(picture.size) // ENOUGH
    if factor < 2 or picture.mode not in EVEN or "transparency" in picture.info:
        return picture
    return picture.reduce(factor)


def _in_srgb(picture, profile):
    """Return the picture in the colours of the web; one whose profile is of no use as it is."""
    picture = picture if picture.mode in {"CMYK", "L"} else picture.convert("RGB")
    try:
        source = profile and ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source:
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        pass
    return picture.convert("RGB")


def _scaled(picture, shape, size, image):
    if shape == FULL:
        return picture.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=2)
    if image.is_graphic:
        return ImageOps.pad(picture, size, Pillow.Resampling.LANCZOS, color="white")
    return ImageOps.fit(picture, size, Pillow.Resampling.LANCZOS, centering=image.focus)


def _keep(image, key, shape, encoding, scaled):
    name = path(key, shape, encoding, scaled.width)
    identity = {"image": image, "key": key, "shape": shape, "format": encoding}
    identity["width"] = scaled.width
    if Rendition.objects.filter(**identity).exists():
        return
    data = encoded(scaled, shape, encoding)
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
    Rendition.objects.get_or_create(**identity, defaults={"height": scaled.height, "file": name})


def encoded(scaled, shape, encoding):
    """Return a picture in its final size as a file; that for phones at a lower quality where it would be heavy."""
    options = QUALITY[encoding]
    if scaled.width >= DENSE and shape == FULL:
        options = options | {"quality": DENSE_QUALITY[encoding]}
    data = _saved(scaled, encoding, options)
    is_for_phones = (shape, scaled.width) == (FULL, PHONE)
    least = LEAST_QUALITY.get(encoding) if is_for_phones else None
    while least and len(data) > PHONE_BYTES and options["quality"] > least:
        options = options | {"quality": max(least, options["quality"] - QUALITY_STEP)}
        data = _saved(scaled, encoding, options)
    return data


def _saved(picture, encoding, options):
    buffer = io.BytesIO()
    picture.save(buffer, encoding, **options)
    return buffer.getvalue()


def _announce(image_id, key):
    """Write on the image which renditions there are, so that a page need not ask for each."""
    with transaction.atomic():
        image = Image.objects.select_for_update().get(pk=image_id)
        if image.rendition_key != key:  # changed meanwhile: whoever renders it now tells
            return
        made = {}
        rows = Rendition.objects.filter(image=image, key=key).order_by("width")
        for shape, encoding, width in rows.values_list("shape", "format", "width"):
            made.setdefault(encoding if shape == FULL else shape, []).append(width)
        if made.get("jpeg"):
            light = min(made["jpeg"], key=lambda width: abs(width - LIGHT_WIDTH))
            made[LIGHT] = default_storage.size(path(key, FULL, "jpeg", light))
        image.available = {key: made}
        image.save(update_fields=["available"])
