"""Files that another one has replaced, and that pages of before still name.

A browser, a CDN or an outage gives such a page for hours. So the name of the file is noted in the storage, and the task of the day
deletes it once it has been replaced for a week, unless a row knows it again.
"""

from contextlib import suppress
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom.db import locks
from newsroom.files import unfinished

FOLDER = "replaced"
"""Here lies a file for each note, under the last part of the name that it notes, with all of it inside and as old as the note."""

KEPT = timedelta(days=7)
"""For how long a page that names such a file may be given."""


def note(name):
    """Note that a file is replaced now; raise OSError if that cannot be done."""
    note = f"{FOLDER}/{name.rpartition('/')[2]}"
    default_storage.delete(note)
    default_storage.save(note, ContentFile(name.encode()))


def clear(*, now):
    """Delete the files that had been replaced for a week, and what unfinished.clear() does."""
    with unfinished.or_the_next_look(), locks.writing():
        for note in _due(now):
            with default_storage.open(note) as file:
                name = file.read().decode()
            # What cannot be deleted now is left to the next look, as with any file that nobody knows.
            if name and not unfinished.is_noted(name):
                unfinished.note(name)
            default_storage.delete(note)
    unfinished.clear()


def _due(now):
    with suppress(FileNotFoundError):  # a folder that no note was ever in
        notes = [f"{FOLDER}/{file}" for file in default_storage.listdir(FOLDER)[1]]
        return [note for note in notes if default_storage.get_modified_time(note) + KEPT <= now]
    return []
