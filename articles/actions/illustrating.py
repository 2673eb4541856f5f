"""Pictures: what follows from a new file, and which image leads a story."""

from functools import partial

from django.db import transaction

from articles import renditions
from newsroom.db import locks
from newsroom.files import unfinished


def store(image):
    """Save an image that is new, or has another file or focal point, and have its renditions made."""
    with locks.writing():
        if image.file and not image.file._committed:
            image.write_file(tell=unfinished.note)
            transaction.on_commit(partial(unfinished.keep, image.file.name), robust=True)
        image.save()
    renditions.request(image)


def let_none_lead(article):
    """Take the lead from the image that has it, so that another one can: the database allows one at every moment."""
    article.uses.filter(is_lead=True).update(is_lead=False)
