"""What a change touches: each transaction purges exactly those tags whose facts it has altered.

Signals report what is saved and deleted (receivers.py). What is written past them, with `update()`
or in bulk, calls `touch_articles` before it writes.
"""

from articles.changes.change import Change

__all__ = ["note_rows", "touch_articles"]


def touch_articles(*pks):
    """Say that these articles are about to change in this transaction."""
    Change.current().touch("article", pks)


def note_rows(*, gone, come):
    """Say which listing rows this transaction takes away and adds.

    A row is (edition id, language, published_at, shelf, id on it).
    """
    if gone or come:
        Change.current().rows.note(gone=gone, come=come)
