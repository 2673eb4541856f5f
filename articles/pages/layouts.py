"""Where the items of a list stand, and as what, by how many there are and which have pictures: every row is full.

A list is a grid whose items say how wide they are. On a narrow page each has a row of its own; on a
medium one MEDIUM stand beside each other at most, on a wide one WIDE. For each width,
static/css/layout.css has one rule.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MEDIUM, WIDE = 2, 4
SHARES = {1: "whole", 2: "half", 3: "third", 4: "quarter"}
"""The width of each of so many in a row."""

LARGE_WIDTHS = {"lead", "lead-end"}
"""Half of the page and two rows high, where a wide line begins or where it ends."""

SHOWN, KNOWN = "shown", "known"


class Figure(NamedTuple):
    """How a story shows a picture: `sizes` is the HTML attribute, and without a `shape` it is whole.

    Of the files of a picture it offers those of these `widths`: each screen finds one that is about as wide as it
    needs, in each of the best `formats`.
    """

    sizes: str
    widths: tuple[int, ...] = (480, 800, 1280)
    shape: str = ""
    formats: int = 2


PHONE = "(min-resolution: 2.5dppx) 62vw, (max-width: 27rem) 93vw, 100vw"
"""A picture as wide as a phone: beyond two dots a pixel, nobody sees more of it than with two.

So each phone takes the file of 800 pixels, which has a largest size (articles/renditions.py).
"""
SMALLER, LARGER, LARGEST = (320, 480, 640), (480, 800, 1280), (480, 800, 960, 1600)
"""The widths of the files for what is as wide as a row's picture, as half of the page, and as all of it."""

OVER_STORY = Figure(f"(min-width: 80rem) 60rem, (min-width: 60rem) 75vw, {PHONE}", LARGEST)
IN_TEXT = Figure(f"(min-width: 45rem) 42rem, {PHONE}")
IN_PROMOTION = Figure(f"(min-width: 40rem) 20rem, {PHONE}")


class Kind(NamedTuple):
    """How a list shows a story: `name` is the size, a modifier of the class `card`.

    `picture` is SHOWN, or KNOWN where there is none although the list looks otherwise for what has one, or
    "". `sizes`, `widths`, `shape` and `formats` are those of a Figure: there are many cards on a page, so the best
    format has to do. `summary` is how many letters of the standfirst there is room for, 0 for none of it. `time` is a
    form of the tag `published`, or "" where the day is said above.
    WHOLE and HEADLINE leave out nothing and everything: purging compares what changes by these.
    """

    name: str
    sizes: str = ""
    widths: tuple[int, ...] = (320, 480, 960)
    shape: str = "standard"
    picture: str = SHOWN
    summary: int = 0
    has_kicker: bool = True
    time: str = "brief"
    formats: int = 1

    @property
    def shows_picture(self) -> bool:
        return self.picture == SHOWN

    @property
    def has_standfirst(self) -> bool:
        return bool(self.summary)


LEAD = Kind(
    "lead", f"(min-width: 80rem) 56rem, (min-width: 60rem) 65vw, {PHONE}", LARGEST, summary=340
)
OPENER = Kind(
    "opener", f"(min-width: 75rem) 43rem, (min-width: 60rem) 52vw, {PHONE}", LARGER, summary=400
)
FEATURE = Kind(
    "feature",
    f"(min-width: 75rem) 41rem, (min-width: 60rem) 50vw, {PHONE}",
    LARGER,
    summary=260,
)
STANDARD = Kind("standard", "(min-width: 60rem) 27rem, (min-width: 40rem) 45vw, 35vw", summary=170)
TALL = Kind("tall", "(min-width: 60rem) 26rem, (min-width: 40rem) 45vw, 35vw", shape="wide")
PICTURE = STANDARD._replace(summary=0)
SMALL = Kind("small", "(min-width: 60rem) 9rem, 35vw", SMALLER)
ROW = Kind("row", "(min-width: 60rem) 12rem, 35vw", SMALLER, summary=260)
MORE = STANDARD._replace(has_kicker=False)
ONLY_MORE = ROW._replace(has_kicker=False)
LARGE = Kind("large", picture=KNOWN, summary=340)
BRIEF = Kind("brief", picture=KNOWN, summary=220)
COMPACT = Kind("compact", picture=KNOWN)
WHOLE = MORE._replace(summary=sys.maxsize)
HEADLINE = Kind("headline", picture="", has_kicker=False)
CLOCK = HEADLINE._replace(time="clock")


class Place(NamedTuple):
    """How wide an item is, one of SHARES or LARGE_WIDTHS, and whether it stands in the first row."""

    width: str
    is_first: bool


Places = Callable[[int], list[Place]]
"""Tells where so many items stand."""


@dataclass(frozen=True)
class Slot:
    """What becomes of an item: the Kind of its card, and its Place on a medium and on a wide page.

    There is no Place where the item does not stand in rows. A card `at_end` has its picture at the end
    of a line that it has for itself.
    """

    kind: Kind
    medium: Place | None = None
    wide: Place | None = None
    at_end: bool = False

    @property
    def classes(self) -> str:
        """The modifiers of `rows__item` and of `card` for its place, for the class attribute."""
        names = []
        if self.medium:
            names += [
                f"rows__item--{self.medium.width}",
                *["rows__item--first"] * self.medium.is_first,
            ]
            names += ["card--broad"] * (self.medium.width == "whole")
        if self.wide:
            names += [f"rows__item--wide-{self.wide.width}"]
            names += ["rows__item--wide-first"] * self.wide.is_first
            names += ["card--wide-broad"] * (self.wide.width in {"whole", "half"})
        return " ".join(names + ["card--end"] * self.at_end)


class List(NamedTuple):
    """What a list makes of its items: the kinds of so many cards, and their places on either page."""

    kinds: Callable[[int], list[Kind]]
    medium: Places
    wide: Places
    at_end: bool = False


def slots(name: str, number: int) -> list[Slot]:
    """Return the Slot of each of so many items in the list `name`, a key of LISTS."""
    kinds, medium, wide, at_end = LISTS[name]
    places = zip(kinds(number), medium(number), wide(number), strict=True)
    return [Slot(kind, narrow, broad, at_end) for kind, narrow, broad in places]


def each(*first: Kind, **by_number: Sequence[Kind]) -> Callable[[int], list[Kind]]:
    """Return what tells the kinds of so many cards: these and on with the last.

    A keyword n4 tells those of exactly four.
    """

    def kinds(number: int) -> list[Kind]:
        chosen = by_number.get(f"n{number}", first)
        return [*chosen, *[chosen[-1]] * number][:number]

    return kinds


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


def even(number: int) -> list[Place]:
    """Return pairs, behind one that is alone where the number is odd."""
    return first_alone(number) if number % MEDIUM else pairs(number)


def first_large(number: int, width: str = "lead") -> list[Place]:
    """Return a large place with two rows beside it, and then rows; where there are few, one row."""
    if number < WIDE - 1:
        return fours(number)
    beside = rows(min(number - 1, WIDE), MEDIUM)
    if number == WIDE - 1:
        beside = [1, 1]
    below = _places(rows(number - 1 - sum(beside), WIDE))
    # A row beside the large one has half of the page.
    return [
        Place(width, is_first=True),
        *_places(beside, part=2),
        *(place._replace(is_first=False) for place in below),
    ]


def last_large(number: int) -> list[Place]:
    """Return the same with the large place at the end of the line."""
    return first_large(number, "lead-end")


def stacked(number: int) -> list[Place]:
    """Return places in a column of its own, whose cards are as in a column of several."""
    return [Place("column", is_first=place == 0) for place in range(number)]


def _places(numbers: list[int], *, part: int = 1) -> list[Place]:
    return [
        Place(SHARES[part * number], is_first=row == 0)
        for row, number in enumerate(numbers)
        for _ in range(number)
    ]


_large = each(FEATURE, STANDARD, STANDARD, COMPACT, n4=(FEATURE, STANDARD))
_few = each(STANDARD, n1=(FEATURE,))

LISTS: dict[str, List] = {
    "column": List(each(TALL, SMALL), even, stacked),
    "column of words": List(each(BRIEF, SMALL), even, stacked),
    "row": List(each(STANDARD, n1=(ROW,)), pairs, fours),
    "latest": List(each(HEADLINE), pairs, fours),
    "more": List(each(MORE, n1=(ONLY_MORE,)), pairs, fours),
    "lead": List(_large, first_alone, first_large),
    "lead at end": List(_large, first_alone, last_large),
    "pictures": List(each(PICTURE), pairs, fours),
    "headlines": List(each(LARGE, COMPACT, n2=(BRIEF,)), first_alone, first_large),
    "columns": List(each(BRIEF), pairs, fours),
    "few": List(_few, pairs, fours),
    "few at end": List(_few, pairs, fours, at_end=True),
}
"""Every list of cards by its name."""


class Container(NamedTuple):
    """A look of a region on the front page: the `name` of its list, and how many stories it has at `most`.

    It `suits` what tells it for which stories there are pictures, in their order. One that is `led` begins
    with the first story that has one.
    """

    name: str
    suits: Callable[[Sequence[bool]], bool]
    most: int = 5
    led: bool = False


def _several(pictured: Sequence[bool]) -> bool:
    return len(pictured) >= WIDE - 1


def _several_with_any(pictured: Sequence[bool]) -> bool:
    return _several(pictured) and any(pictured)


def _several_with_all(pictured: Sequence[bool]) -> bool:
    return _several(pictured) and all(pictured[:WIDE])


def _few_with_any(pictured: Sequence[bool]) -> bool:
    return not _several(pictured) and any(pictured)


def _not_few_with_any(pictured: Sequence[bool]) -> bool:
    return not _few_with_any(pictured)


def _none(pictured: Sequence[bool]) -> bool:
    return not any(pictured[:WIDE])


CONTAINERS = (
    Container("lead", _several_with_any, led=True),
    Container("pictures", _several_with_all, most=WIDE),
    Container("lead at end", _several_with_any, led=True),
    Container("headlines", _not_few_with_any),
    Container("few", _few_with_any, led=True),
    Container("few at end", _few_with_any, led=True),
    Container("columns", _none, most=WIDE),
)
"""Every Container, in the order in which they take turns."""


def container(pictured: Sequence[bool], *, behind: Container | None) -> Container:
    """Return the next in turn, behind that of the region above, that suits a region with these stories.

    So none is followed by the same. What there is suits one of them at least.
    """
    start = CONTAINERS.index(behind) + 1 if behind else 0
    turns = CONTAINERS[start:] + CONTAINERS[:start]
    return next(candidate for candidate in turns if candidate.suits(pictured))


class Top(NamedTuple):
    """What stands beside or under the story of the day: the name of the list, and how many stories."""

    name: str
    number: int

    @property
    def has_columns(self) -> bool:
        return self.name.startswith("column")


def top(pictured: Sequence[bool], *, most: int, is_led: bool) -> Top:
    """Return the Top for stories of which these have pictures; `is_led` tells whether the first of all has one.

    A column is as high as a large picture with its words: one picture and three small ones fill it, or
    one more where there are words only.
    """
    number = min(len(pictured), most)
    if not is_led or number < WIDE - 1:
        return Top("row", min(number, WIDE))
    if pictured[0]:
        return Top("column", min(number, most - 1))
    return Top("column of words", number)
