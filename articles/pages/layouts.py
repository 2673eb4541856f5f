"""Where the items of a list stand, by how many there are: every row is full.

A list is a grid whose items say how wide they are. On a narrow page each has a row of its own; on a
medium one MEDIUM stand beside each other at most, on a wide one WIDE. For each width,
static/css/layout.css has one rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

MEDIUM, WIDE = 2, 4
SHARES = {1: "whole", 2: "half", 3: "third", 4: "quarter"}
"""The width of each of so many in a row."""


SHOWN, KNOWN = "shown", "known"


class Figure(NamedTuple):
    """How a story shows a picture: `sizes` is the HTML attribute, and without a `shape` it is whole."""

    sizes: str
    shape: str = ""


PHONE = "(min-resolution: 2.5dppx) 67vw, 100vw"
"""A picture as wide as a phone: beyond two dots a pixel, nobody sees more of it than with two."""
OVER_STORY = Figure(f"(min-width: 80rem) 60rem, (min-width: 60rem) 75vw, {PHONE}")
IN_TEXT = Figure(f"(min-width: 45rem) 42rem, {PHONE}")
IN_PROMOTION = Figure("(min-width: 40rem) 20rem, 100vw")


class Kind(NamedTuple):
    """How a list shows a story: `name` is the size, a modifier of the class `card`.

    `picture` is SHOWN, or KNOWN where the card only looks otherwise without one, or "". `sizes` is the
    HTML attribute of the picture; `shape` is what it is cropped to.
    """

    name: str
    sizes: str = ""
    shape: str = "standard"
    picture: str = SHOWN
    has_standfirst: bool = True
    has_kicker: bool = True

    @property
    def shows_picture(self) -> bool:
        return self.picture == SHOWN


LEAD = Kind("lead", f"(min-width: 80rem) 45rem, (min-width: 60rem) 65vw, {PHONE}")
FEATURE = Kind("feature", f"(min-width: 75rem) 41rem, (min-width: 60rem) 50vw, {PHONE}")
STANDARD = Kind("standard", "(min-width: 60rem) 27rem, (min-width: 40rem) 45vw, 35vw")
ROW = Kind("row", "(min-width: 60rem) 16rem, 35vw")
COMPACT = Kind("compact", picture=KNOWN, has_standfirst=False)
MORE = STANDARD._replace(has_kicker=False)
HEADLINE = Kind("headline", picture="", has_standfirst=False, has_kicker=False)


class Place(NamedTuple):
    """How wide an item is ("lead" is half the page and two rows high), and whether in the first row."""

    width: str
    is_first: bool


Places = Callable[[int], list[Place]]
"""Tells where so many items stand."""


@dataclass(frozen=True)
class Slot:
    """What becomes of an item: the Kind of its card, and its Place on a medium and on a wide page.

    There is no Place where the item does not stand in rows.
    """

    kind: Kind
    medium: Place | None = None
    wide: Place | None = None

    @property
    def classes(self) -> str:
        """The modifiers of `rows__item`, for the class attribute."""
        if self.medium is None or self.wide is None:
            return ""
        names = [self.medium.width, f"wide-{self.wide.width}"]
        names += ["first"] * self.medium.is_first + ["wide-first"] * self.wide.is_first
        return " ".join(f"rows__item--{name}" for name in names)


def slots(name: str, number: int) -> list[Slot]:
    """Return the Slot of each of so many items in the list `name`, a key of LISTS."""
    first, medium, wide = LISTS[name]
    kinds = [*first, *[first[-1]] * number][:number]
    return list(map(Slot, kinds, medium(number), wide(number)))


def rows(number: int, most: int) -> list[int]:
    """Return how many stand in each row: as evenly as can be, the fuller rows first."""
    lines = -(-number // most)
    least, more = divmod(number, lines or 1)
    return [least + 1] * more + [least] * (lines - more)


def pairs(number: int) -> list[Place]:
    return _places(rows(number, MEDIUM))


def fours(number: int) -> list[Place]:
    return _places(rows(number, WIDE))


def first_alone(number: int) -> list[Place]:
    return _places([1][:number] + rows(max(number - 1, 0), MEDIUM))


def first_large(number: int) -> list[Place]:
    """Return a large place with two rows beside it, and then rows; where there are few, one row."""
    if number < WIDE:
        return fours(number)
    beside = rows(min(number - 1, WIDE), MEDIUM)
    below = _places(rows(number - 1 - sum(beside), WIDE))
    # A row beside the large one has half of the page.
    return [
        Place("lead", is_first=True),
        *_places(beside, part=2),
        *(place._replace(is_first=False) for place in below),
    ]


def _places(numbers: list[int], *, part: int = 1) -> list[Place]:
    return [
        Place(SHARES[part * number], is_first=row == 0)
        for row, number in enumerate(numbers)
        for _ in range(number)
    ]


LISTS: dict[str, tuple[tuple[Kind, ...], Places, Places]] = {
    "seconds": ((STANDARD, STANDARD, COMPACT), pairs, pairs),
    "latest": ((HEADLINE,), pairs, fours),
    "region": ((FEATURE, STANDARD, STANDARD, COMPACT), first_alone, first_large),
    "more": ((MORE,), pairs, fours),
}
"""For each list the kinds of its cards, the last for all others, and its places on either page."""
