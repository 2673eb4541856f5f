"""Pages in the memory of one process: those that were asked for last, within a bound of bytes."""

from threading import Lock

from cachetools import LRUCache

from newsroom.pagecache.serving.page import Page

SHARE = 8
"""One part of so many is for pages with a query: there are as many as anybody can think of."""


class Memory:
    """A bounded store of pages by key; pages that are out of date stay until others push them out."""

    def __init__(self, *, megabytes: int) -> None:
        room = megabytes * 1024 * 1024
        self._queries = _pages(room // SHARE)
        self._paths = _pages(room - room // SHARE)
        self._lock = Lock()

    def get(self, key: str) -> Page | None:
        with self._lock:
            return self._of(key).get(key)

    def put(self, page: Page) -> None:
        pages = self._of(page.key)
        with self._lock:
            if page.size <= pages.maxsize:
                pages[page.key] = page

    def __len__(self) -> int:
        return len(self._paths) + len(self._queries)

    def _of(self, key: str) -> LRUCache[str, Page]:
        return self._queries if "?" in key else self._paths


def _pages(room: int) -> LRUCache[str, Page]:
    return LRUCache(room, getsizeof=lambda page: page.size)
