"""What has been purged, as each process knows it: which pages are fresh is judged from this alone.

A page carries its tags and the horizon of the log from before it was rendered; a purge of one of its tags
that is not below that horizon, or a due one whose moment has come since, ends it. What follows, and what
hard and soft purges are, docs/explanation/page-cache.md tells.
"""

import logging
import os
import threading
import time
from bisect import insort
from contextlib import suppress
from dataclasses import dataclass, field
from operator import itemgetter

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, Error, close_old_connections, connections
from django.db.models import Q
from django.dispatch import Signal

from newsroom.db import deadlines
from newsroom.pagecache.purges import clock
from newsroom.pagecache.purges.ledger import Ledger, holds
from newsroom.pagecache.purges.tags import EVERYTHING, micros, places, purged
from newsroom.pagecache.serving.page import LIFE
from newsroom.pagecache.serving.release import release

logger = logging.getLogger(__name__)

INTERVAL = 0.2
"""Seconds between two looks at the log: within them a process may answer with an old page."""

TIMEOUT = 2
"""Seconds in which the database answers, or counts as down."""

GRACE = 3
"""Seconds after which a change whose tags nobody has told counts as a change of everything."""

LOADED = 20_000
"""How many purges a process reads when it starts; pages from before the oldest are out of date."""

ROW = ("clock", "pk", "created_at", "tags", "due", "is_soft", "is_pending")
SKEW = 5
"""Seconds by which the clocks of hosts may differ."""

untold = Signal()
"""Changes whose tags nobody has told in time, by the `pks` of their Purges; each process sends it once."""


@dataclass
class Log:
    """The log of purges in the memory of one process: `purged` holds all of them, `hidden` the hard ones.

    `horizon` is None until the database has answered once. `generation` counts what was learned, so
    that a page which was judged need not be judged again; `newest` is the clock of the last purge that is known.
    `on_purge`, a function, is called with each purge that takes effect: its name, number, moment, position and softness.
    """

    horizon: int | None = None
    generation: int = 0
    is_failing: bool = False
    newest: int = -1
    synced_at: float = 0.0
    purged: Ledger = field(default_factory=Ledger)
    hidden: Ledger = field(default_factory=Ledger)
    # What is to come, in its order: (moment, name, number, position, whether it is soft).
    coming: list = field(default_factory=list)
    next_moment: float = float("inf")
    on_purge: object = None
    # The number, id and time of the newest purge, and the marks of all.
    _last: tuple = ()
    _marks: set = field(default_factory=set)
    _seen: set = field(default_factory=set)
    _waiting: dict = field(default_factory=dict)
    _untold: list = field(default_factory=list)
    _lock: object = field(default_factory=threading.RLock)
    _reading: object = field(default_factory=threading.RLock)
    _follower: object = None
    _told: set = field(default_factory=set)

    @property
    def mark(self):
        """The name of the newest purge that is known (see Page), or 0."""
        return micros(self._last[-1]) if self._last else 0

    # --- Judging ---

    def is_fresh(self, page, now):
        """Return whether a page can be answered with at a moment (seconds since 1970)."""
        if now >= self.next_moment:
            self.advance(now)
        if now >= page.ends_at:
            return False
        generation = self.generation
        if page.checked == generation:
            return True
        if not self._is_of_here(page) or self.purged.ends(page):
            return False
        # They tell when it ends, by what was known then.
        page.answers = {}
        page.checked = generation
        return True

    def may_stand_in(self, page, now):
        """Return whether a page that is not fresh may be shown where nothing newer can be made, or not yet."""
        if now >= self.next_moment:
            self.advance(now)
        return self._is_of_here(page) and not self.hidden.ends(page)

    def ends(self, page, *, only_hard=False):
        """Return the moment, in seconds, from which a purge that is to come ends a page, or hides it; inf for none."""
        moments = (
            moment
            for moment, name, _number, position, is_soft in tuple(self.coming)
            if name in page.tags and holds(page.tags[name], position)
            if not (only_hard and is_soft)
        )
        return min(moments, default=float("inf"))

    def _is_of_here(self, page):
        """Return whether a page is of this release and this database, and that was not put back to before it."""
        if self.horizon is None or page.release != release():
            return False
        # Without a mark it was rendered before anything was ever purged.
        if not page.mark or page.mark in self._marks:
            return True
        # Another process has read more by now.
        return page.mark > (self.synced_at - SKEW) * 1_000_000

    def advance(self, now):
        """Let the moments that have come by now take effect."""
        with self._lock:
            while self.coming and self.coming[0][0] <= now:
                moment, name, number, position, is_soft = self.coming.pop(0)
                self._note(name, number, position, is_soft, moment=moment)
            self.next_moment = self.coming[0][0] if self.coming else float("inf")

    # --- Learning ---

    def sync(self):
        """Read what was purged since the last time; raises django.db.Error and then knows as much as before."""
        with self._reading:
            # The horizon first: what is below it can be seen by the statement that follows.
            horizon = clock.horizon(using=DEFAULT_DB_ALIAS)
            rows = self._unread()
            if self._last and not any(row[:3] == self._last for row in rows):
                # The last one that was known is gone: the database was put back.
                self._begin_anew()
                rows = self._unread()
            # Only now, so that nobody who judges a page waits for the database.
            with self._lock:
                self._take(rows, horizon)
        if self._untold:
            pks, self._untold = self._untold, []
            untold.send_robust(Log, pks=pks)

    def _begin_anew(self):
        """Forget everything, as it was of another database, and tell whoever keeps pages elsewhere."""
        with self._lock:
            self._note(EVERYTHING, -1, None, is_soft=False)
            self.horizon, self.newest, self._last = None, -1, ()
            self.purged, self.hidden, self.coming = Ledger(), Ledger(), []
            self._marks, self._seen, self._waiting = set(), set(), {}
            self.next_moment = float("inf")
            self.generation += 1

    def _take(self, rows, horizon):
        """Know these rows, which are all that were new when everything below the horizon was visible."""
        if self.horizon is None:
            # The log reaches back for a day: a page from before that may have been purged as well.
            self.hidden.add(EVERYTHING, -1, time.time() - LIFE, None)
        told = [row for row in rows if not row[-1]]
        for row in told:
            if row[1] not in self._seen:
                self._learn(row)
        waiting = {row[1]: (time.monotonic(), row[0], row[-2]) for row in rows if row[-1]}
        self._waiting = {pk: self._waiting.get(pk, new) for pk, new in waiting.items()}
        self._give_up()
        self.newest = max([self.newest, *(row[0] for row in rows)])
        # What can come once more has come this time.
        self.horizon, self._seen = horizon, {row[1] for row in told}
        self.synced_at, self.is_failing = time.time(), False

    def catch_up(self, **_signal):
        """Sync at once if this process answers readers; others have no use for it."""
        if self._follower:
            self.sync()

    def _unread(self):
        """Return the rows that may be new, in the order of their clocks."""
        # By its name, because the log is named before models are there.
        purges = apps.get_model("pagecache", "Purge").objects.using(DEFAULT_DB_ALIAS)
        # A dump of another server, put back, brings numbers that this one reaches in years: every page would
        # be out of date by them. What is due still counts.
        of_here = Q(clock__lt=clock.End()) | Q(due__isnull=False)
        rows = purges.filter(of_here).order_by("clock", "pk").values_list(*ROW)
        if self.horizon is not None:
            last = Q(pk=self._last[1]) if self._last else Q()
            return list(rows.filter(Q(clock__gte=self.horizon) | Q(is_pending=True) | last))
        latest = list(rows.reverse()[: LOADED + 1])[::-1]
        if len(latest) <= LOADED:
            return latest
        floor = latest[0][0]
        self._note(EVERYTHING, floor, None, is_soft=True)
        before = rows.filter(clock__lte=floor, is_pending=False)
        self._marks.update(map(micros, before.values_list("created_at", flat=True)))
        # Of those before it, what would not count by its number alone.
        older = before.filter(Q(due__isnull=False) | Q(is_soft=False))
        return [*older, *latest]

    def _learn(self, row):
        number, _pk, at, tags, due, is_soft, _is_pending = row
        self._marks.add(micros(at))
        self._last = max(self._last, row[:3])
        for name, position in places(tags):
            if due is None:
                self._note(name, number, position, is_soft)
            else:
                purge = due.timestamp(), name, number, position, is_soft
                insort(self.coming, purge, key=itemgetter(0))
                self.next_moment = self.coming[0][0]
        # Also if it is to come: the answers of a page tell when it ends.
        self.generation += 1

    def _note(self, name, number, position, is_soft, *, moment=0):
        """Let a purge take effect."""
        for ledger in (self.purged,) if is_soft else (self.hidden, self.purged):
            ledger.add(name, number, moment, position)
        if self.on_purge:
            self.on_purge(name, number, moment, position, is_soft)
        # Last: a page that is judged at this moment is judged by what was known before.
        self.generation += 1

    def _give_up(self):
        """Take changes whose tags nobody has told in time for changes of everything."""
        for pk, (since, number, is_soft) in tuple(self._waiting.items()):
            if time.monotonic() - since > GRACE:
                self._waiting[pk] = float("inf"), number, is_soft
                self._untold.append(pk)
                self._note(EVERYTHING, number, None, is_soft)

    # --- Following ---

    def follow(self):
        """Look at the log from now on, in a thread of this process; does nothing the second time."""
        if self._follower:
            return
        with self._lock:
            if self._follower:
                return
            self._follower = threading.Thread(target=self._run, name="page-cache-log", daemon=True)
        self.look()
        self._follower.start()

    @property
    def is_followed(self):
        """Whether this process reads the log, again and again."""
        return self._follower is not None

    def forked(self):
        """Have no follower, in a process that was forked: of its threads only the one that did so is there."""
        self._follower, self._lock, self._reading = None, threading.RLock(), threading.RLock()

    def _run(self):
        while True:
            time.sleep(INTERVAL)
            with suppress(Error):
                close_old_connections()
            self.look()

    def look(self):
        """Sync, or note that the database does not answer."""
        try:
            # The log is read five times a second: a question before each whether it can be is one too
            # many, and would have a server that hangs found out only after another connection was tried.
            connections[DEFAULT_DB_ALIAS].health_check_done = True
            with deadlines.limit(TIMEOUT):
                self.sync()
            self._told.clear()
        # Whatever it is: without this thread old pages would stay for ever.
        except Exception as error:
            if type(error) not in self._told:
                self._told.add(type(error))
                unknown = None if isinstance(error, Error) else error
                words = " ".join(str(error).split())
                logger.warning("The log of purges cannot be read: %s", words, exc_info=unknown)
            self.is_failing = True
            # A change whose tags cannot come any more has been made all the same.
            self._give_up()


log = Log()
"""The log of this process."""
# It answers with the new pages at once; a database that fails now fails others, too.
purged.connect(log.catch_up)
os.register_at_fork(after_in_child=log.forked)
