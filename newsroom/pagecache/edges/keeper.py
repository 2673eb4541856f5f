"""What must happen outside of web processes after a purge: edges are told, files are removed.

Web processes judge pages by the log themselves and need none of this. Started again at any time, it
goes on where it was; there may be one on each host.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import Error, close_old_connections
from django.db.models import Q

from newsroom.db import deadlines
from newsroom.pagecache.breaker import Breaker
from newsroom.pagecache.edges.delivery import Courier, Position, Positions
from newsroom.pagecache.edges.providers import Soft
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges import clock
from newsroom.pagecache.purges.log import PATIENCE, PRIMARY, log as own_log
from newsroom.pagecache.purges.tags import EVERYTHING, places
from newsroom.pagecache.serving.page import LIFE
from newsroom.pagecache.stores.tidying import Tidier

INTERVAL = 0.1
"""Seconds between two looks at the log."""

PAUSE = 1.0
"""Seconds for which a database that does not answer is left alone."""

KEEPING = 5.0
"""Seconds between two times at which it is written down how far edges are: what is told twice does no harm."""

PRUNING = 3600.0
"""Seconds between two prunings of the log."""

LASTING = timedelta(seconds=LIFE + 3600)
"""For how long a purge is kept: longer than any page from before it."""

PRUNED = 1000
"""How many purges are deleted by one statement."""


class Keeper:
    """Keeps edges, and the files of `store`, up to date with the log of purges."""

    def __init__(self, *, store, edges, root, megabytes, log=None):
        self.log = log or own_log
        self.tidier = Tidier(store, self.log, megabytes=megabytes)
        self.positions = Positions(Path(root) / "edges.json")
        self.database = Breaker("The log of purges", seconds=PAUSE)
        self.keeping = Breaker(f"The file {str(self.positions.path)!r}", seconds=PAUSE)
        self.pool = ThreadPoolExecutor(max(1, len(edges)), thread_name_prefix="edge")
        known = self.positions.read()
        self.couriers = [
            Courier(edge, self.pool, position=known.get(edge.address)) for edge in edges
        ]
        self.kept_at = self.pruned_at = float("-inf")
        self.ledger, self.log.on_purge = self.log.purged, self._hear

    def run(self, stop):
        """Keep things up to date until `stop` (an Event) is set; for so long, servers find the files."""
        self.tidier.hide()
        try:
            while not stop.is_set():
                if not self.step():
                    self.tidier.show()
                    stop.wait(INTERVAL)
        finally:
            self.tidier.hide()
        self.close()

    def once(self, *, seconds):
        """Bring everything up to date now; return the addresses of edges that could not be told."""
        deadline = time.monotonic() + seconds
        while self.step() or not self.is_done:
            if self.has_failed or time.monotonic() > deadline:
                break
            time.sleep(INTERVAL / 10)
        self.close()
        return [each.edge.address for each in self.couriers if not each.is_done]

    @property
    def is_done(self):
        return self.log.horizon is not None and all(each.is_done for each in self.couriers)

    @property
    def has_failed(self):
        return any(each.failures for each in self.couriers) or not self.database.is_closed

    def step(self):
        """Do what is due; return whether there is more to do at once."""
        if self.database.is_closed:
            self._asked(self._sync)
        if self.log.horizon is None:
            # Before it has answered once, nothing can be told to be out of date.
            return False
        now = time.time()
        self.log.advance(now)
        more = self.tidier.step(now)
        self._tell(Position(self.log.horizon, now))
        if time.monotonic() - self.kept_at > KEEPING:
            self._keep()
        self._prune()
        return more

    def close(self):
        """Wait for the edges that are being told, and keep how far each has been."""
        self.pool.shutdown()
        for each in self.couriers:
            each.collect()
        self._keep()
        self.tidier.close()

    # --- The log ---

    def _sync(self):
        self.log.sync()
        return True

    def _asked(self, question, *arguments):
        """Return what a question to the database returns, or None if it does not answer."""
        try:
            close_old_connections()
            with deadlines.limit(PATIENCE):
                found = question(*arguments)
        except Error as error:
            self.database.trip(error)
            return None
        self.database.reset()
        return found

    # --- The edges ---

    def _hear(self, name, position, is_soft):
        """Take note of a purge that takes effect."""
        # What the log reads at first is from before the start: each looks for itself at what that means.
        if self.log.horizon is not None:
            self.tidier.hear(name, position, is_soft)
            for each in self.couriers:
                each.hear({Soft(name) if is_soft else name})

    def _tell(self, position):
        """Tell edges what was purged up to a position."""
        # Another one once the database was put back from a copy.
        is_another, self.ledger = self.ledger is not self.log.purged, self.log.purged
        for each in self.couriers:
            if is_another:
                each.hear({EVERYTHING})
            if not each.is_started and (tags := self._since(each.position, position)) is not None:
                each.start(tags)
            each.step(position)

    def _since(self, start, end):
        """Return the tags that were purged between two positions; None if the database does not answer."""
        if not (start and start.is_possible(self.log, end.moment)):
            return {EVERYTHING}
        return self._asked(purged, start, end) if self.database.is_closed else None

    def _keep(self):
        """Write down how far the edges have been told."""
        if not self.couriers or not self.keeping.is_closed:
            return
        try:
            self.positions.write({each.edge.address: each.kept for each in self.couriers})
            self.kept_at = time.monotonic()
            self.keeping.reset()
        except OSError as error:
            self.keeping.trip(error)

    # --- The table ---

    def _prune(self):
        """Delete the purges that no page can be older than, now and then."""
        if time.monotonic() - self.pruned_at < PRUNING or not self.database.is_closed:
            return
        self.pruned_at = time.monotonic()
        while (self._asked(prune) or 0) == PRUNED:
            pass


def purged(start, end):
    """Return the tags that were purged between two positions."""
    early, late = (datetime.fromtimestamp(each.moment, UTC) for each in (start, end))
    new = Q(clock__gte=start.clock) & (Q(due=None) | Q(due__lte=late))
    come = Q(due__gt=early, due__lte=late)
    rows = Purge.objects.using(PRIMARY).filter(clock.of_here(), new | come, is_pending=False)
    return {
        Soft(name) if is_soft else name
        for tags, is_soft in rows.values_list("tags", "is_soft")
        for name, _position in places(tags)
    }


def prune():
    """Delete up to PRUNED purges from before any page, and return their number.

    The newest of them stays: pages that were rendered since bear its mark.
    """
    before = datetime.now(UTC) - LASTING
    aged = Purge.objects.using(PRIMARY).filter(created_at__lt=before, is_pending=False)
    last = aged.order_by("-clock", "-pk").values_list("pk", flat=True).first()
    old = aged.filter(Q(due=None) | Q(due__lt=before)).exclude(pk=last)
    numbers = list(old.values_list("pk", flat=True)[:PRUNED])
    return Purge.objects.using(PRIMARY).filter(pk__in=numbers).delete()[0]
