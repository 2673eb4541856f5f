"""What a change touches: each transaction purges exactly those tags whose facts it has altered.

Signals report what is saved and deleted, and querysets what is written in bulk (receivers.py).
"""

from articles.changes.change import Change

__all__ = ["note_rows"]


def note_rows(*, gone, come):
    """Say which listing rows this transaction takes away and adds.

    A row is (edition id, language, published_at, shelf, id on it).
    """
    if gone or come:
        Change.current().rows.note(gone=gone, come=come)
