"""Telling edges which tags were purged, until each has heard.

How far each has been told is kept, so that a keeper which was stopped goes on from there. An edge of
which that is not known drops everything.
"""

import time
from typing import NamedTuple

from newsroom.http.teller import Teller
from newsroom.pagecache.purges.tags import EVERYTHING
from newsroom.pagecache.serving.page import LIFE

SOON = 0.4
"""Seconds after which every web process has read a purge: one that had not may have given an edge the old page."""

AGAIN = 2.0
"""Seconds after which an edge is told once more: a rendering that was under way may have come since."""


class Position(NamedTuple):
    """An edge was told all purges with a smaller clock, and all that came due until a moment."""

    clock: int
    moment: float

    def leads_to(self, later):
        """Return whether a log that is read up to another position knows all that was purged since this one."""
        return self.clock <= later.clock and abs(later.moment - self.moment) < LIFE


class Message(NamedTuple):
    """Tags that an edge is to be told at a moment; `position` is where to go on from before it has been."""

    when: float
    tags: frozenset
    position: Position | None


class Courier(Teller):
    """Tells one edge.

    A purge is told as soon as it is known; once more SOON, when web processes must have seen it; and AGAIN, when
    every rendering that did not see it must have come to the edge. Soft ones are told as Soft.
    """

    def __init__(self, edge):
        super().__init__(edge.address)
        self.edge, self.position = edge, None
        self.is_started, self.new, self.waiting = False, set(), []

    @property
    def left(self):
        """The messages that have not come to the edge."""
        return [*self.waiting, *([self.told] if self.future else [])]

    @property
    def kept(self):
        """The position to go on from after a restart, or None if there is none."""
        return _first(self.left, self.position)

    def go_on(self, kept):
        """Go on from the position that was written down before a restart."""
        self.position = Position(*kept)

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
            self.waiting += [Message(now + wait, tags, self.position) for wait in (0, SOON, AGAIN)]
        self.position, self.is_started = position, True
        self.collect()
        if self.is_free and (due := [message for message in self.waiting if message.when <= now]):
            self.waiting = [message for message in self.waiting if message.when > now]
            # As one, however long the edge is away.
            tags = frozenset().union(*(message.tags for message in due))
            tags = frozenset({EVERYTHING}) if EVERYTHING in tags else tags
            self.tell(Message(0.0, tags, _first(due, position)), self.edge.purge, tags)

    def again(self):
        self.waiting.append(self.told)


def _first(messages, position):
    """Return where to go on from if these have not come; None stands for the beginning."""
    positions = [message.position for message in messages]
    return None if None in positions else min(positions, default=position)
