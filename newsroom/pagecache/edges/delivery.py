"""Telling edges which tags were purged: at once, twice more in the next moments, and never to no avail.

How far each has been told is kept, so that a keeper which was stopped goes on from there. An edge of
which that is not known drops everything.
"""

import json
import logging
import time
from collections import deque
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Position:
    """An edge was told all purges with a smaller clock, and all that came due until a moment."""

    clock: int
    moment: float

    def is_possible(self, log, now):
        """Return whether a log that is read up to `log.horizon` can go on from here."""
        return self.clock <= log.horizon and now - LIFE < self.moment < now + LIFE


class Positions:
    """The positions of edges in a file; one that cannot be read knows none."""

    def __init__(self, path):
        self.path = path
        self._written = None

    def read(self):
        """Return {address of an edge: Position}."""
        try:
            found = json.loads(self.path.read_text())
            return {name: Position(int(clock), float(at)) for name, (clock, at) in found.items()}
        except (OSError, ValueError, TypeError, AttributeError, OverflowError):
            return {}

    def write(self, positions):
        """Keep them; raises OSError."""
        found = {name: (each.clock, each.moment) for name, each in positions.items() if each}
        if found != self._written:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new = self.path.with_suffix(".new")
            new.write_text(json.dumps(found))
            new.replace(self.path)
            self._written = found


@dataclass(frozen=True)
class News:
    """A purge, as an edge is told it; its tags are names, in Soft if it is a soft one."""

    pk: int
    clock: int
    tags: frozenset


@dataclass
class Message:
    """Tags on their way to an edge, and what follows once they have come."""

    tags: set
    new: frozenset
    news: list
    target: Position
    repeats: tuple
    is_everything: bool
    future: object


class Courier:
    """Tells one edge, in a thread of `pool`, and tries again for as long as it takes.

    A purge is told as soon as it can be seen; once more SOON, when web processes must have seen it; and
    once more when every rendering that did not see it must have come to the edge: AGAIN seconds after
    each database has it.
    """

    def __init__(self, edge, pool, *, position):
        self.edge, self.pool, self.position = edge, pool, position
        self.message, self.whole = None, None
        # The purges that were told, while some database does not have them yet.
        self.told = set()
        # (when, tags, the position to go on from if this process ends before)
        self.again = deque()
        # (when, tags)
        self.soon = deque()
        self.failures, self.quiet_until = 0, 0.0

    @property
    def is_done(self):
        """Whether the edge knows all that was purged and that every database has, and that twice."""
        return bool(self.position and not self.message and not self.again)

    @property
    def kept(self):
        """The position to go on from after a restart, or None if there is none."""
        return self.again[0][2] if self.again else self.position

    def step(self, ask, *, target, whole):
        """Send what is due.

        `ask(position, target)` returns the News since then, or None for no answer; `target` is how far
        every database is, and `whole` the clock of the last purge of everything that the log knows.
        """
        now = time.monotonic()
        self.collect()
        if self.message or now < self.quiet_until:
            return
        news = ask(self.position, target) if self.position else []
        if news is None:
            return
        is_everything = self.position is None or (self.whole is not None and whole > self.whole)
        self.whole = whole
        new = frozenset().union(*(each.tags for each in news if each.pk not in self.told))
        if is_everything:
            new = frozenset({EVERYTHING})
        due = [tags for when, tags, _position in self.again if when <= now]
        soon = [tags for when, tags in self.soon if when <= now]
        tags = new.union(*due, *soon)
        if EVERYTHING in tags:
            tags = {EVERYTHING}
        message = Message(tags, new, news, target, (len(soon), len(due)), is_everything, None)
        if not tags:
            self._settle(message, now)
            return
        message.future = self.pool.submit(self.edge.purge, tags)
        self.message = message

    def collect(self):
        """Take note of how the message under way was received."""
        message, now = self.message, time.monotonic()
        if not message or not message.future.done():
            return
        self.message = None
        try:
            message.future.result()
        except EdgeError as error:
            self._fail(error, message, now)
            return
        if self.failures:
            logger.warning("%s is purged again.", self.edge.address)
        self.failures = 0
        self._settle(message, now)

    def _settle(self, message, now):
        """Go on from where a message ends, when it has come or there was nothing to tell."""
        for waiting, count in zip((self.soon, self.again), message.repeats, strict=True):
            for _each in range(count):
                waiting.popleft()
        if message.new:
            self.soon.append((now + SOON, message.new))
        settled = [each for each in message.news if each.clock < message.target.clock]
        self.told = {each.pk for each in message.news} - {each.pk for each in settled}
        tags = frozenset().union(*(each.tags for each in settled))
        if message.is_everything:
            tags = frozenset({EVERYTHING})
        if tags:
            self.again.append((now + AGAIN, tags, self.position))
        self.position = message.target

    def _fail(self, error, message, now):
        if not self.failures:
            logger.warning("An edge was not purged, and is told again until it is: %s", error)
        self.failures += 1
        if message.is_everything:
            # Nothing smaller would make up for it.
            self.position = None
        wait = min(LONGEST_WAIT, 0.5 * 2 ** min(self.failures - 1, 10))
        self.quiet_until = now + max(wait, min(error.wait, LONGEST_WAIT))
