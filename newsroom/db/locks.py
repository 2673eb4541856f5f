"""One at a time: what writes names, links or lists does so in a `writing` transaction.

A free slug is found by looking and then writing; so is the tag that a word means, the page that
a link waits for, and the row that a list lacks. Two transactions that look at the same moment would
both write. They wait for each other here instead, a fraction of a second for an editor's save.
"""

from contextlib import contextmanager

from django.db import connection, transaction

from newsroom.db import revisions, together as many

KEY = 0x41525449
"""Any number, the same for all who write, and used for nothing else in the database."""


@contextmanager
def writing(*, comment="", by=None, manually=False):
    """Open a transaction in which nobody else writes; all of it is stored, or nothing.

    With a `comment` or a user, what is saved in it is one revision as well, or, `manually`, what is added
    to that by name. Open it before any row is locked. Inside another one it is a part of that.
    """
    with _transaction():
        if not (comment or by):
            yield
            return
        with revisions.kept(comment=comment, by=by, manually=manually):
            yield


@contextmanager
def together(number=100):
    """Open a `writing` transaction for many writes, about so many, all of which are stored, or none.

    What follows from them is done once for all of them, at the end: see together.py. A `writing` inside opens no savepoint, so after
    an error that nobody expects nothing may be written any more.
    """
    with writing(), many.opened(number=number, then=revisions.written):
        yield


@contextmanager
def none_writing():
    """Let transactions begin without the lock to write: SQLite gives none in a file that nobody may write."""
    if connection.vendor != "sqlite":
        yield
        return
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual


@contextmanager
def _transaction():
    if many.is_open():
        yield
        return
    with transaction.atomic():
        take()
        yield


def take(key=KEY):
    """Wait until no other transaction has the lock; it is held until this transaction ends. Another `key` is another lock.

    Before any row is locked, so that nobody holds what the owner of the lock needs. SQLite lets in one
    writer at a time by itself.
    """
    if connection.vendor == "postgresql" and not (key == KEY and many.is_open()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
