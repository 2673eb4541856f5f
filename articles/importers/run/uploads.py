"""Files that somebody uploads to be imported: kept below `VAR_DIR`, where no reader gets, until the import has ended."""

import secrets
import shutil
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_MEGABYTES = 1000
"""So large may an upload be; deploy/nginx/snippets/newsroom-server.conf says the same to browsers."""

KEPT = timedelta(days=7)
"""How long a file waits for somebody's word."""


def folder():
    return settings.VAR_DIR / "uploads"


def path_of(batch):
    """Return the path of what was uploaded for a batch."""
    return folder() / batch.file


def store(file):
    """Keep an uploaded file under its own name, which may tell the id of its story; return its path below the folder."""
    megabytes = file.size / 1_000_000
    if megabytes > MOST_MEGABYTES:
        sentence = _(
            "This file has %(size)d MB, and at most %(most)d MB can be uploaded. Import it on the server with "
            "import_articles, or divide it."
        )
        raise ValidationError(sentence % {"size": megabytes, "most": MOST_MEGABYTES})
    name = f"{secrets.token_hex(8)}/{file.name}"
    path = folder() / name
    path.parent.mkdir(parents=True)
    try:
        with path.open("xb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    except BaseException:
        remove(name)
        raise
    return name


def remove(name):
    """Delete an upload by its path below the folder; "" is none."""
    if name:
        shutil.rmtree((folder() / name).parent, ignore_errors=True)
