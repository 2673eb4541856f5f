"""Pictures: what follows from a new file, and which image leads a story."""

from contextlib import contextmanager
from functools import partial

from django.core.files import File
from django.db import transaction
from django.db.models import Max

from articles import renditions
from articles.models import Image
from newsroom.db import locks
from newsroom.files import unfinished
from newsroom.files.pictures import inspect


def store(image):
    """Save an image that is new, or has another file or focal point, and have its renditions made."""
    with locks.writing():
        if image.file and not image.file._committed:
            image.write_file(tell=unfinished.note)
            transaction.on_commit(partial(unfinished.keep, image.file.name), robust=True)
        image.save()
    renditions.request(image)


def fill(image, file):
    """Give a gap its file, unless somebody else has; raise UnreadablePicture for what is no picture."""
    inspect(file)
    with locks.writing():
        gap = Image.objects.select_for_update().with_gaps().filter(pk=image.pk).first()
        if gap:
            gap.file = File(file, name="fetched")
            store(gap)


@locks.writing()
def expect(**fields):
    """Return a new gap: what is known of an image whose file is still to come."""
    return Image.objects.create(**fields)


@locks.writing()
def describe(image, **fields):
    """Say other words of an image, of its rights or what it shows."""
    for name, value in fields.items():
        setattr(image, name, value)
    image.save(update_fields=[*fields])


@locks.writing()
def show(use):
    """Store how a story shows an image: one that is new there, or has another place or other words."""
    use.save()


@locks.writing()
def take_out(uses):
    """Show no more what these uses show; return whether that was anything. The images stay in the library."""
    gone, _rows = uses.delete()
    return bool(gone)


@locks.writing()
def lead(article, image, *, instead_of):
    """Let the image with this id, or none, lead a story instead of what a use has led it with; return whether it is another."""
    led = instead_of.image_id if instead_of else None
    if image == led:
        return False
    # The one that leads no more comes first: the database allows one at every moment.
    for use in article.uses.filter(image__in=[led, image]).order_by("-is_lead"):
        use.is_lead = use.image_id == image
        use.save()
    return True


def let_none_lead(article):
    """Take the lead from the image that has it, so that another one can: the database allows one at every moment."""
    article.uses.filter(is_lead=True).update(is_lead=False)


@contextmanager
def first_leads(article):
    """Let the first of the images that a story gets lead it: one that had none, where nobody chose another.

    An image that stands in a text already does not lead as well: readers would see it twice.
    """
    had_images = article.uses.exists()
    yield
    if had_images or article.uses.filter(is_lead=True).exists():
        return
    in_bodies = article.images_in_bodies()
    first = next((use for use in article.uses.all() if use.image_id not in in_bodies), None)
    if first:
        first.is_lead = True
        first.save(update_fields=["is_lead"])


def next_position(article):
    """Return the position behind all images of a story."""
    return (article.uses.aggregate(last=Max("position"))["last"] or 0) + 1
