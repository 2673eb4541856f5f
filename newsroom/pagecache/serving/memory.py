"""Pages in the memory of one process: those that were asked for last, within a bound of bytes."""

from threading import Lock

from cachetools import LRUCache


class Memory:
    """A bounded store of pages by key; pages that are out of date stay until others push them out."""

    def __init__(self, *, megabytes):
        self._pages = LRUCache(megabytes * 1024 * 1024, getsizeof=lambda page: page.size)
        self._lock = Lock()

    def get(self, key):
        with self._lock:
            return self._pages.get(key)

    def put(self, page):
        with self._lock:
            if page.size <= self._pages.maxsize:
                self._pages[page.key] = page

    def clear(self):
        with self._lock:
            self._pages.clear()

    def __len__(self):
        return len(self._pages)
