"""One at a time: what writes names, links or lists takes its turn first.

A free slug is found by looking and then writing; so is the tag that a word means, the story that
a link waits for, and the row that a list lacks. Two transactions that look at the same moment would
both write. They wait for each other here instead, a fraction of a second for an editor's save.
"""

from django.db import connection

KEY = 0x41525449
"""Any number, the same for all who take turns, and used for nothing else in the database."""


def take():
    """Wait until no other transaction has the turn; it is held until this transaction ends.

    Take it before any row is locked, so that nobody holds what the owner of the turn needs. SQLite
    lets in one writer at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
