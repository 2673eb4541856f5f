"""Pages in the memory of one process: those that were asked for last, within a bound of bytes."""

from contextlib import suppress
from operator import attrgetter
from threading import Lock

from cachetools import LRUCache

from newsroom.pagecache.serving.page import Page

SHARE = 8
"""One part of so many is for pages with a query: there are as many as anybody can think of."""


class Memory:
    """A bounded store of pages by key; pages that are out of date stay until others push them out."""

    def __init__(self, *, megabytes: int) -> None:
        room, size = megabytes * 1024 * 1024, attrgetter("size")
        self._queries: LRUCache[str, Page] = LRUCache(room // SHARE, size)
        self._paths: LRUCache[str, Page] = LRUCache(room - room // SHARE, size)
        self._lock = Lock()

    def get(self, key: str) -> Page | None:
        with self._lock:
            return (self._queries if "?" in key else self._paths).get(key)

    def put(self, page: Page) -> None:
        # One that is larger than the room of all is not kept.
        with self._lock, suppress(ValueError):
            (self._queries if "?" in page.key else self._paths)[page.key] = page
