"""What must happen outside of web processes after a purge: edges and hubs are told, files are removed.

Web processes judge pages by the log themselves and need none of this. Started again at any time, it
goes on where it was; there may be one on each host.
"""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, Error, close_old_connections
from django.db.models import Q

from newsroom.db import deadlines
from newsroom.files.shared import write
from newsroom.http.websub import Hub
from newsroom.pagecache.edges.delivery import SOON, Courier, Position
from newsroom.pagecache.edges.providers import Soft
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges.log import TIMEOUT, log as own_log
from newsroom.pagecache.serving.page import LIFE
from newsroom.pagecache.stores.tidying import Tidier

INTERVAL = 0.1
"""Seconds between two looks at the log."""

KEEPING = 5.0
"""Seconds between two times at which it is written down how far edges are: what is told twice does no harm."""

PRUNING = 3600.0
"""Seconds between two prunings of the log."""

LASTING = timedelta(seconds=LIFE + 3600)
"""For how long a purge is kept: longer than any page from before it."""

PRUNED = 1000
"""How many purges are deleted by one statement."""


class Keeper:
    """Keeps edges, hubs (the addresses), and the files of `store`, up to date with the log of purges."""

    def __init__(self, *, store, edges, megabytes, hubs=(), log=None):
        self.log, self.store, self.path = log or own_log, store, store.root / "edges.json"
        self.log.on_purge = self._hear
        self.tidier = Tidier(store, self.log, megabytes=megabytes, on_purged=self._tell_hubs)
        self.couriers, self.hubs = [Courier(edge) for edge in edges], [Hub(hub) for hub in hubs]
        self.tellers, self.kept = [*self.couriers, *self.hubs], _read(self.path)
        for teller in self.tellers:
            if teller.address in self.kept:
                teller.go_on(self.kept[teller.address])
        self.kept_at = self.pruned_at = float("-inf")

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

    def step(self):
        """Do what is due; return whether there is more to do at once."""
        with suppress(Error):
            close_old_connections()
        self.log.look()
        if self.log.horizon is None:
            # Before it has answered once, nothing can be told to be out of date.
            return False
        now = time.time()
        self.log.advance(now)
        more = self.tidier.step(now)
        for courier in self.couriers:
            courier.step(Position(self.log.horizon, now))
        for hub in self.hubs:
            hub.step()
        has_news = any(hub.kept != self.kept.get(hub.address, []) for hub in self.hubs)
        if has_news or time.monotonic() - self.kept_at > KEEPING:
            self.store.breaker.ask(self._keep)
        self._prune()
        return more

    def close(self):
        """Wait for the edges and hubs that are being told, and keep how far each has been."""
        for teller in self.tellers:
            teller.close()
        self.store.breaker.ask(self._keep)
        self.tidier.close()

    def _hear(self, name, number, moment, position, is_soft):
        """Take note of a purge that takes effect."""
        self.tidier.hear(name, position)
        for courier in self.couriers:
            courier.hear(Soft(name) if is_soft else name, number, moment)

    def _tell_hubs(self, page):
        for hub in self.hubs:
            hub.hear(page.headers, after=SOON)

    def _keep(self):
        """Write down how far the edges have been told, and of what the hubs have not."""
        self.kept_at = time.monotonic()
        kept = {teller.address: teller.kept for teller in self.tellers if teller.kept}
        if kept != self.kept:
            write(self.path, json.dumps(kept).encode(), tmp=self.store.tmp)
            self.kept = kept

    def _prune(self):
        """Delete the purges that no page can be older than, now and then."""
        if time.monotonic() - self.pruned_at > PRUNING and not self.log.is_failing:
            self.pruned_at = time.monotonic()
            with suppress(Error), deadlines.limit(TIMEOUT):
                while prune() == PRUNED:
                    pass


def _read(path):
    """Return what was written down of each address; a file that cannot be read holds nothing."""
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return {}


def prune():
    """Delete up to PRUNED purges from before any page, and return their number.

    The newest of them stays: pages that were rendered since bear its mark.
    """
    before = datetime.now(UTC) - LASTING
    aged = Purge.objects.using(DEFAULT_DB_ALIAS).filter(created_at__lt=before, is_pending=False)
    last = aged.order_by("-clock", "-pk").values_list("pk", flat=True).first()
    old = aged.filter(Q(due=None) | Q(due__lt=before)).exclude(pk=last)
    numbers = list(old.values_list("pk", flat=True)[:PRUNED])
    return Purge.objects.using(DEFAULT_DB_ALIAS).filter(pk__in=numbers).delete()[0]
