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
