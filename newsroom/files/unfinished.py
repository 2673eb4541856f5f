"""Files that are written before the row that knows them is committed.

An import or a web process can be killed between the two. So a file is noted in the storage before its first byte is
written, and the note goes with the commit, or with the file. The next import, or the task of the day, deletes what is
noted and known to no row.
What is noted is written by the owner of the lock (newsroom/db/locks.py): who has it meets no file on its way.
"""

import logging
from contextlib import contextmanager, suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom.db import locks

logger = logging.getLogger(__name__)

FOLDER = "unfinished"
"""Here lies a file for each note, under the last part of the name that it notes and with all of it inside."""

_knowers = []


def known_by(knower):
    """Ask `knower(name)`, too, whether a row knows a file, before it is deleted."""
    if knower not in _knowers:
        _knowers.append(knower)


def note(name):
    """Note the name of a file that is about to be written; raise OSError if that cannot be done."""
    default_storage.save(_note_of(name), ContentFile(name.encode()))


def is_noted(name):
    """Return whether somebody who was killed may have left the half of a file."""
    return default_storage.exists(_note_of(name))


def keep(name):
    """Take away the note: the row of the file is committed."""
    with or_the_next_look():
        default_storage.delete(_note_of(name))


def drop(name):
    """Delete the file with its note: its row was not stored."""
    with or_the_next_look():
        default_storage.delete(name)
        default_storage.delete(_note_of(name))


def clear():
    """Delete the files that a killed process has left, or a transaction that was rolled back."""
    with or_the_next_look():
        if names := _noted():
            settle(names)


def settle(names):
    """Keep those of these files that a row knows, and delete the others; their notes go."""
    with locks.writing():
        for name in names:
            (keep if any(knows(name) for knows in _knowers) else drop)(name)


def _note_of(name):
    return f"{FOLDER}/{name.rpartition('/')[2]}"


def _noted():
    with suppress(FileNotFoundError):  # a folder that no note was ever in
        _folders, files = default_storage.listdir(FOLDER)
        return [_read(f"{FOLDER}/{file}") for file in files]
    return []


def _read(note):
    """Return the name in a note; of one that was not finished that of the note, as no file was begun."""
    with default_storage.open(note) as file:
        return file.read().decode() or note


@contextmanager
def or_the_next_look():
    """Tell the log of a storage that fails, or of a name that is none: the note stays, and nothing depends on it."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        logger.warning("Files that are left over are looked for again later: %s", error)
