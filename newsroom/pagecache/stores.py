"""The store that the processes of a site share; each also keeps pages in its own memory.

A store never raises to a reader: one that does not answer has no page, and lets everybody render.
"""

from contextlib import contextmanager


class NoStore:
    """Shares nothing. The interface of a store, too."""

    def get(self, key):
        """Return the Page that was put under this key, or None; it may be out of date."""

    def put(self, page):
        """Keep a page in place of what had its key."""

    @contextmanager
    def lock(self, key):
        """Yield True if this caller is to render the page, False while another one does."""
        yield True


def shared_store():
    """Return the store that the settings name."""
    return NoStore()
