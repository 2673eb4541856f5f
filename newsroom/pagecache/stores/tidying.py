"""Which pages lie in the folder of a host: servers look at nothing else, so each that is out of date goes.

What must not be seen any more is removed. Any other page is set aside, for when nothing newer can be made.
"""

import time
from itertools import islice

from newsroom.pagecache.serving.page import LIFE
from newsroom.pagecache.stores.folder import Folder
from newsroom.pagecache.stores.index import Index

AT_A_TIME = 500
"""How many pages are judged before purges are looked at again."""

MANY = 2000
"""If so many pages wait to be judged, servers find none meanwhile."""

WEIGHING = 10.0
"""Seconds between two looks at the size."""


class Tidier:
    """Keeps the folder of one FileStore up to date by the log of this process; the keeper tells it of each purge.

    A page can come after the purge that ends it, from a slow rendering; so each is judged when it comes, and those
    that are there with each purge of a tag of theirs. After a start, or a failure, all are read and judged anew.
    `on_purged`, a function, is called with each page that a purge has ended, without its body.
    """

    def __init__(self, store, log, *, megabytes, on_purged=lambda _page: None):
        self.folder, self.log, self.room = Folder(store), log, megabytes * 1024 * 1024
        self.on_purged = on_purged
        self.breaker = store.breaker
        self.index, self.has_caught_up = None, False
        self._begin_anew()

    def hear(self, name, position):
        """Take note of a purge that takes effect."""
        self.purges.add((name, position))

    def step(self, now):
        """Take in what has come and take away what has ended by `now`; return whether there is more to do at once."""
        more = self.breaker.ask(self._step, now)
        if more is None:
            self._begin_anew()
            # Servers would go on with what could not be removed.
            self.hide()
        return bool(more)

    def _begin_anew(self):
        """Read and judge every page again; until that is done, servers find none."""
        if self.index:
            self.index.close()
        self.index, self.has_caught_up = None, False
        self.purges, self.waiting = set(), []
        self.weighed_at = float("-inf")

    def show(self):
        """Let servers find the pages, once each that was there at the start, or at a failure, is judged."""
        if self.has_caught_up and self.breaker.is_closed:
            self._link(self.folder.show)

    def hide(self):
        self._link(self.folder.hide)

    def _link(self, work):
        try:
            # Another keeper's link is not ours to touch.
            if self.folder.is_ours():
                work()
        except OSError as error:
            self.breaker.trip(error)

    def close(self):
        """Leave the folder to another keeper."""
        self._begin_anew()
        self.folder.release()

    def _step(self, now):
        if not self.folder.is_ours():
            self._begin_anew()
            return False
        if self.index is None:
            self.hide()
            self.folder.prepare()
            self.index, self.there = Index(), self.folder.pages()
        while self.purges:
            self.waiting += self.index.with_tag(*self.purges.pop())
        self.waiting += self.index.from_before(now - LIFE)
        if len(self.waiting) > MANY:
            self.hide()
            self.has_caught_up = False
        more = any([self._take_in(now), self._read(now), self._judge_some(now)])
        self._weigh(time.monotonic())
        self.has_caught_up |= not more
        return more

    def _take_in(self, now):
        """Put pages that have come in their places; return whether there may be more."""
        count = 0
        for page in self.folder.arrivals(AT_A_TIME):
            count += 1
            is_aside = not self.log.is_fresh(page, now)
            self._tell(page)
            if not is_aside or self.log.may_stand_in(page, now):
                self.index.add(page, size=self.folder.put(page, aside=is_aside), is_aside=is_aside)
        return count == AT_A_TIME

    def _read(self, now):
        """Write down pages that were there before the start; return whether there may be more."""
        pages = list(islice(self.there, AT_A_TIME))
        for page, size, is_aside in pages:
            self.index.add(page, size=size, is_aside=is_aside)
            self._judge(page.key, page, now)
        return len(pages) == AT_A_TIME

    def _judge_some(self, now):
        """Judge some of the pages that wait for it; return whether more do."""
        some, self.waiting = self.waiting[:AT_A_TIME], self.waiting[AT_A_TIME:]
        for key in some:
            self._judge(key, self.folder.read(key), now)
        return bool(self.waiting)

    def _judge(self, key, page, now):
        """Take a page away if it has ended."""
        if page and self.log.is_fresh(page, now):
            return
        if page:
            self._tell(page)
        if page and self.log.may_stand_in(page, now):
            self.folder.set_aside(key)
            self.index.set_aside(key)
        else:
            self._remove(key)

    def _tell(self, page):
        if self.log.purged.ends(page):
            self.on_purged(page)

    def _remove(self, key):
        # The files first: they are what readers see.
        self.folder.remove(key)
        self.index.remove(key)

    def _weigh(self, now):
        if now - self.weighed_at > WEIGHING:
            self.weighed_at = now
            for key in self.index.beyond(self.room):
                self._remove(key)
            self.folder.tidy()
