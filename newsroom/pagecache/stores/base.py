"""The store that the processes of a site share; each also keeps pages in its own memory.

Redis if `CACHE_URL` names one, files otherwise. A store never raises to a reader: one that does not
answer has no page, lets everybody render, is told once in the log, and is left alone for a moment.
"""

import logging
import time
from contextlib import contextmanager

from django.conf import settings

logger = logging.getLogger(__name__)

QUIET = 60.0
"""Seconds within which a failure is not told twice."""


class NoStore:
    """Shares nothing. The interface of a store, too."""

    def get(self, key):
        """Return the Page that was put under this key, or None; it may be out of date."""

    def put(self, page):
        """Keep a page in place of what had its key."""

    def put_back(self, page):
        """Keep a page again if others would miss it; one that is answered with, so to be quick about."""

    def vouches_for(self, page):
        """Return whether a page of this store may be seen, to a process that has never read the log."""
        return False

    @contextmanager
    def lock(self, key):
        """Yield True if this caller is to render the page, False while another one does."""
        yield True


class Rest:
    """Leaves alone for a while what has failed: to ask again would cost each reader its time-out."""

    def __init__(self, name, *, seconds):
        self.name, self.seconds = name, seconds
        self._until, self._told_at, self._is_told = 0.0, float("-inf"), False

    @property
    def is_over(self):
        return time.monotonic() >= self._until

    def begin(self, error):
        """Note a failure; it is logged unless one was within the last minute."""
        now = time.monotonic()
        self._until = now + self.seconds
        # A disk that is full can be read all the time, and fails at every page that is kept.
        if now - self._told_at > QUIET:
            words = " ".join(str(error).split()) or type(error).__name__
            logger.warning("%s cannot be used: %s", self.name, words)
            self._told_at, self._is_told = now, True

    def end(self):
        """Note that it works (again)."""
        if self._is_told:
            logger.warning("%s can be used again.", self.name)
            self._is_told = False


def is_shared(page):
    """Return whether a page belongs into a shared store: there is no endless number of its kind."""
    return page.status == 200 and "?" not in page.key


def shared_store():
    """Return the store that the settings name."""
    cache = settings.CACHES["default"]
    if cache["BACKEND"].endswith(".RedisCache"):
        from newsroom.pagecache.stores.redis_store import RedisStore

        location = cache["LOCATION"]
        return RedisStore(location if isinstance(location, str) else location[0])
    from newsroom.pagecache.stores.files import FileStore

    return FileStore(settings.PAGES_ROOT)
