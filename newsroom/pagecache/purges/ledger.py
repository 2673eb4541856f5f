"""Purges by tag, and which pages they end."""

from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from newsroom.pagecache.serving.page import Bounds, Page

NAMES = 100_000
"""How many tags a process remembers; pages from before those it has forgotten are out of date."""

SPOTS = 500
"""How many purges of one tag are remembered one by one; older ones count for the whole list."""


@dataclass
class History:
    """The purges of one tag: the last clock of whole ones, and (clock, position) of the others.

    `passed` holds (moment, clock, position) of due ones whose time has come; moments in seconds.
    """

    whole: int = -1
    spots: tuple[tuple[int, int], ...] = ()
    passed: tuple[tuple[float, int, int | None], ...] = ()

    @property
    def last(self) -> int:
        return max(self.whole, max((number for number, _position in self.spots), default=-1))

    @property
    def last_moment(self) -> float:
        return max((moment for moment, *_rest in self.passed), default=0)

    def add(self, number: int, position: int | None) -> None:
        if position is None:
            self.whole = max(self.whole, number)
            return
        spots = (*self.spots, (number, position))
        for old, _position in spots[:-SPOTS]:
            self.whole = max(self.whole, old)
        self.spots = spots[-SPOTS:]

    def concerns(self, span: Bounds, page: Page) -> bool:
        """Return whether a page with this span of the tag is out of date."""
        if self.whole >= page.horizon:
            return True
        return any(
            number >= page.horizon and holds(span, position) for number, position in self.spots
        ) or any(
            # The second for a change that was committed only after its own moment.
            (moment > page.rendered_at or number >= page.horizon) and holds(span, position)
            for moment, number, position in self.passed
        )


@dataclass
class Ledger:
    """Purges by tag. Pages with a horizon up to `floor`, or from before `earliest`, are from before all of them."""

    floor: int = -1
    earliest: float = 0.0
    history: dict[str, History] = field(default_factory=dict)

    def add(self, name: str, number: int, position: int | None) -> None:
        self.history.setdefault(name, History()).add(number, position)

    def come(self, name: str, moment: float, number: int, position: int | None) -> None:
        """Note a due purge whose moment has come."""
        history = self.history.setdefault(name, History())
        passed = sorted([*history.passed, (moment, number, position)], key=itemgetter(0))
        for old, old_number, _position in passed[:-SPOTS]:
            self.floor, self.earliest = max(self.floor, old_number), max(self.earliest, old)
        history.passed = tuple(passed[-SPOTS:])

    def ends(self, page: Page) -> bool:
        """Return whether one of the purges concerns a page."""
        if page.horizon <= self.floor or page.rendered_at < self.earliest:
            return True
        for name, span in page.tags.items():
            history = self.history.get(name)
            if history and history.concerns(span, page):
                return True
        return False

    def forget(self) -> bool:
        """Keep the memory in bounds; what is forgotten ends every page from before it. Return whether any was."""
        if len(self.history) <= NAMES:
            return False
        for name in list(islice(self.history, len(self.history) - NAMES // 2)):
            history = self.history[name]
            self.floor = max(self.floor, history.last)
            self.earliest = max(self.earliest, history.last_moment)
            # Last: a page can be judged at any moment.
            del self.history[name]
        return True


def holds(span: Bounds, position: int | None) -> bool:
    """Return whether a span holds a position; None stands for all."""
    if span is None or position is None:
        return True
    low, high = span
    return (low is None or low <= position) and (high is None or position <= high)
