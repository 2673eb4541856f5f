"""Taking away the files of pages that are out of date: whoever serves them by itself looks at nothing else.

What must not be seen any more is removed. Any other page is set aside: for when nothing newer can be made.
"""

import sqlite3
import time

from newsroom.pagecache.breaker import Breaker
from newsroom.pagecache.purges.tags import EVERYTHING, places
from newsroom.pagecache.stores.index import DamagedError, is_busy, is_damage

AT_A_TIME = 500
"""How many new pages are judged before purges are looked at again."""

AT_ONCE = 20
"""How many pages are taken away while others wait to write."""

MANY = 2000
"""If a purge concerns more pages than this, each page is judged anew, and servers find none meanwhile."""

WEIGHING, SWEEPING = 10.0, 900.0
"""Seconds between two looks at the size, and at what killed processes have left."""

BUDGET = 0.02
"""Seconds of each step for sweeping, which may take minutes and must not keep a purge waiting."""

PAUSE = 1.0


class Tidier:
    """Keeps the files of one FileStore up to date by the log of this process.

    A page can come after the purge that ends it, from a slow rendering; so each is judged when it comes,
    and those that are there with each purge. After a start all are new.
    """

    def __init__(self, store, log, *, megabytes):
        self.store, self.log, self.room = store, log, megabytes * 1024 * 1024
        self.breaker = Breaker(f"The folder of pages {str(store.root)!r}", seconds=PAUSE)
        self.judged, self.identity, self.whole = 0, None, None
        # What the pages were judged by: another one once the database was put back from a copy.
        self.ledger = log.purged
        # Those that could not be looked at yet.
        self.purges = []
        self.has_caught_up = False
        self.weighed_at = self.swept_at = float("-inf")
        self.sweeping = iter(())

    def step(self, purges, now):
        """Take away what has ended by `now`; `purges` are new. Return whether there is more to do at once.

        What fails is done at the next step: every page is judged again then.
        """
        self.purges += purges
        if self.breaker.is_closed:
            try:
                return self._step(now)
            except (OSError, sqlite3.Error, DamagedError) as error:
                # To judge every page takes long, where others only were quicker.
                if is_busy(error) and len(self.purges) < MANY:
                    return False
                self._give_up(error)
        # Servers would go on with what could not be removed.
        self._begin_anew()
        self.purges = []
        return False

    def _begin_anew(self):
        """Judge every page again; until that is done, servers find none."""
        self.hide()
        self.judged, self.has_caught_up = 0, False

    def show(self):
        """Let servers find the pages, once each that was there at the start, or at a failure, is judged."""
        if self.has_caught_up and self.breaker.is_closed:
            self._try(self.store.show)

    def hide(self):
        self._try(self.store.hide)

    def _try(self, work):
        try:
            work()
        except OSError as error:
            self.breaker.trip(error)

    def _step(self, now):
        self.store.prepare()
        index = self.store.index
        # Asked once: what is thrown away from here on, by this process or another, is seen by the next step.
        if (identity := index.identity) != self.identity:
            self.identity, self.judged, self.swept_at = identity, 0, float("-inf")
        if self.ledger is not self.log.purged:
            self.ledger = self.log.purged
            self._begin_anew()
        if self._everything_ended():
            self._clear()
        for purge in self.purges:
            self._end(purge, now)
        self.purges = []
        more = self._judge(now)
        self._remove(index.hidden(now))
        self._set_aside(index.ended(now))
        self._look_around(time.monotonic())
        self.has_caught_up |= not more
        self.breaker.reset()
        return more

    def _give_up(self, error):
        if is_damage(error):
            self._try(self._clear)
        elif not is_busy(error):
            self.breaker.trip(error)

    def _clear(self):
        """Throw all pages away; the next step takes those that have come since for new ones."""
        self.store.clear()
        # Not left to a comparison: the new index may have the number of the old one's file.
        self.identity = None

    def _everything_ended(self):
        history = self.log.hidden.history.get(EVERYTHING)
        whole, before = history.whole if history else -1, self.whole
        self.whole = whole
        return before is not None and whole > before

    def _end(self, purge, now):
        """Take away the pages that a purge concerns, or note the moment from which it does."""
        for name, position in places(purge.tags):
            found = self.store.index.with_tag(name, position, limit=MANY + 1)
            if len(found) > MANY:
                self._begin_anew()
                return
            self._sort(found, now)

    def _judge(self, now):
        """Judge the pages that have come, up to AT_A_TIME; return whether there may be more."""
        added = self.store.index.added(self.judged, limit=AT_A_TIME)
        self._sort(added, now)
        if added:
            self.judged = added[-1][0]
        return len(added) == AT_A_TIME

    def _sort(self, found, now):
        """Take away those of these (number, page) that have ended, and note the moments of the others."""
        hidden, ended, stay = [], [], []
        for number, page in found:
            if self.log.is_fresh(page, now):
                stay.append((number, page))
            elif self.log.may_stand_in(page, now):
                ended.append(number)
                stay.append((number, page))
            else:
                hidden.append(number)
        self._remove(hidden)
        self._note(stay, now)
        self._set_aside(ended)

    def _note(self, found, now):
        """Note the moments at which pages end, or must not be seen any more, by what is known now."""
        index, todo = self.store.index, []
        for number, page in found:
            if (moment := self.log.next_due(page, now)) < page.ends_at:
                todo.append((index.end, number, moment))
            if moment := self.log.hidden_from(page, now):
                todo.append((index.hide, number, moment))
        if todo:
            with index.writing():
                for note, number, moment in todo:
                    note(number, moment)

    def _remove(self, numbers):
        for start in range(0, len(numbers), AT_ONCE):
            self.store.remove(numbers[start : start + AT_ONCE])

    def _set_aside(self, numbers):
        for start in range(0, len(numbers), AT_ONCE):
            self.store.set_aside(numbers[start : start + AT_ONCE])

    def _look_around(self, now):
        if now - self.weighed_at > WEIGHING:
            self._remove(self.store.index.beyond(self.room))
            self.weighed_at = now
        if now - self.swept_at > SWEEPING:
            self.sweeping, self.judged, self.swept_at = self.store.sweep(), 0, now
        for _count in self.sweeping:
            if time.monotonic() - now > BUDGET:
                break
