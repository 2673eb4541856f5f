"""Purges by tag, and which pages they end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.pagecache.purges.tags import EVERYTHING
from newsroom.pagecache.serving.page import Bounds, Page

NAMES = 100_000
"""How many tags a process remembers; what it forgets counts for every page."""

SPOTS = 500
"""How many purges of one tag are remembered one by one; older ones count for the whole list."""


@dataclass
class History:
    """The purges of one tag: the last number and moment of whole ones, and (number, moment, position) of the others.

    The moment, in seconds, is that of a due purge, which has come; of any other it is 0.
    """

    number: int = -1
    moment: float = 0.0
    spots: tuple[tuple[int, float, int | None], ...] = ()

    @property
    def all(self) -> Iterator[tuple[int, float, int | None]]:
        yield from self.spots
        # Last: what another thread takes from the spots meanwhile is there already.
        yield self.number, self.moment, None

    def add(self, number: int, moment: float, position: int | None) -> None:
        if position is None:
            self.number, self.moment = max(self.number, number), max(self.moment, moment)
            return
        spots = (*self.spots, (number, moment, position))
        for old, passed, _position in spots[:-SPOTS]:
            self.add(old, passed, None)
        self.spots = spots[-SPOTS:]

    def ends(self, page: Page, span: Bounds) -> bool:
        """Return whether a page with this span of the tag is out of date."""
        # By its number, too, if it is due: the change may have been committed after its own moment.
        return any(
            (number >= page.horizon or moment > page.rendered_at) and holds(span, position)
            for number, moment, position in self.all
        )


@dataclass
class Ledger:
    """Purges by tag."""

    history: dict[str, History] = field(default_factory=dict)

    def add(self, name: str, number: int, moment: float, position: int | None) -> None:
        self.history.setdefault(name, History()).add(number, moment, position)
        if len(self.history) > NAMES:
            self.forget()

    def ends(self, page: Page) -> bool:
        """Return whether one of the purges concerns a page."""
        # One and the same history for all tags: another thread may be forgetting.
        known = self.history
        return any(
            (history := known.get(name)) and history.ends(page, span)
            for name, span in page.tags.items()
        )

    def forget(self) -> None:
        """Keep the memory in bounds: what is forgotten ends every page from before it."""
        whole = History()
        for history in self.history.values():
            for number, moment, _position in history.all:
                whole.add(number, moment, None)
        self.history = {EVERYTHING: whole}


def holds(span: Bounds, position: int | None) -> bool:
    """Return whether a span holds a position; None stands for all."""
    if span is None or position is None:
        return True
    low, high = span
    return (low is None or low <= position) and (high is None or position <= high)
