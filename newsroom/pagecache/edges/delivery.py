"""Telling edges which tags were purged: at once, twice more in the next moments, and never to no avail.

How far each has been told is kept, so that a keeper which was stopped goes on from there. An edge of
which that is not known drops everything.
"""

import json
import logging
import time
from operator import attrgetter
from typing import NamedTuple

from newsroom.pagecache.edges.providers import EdgeError
from newsroom.pagecache.purges.tags import EVERYTHING
from newsroom.pagecache.serving.page import LIFE

logger = logging.getLogger(__name__)

SOON = 0.4
"""Seconds after which every web process has read a purge: one that had not may have given an edge the old page."""

AGAIN = 2.0
"""Seconds after which an edge is told once more: a rendering that was under way may have come since."""

LONGEST_WAIT = 30.0
"""Seconds after which an edge that failed is told at the latest; the first wait is half a second."""


class Position(NamedTuple):
    """An edge was told all purges with a smaller clock, and all that came due until a moment."""

    clock: int
    moment: float

    def leads_to(self, later):
        """Return whether a log that is read up to another position knows all that was purged since this one."""
        return self.clock <= later.clock and abs(later.moment - self.moment) < LIFE


def read(path):
    """Return {address of an edge: Position} from a file; one that cannot be read knows none."""
    try:
        found = json.loads(path.read_text())
        return {name: Position(int(clock), float(at)) for name, (clock, at) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, OverflowError):
        return {}


class Message(NamedTuple):
    """Tags that an edge is to be told at a moment; `position` is where to go on from before it has been."""

    when: float
    tags: frozenset
    position: Position | None


class Courier:
    """Tells one edge, in a thread of `pool`, and tries again for as long as it takes.

    A purge is told as soon as it is known; once more SOON, when web processes must have seen it; and AGAIN, when
    every rendering that did not see it must have come to the edge. Soft ones are told as Soft.
    """

    def __init__(self, edge, pool, *, position):
        self.edge, self.pool, self.position = edge, pool, position
        self.address = edge.address
        self.is_started, self.new = False, set()
        # The first `sent` messages are under way.
        self.waiting, self.sent, self.future = [], 0, None
        self.failures, self.quiet_until = 0, 0.0

    @property
    def is_done(self):
        """Whether the edge has been told all that was purged, and that more than once."""
        return self.is_started and not (self.new or self.waiting)

    @property
    def kept(self):
        """The position to go on from after a restart, or None if there is none."""
        positions = [each.position for each in self.waiting]
        return None if None in positions else min(positions, default=self.position)

    def hear(self, tag, number, moment):
        """Take note of a purge, unless it is one that the edge was told before this process was there."""
        old = self.position
        if self.is_started or (old and (number >= old.clock or moment > old.moment)):
            self.new.add(tag)

    def step(self, position):
        """Send what is due, of what was purged up to a position."""
        if not (self.position and self.position.leads_to(position)):
            self.new.add(EVERYTHING)
        now = time.monotonic()
        if self.new:
            tags, self.new = frozenset(self.new), set()
            self.waiting += [Message(now + each, tags, self.position) for each in (0, SOON, AGAIN)]
        self.position, self.is_started = position, True
        self.collect()
        self.waiting.sort(key=attrgetter("when"))
        if not self.future and now >= self.quiet_until:
            self.sent = sum(each.when <= now for each in self.waiting)
            if tags := self._under_way():
                told = {EVERYTHING} if EVERYTHING in tags else tags
                self.future = self.pool.submit(self.edge.purge, told)

    def _under_way(self):
        return frozenset().union(*(each.tags for each in self.waiting[: self.sent]))

    def collect(self):
        """Take note of how the edge has received what is under way."""
        if not self.future or not self.future.done():
            return
        future, self.future = self.future, None
        try:
            future.result()
            failed = []
            if self.failures:
                logger.warning("%s is purged again.", self.edge.address)
            self.failures = 0
        except EdgeError as error:
            # As one, however long the edge is away.
            failed = [Message(0.0, self._under_way(), self.kept)]
            if not self.failures:
                logger.warning("An edge was not purged, and is told again until it is: %s", error)
            wait = max(min(LONGEST_WAIT, 0.5 * 2 ** min(self.failures, 10)), error.wait)
            self.quiet_until = time.monotonic() + min(wait, LONGEST_WAIT)
            self.failures += 1
        self.waiting[: self.sent] = failed
