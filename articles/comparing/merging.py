"""Two changes of one text, block by block: what each changed alone is merged; what both changed is a conflict.

Nothing that either of them has written is lost: it stands in the merged text, or in a conflict that people decide.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.comparing.blocks import aligned
from articles.comparing.differences import Difference, compared

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Conflict:
    """Blocks that both sides changed: as they were, and what each made of them; without any, they were taken out."""

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    def on(self, side: str) -> tuple[str, ...]:
        """Return the blocks of a side, of `BOTH` theirs before mine."""
        return {MINE: self.mine, THEIRS: self.theirs, BOTH: self.theirs + self.mine}[side]


@dataclass(frozen=True)
class Hunk:
    """What a side has made of the blocks from `start` to `end`."""

    start: int
    end: int
    side: str
    blocks: tuple[str, ...]


def merged(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str | Conflict]:
    """Return the blocks that both texts, made from `base`, come to, with a Conflict wherever both changed the same."""
    result: list[str | Conflict] = []
    place = 0
    for start, end, hunks in _regions([*_hunks(base, mine, MINE), *_hunks(base, theirs, THEIRS)]):
        result.extend(base[place:start])
        result.extend(_decided(base, start, end, hunks))
        place = end
    return [*result, *base[place:]]


def resolved(parts: Iterable[str | Conflict], sides: Iterable[str]) -> list[str]:
    """Return the blocks of a merged text with one of the `sides` of each conflict, in order."""
    chosen = iter(sides)
    blocks: list[str] = []
    for part in parts:
        blocks.extend(part.on(next(chosen)) if isinstance(part, Conflict) else [part])
    return blocks


def _hunks(base: Sequence[str], text: Sequence[str], side: str) -> list[Hunk]:
    """Return what a side has changed; a block that was moved was taken out and put in."""
    hunks = []
    place = place_there = 0
    ends = (len(base), len(text))
    for old, new in [*_in_order(base, text), ends]:
        if (place, place_there) != (old, new):
            hunks.append(Hunk(place, old, side, tuple(text[place_there:new])))
        if (old, new) != ends and base[old] != text[new]:
            hunks.append(Hunk(old, old + 1, side, (text[new],)))
        place, place_there = old + 1, new + 1
    return hunks


def _in_order(base: Sequence[str], text: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest row of counterparts that stand in the same order in both."""
    lasts: list[int] = []
    rows: list[tuple[tuple[int, int], ...]] = []
    for old, new in aligned(base, text):
        if old is None or new is None:
            continue
        length = bisect_left(lasts, old)
        row = (*(rows[length - 1] if length else ()), (old, new))
        lasts[length : length + 1], rows[length : length + 1] = [old], [row]
    return list(rows[-1]) if rows else []


def _regions(hunks: list[Hunk]) -> list[tuple[int, int, list[Hunk]]]:
    """Return the changed parts of the base, as (start, end, hunks); what overlaps is one."""
    regions: list[tuple[int, int, list[Hunk]]] = []
    for hunk in sorted(hunks, key=lambda change: (change.start, change.end)):
        start, end, before = regions[-1] if regions else (-1, -1, [])
        is_same_gap = start == end == hunk.start == hunk.end
        if hunk.start < end or is_same_gap:
            regions[-1] = (start, max(end, hunk.end), [*before, hunk])
        else:
            regions.append((hunk.start, hunk.end, [hunk]))
    return regions


def _decided(
    base: Sequence[str], start: int, end: int, hunks: list[Hunk]
) -> Sequence[str | Conflict]:
    sides = {hunk.side for hunk in hunks}
    mine, theirs = (
        _rewritten(base, start, end, [hunk for hunk in hunks if hunk.side == side])
        for side in (MINE, THEIRS)
    )
    if len(sides) == 2 and mine != theirs:
        return [Conflict(tuple(base[start:end]), mine, theirs)]
    return mine if MINE in sides else theirs


def _rewritten(base: Sequence[str], start: int, end: int, hunks: list[Hunk]) -> tuple[str, ...]:
    blocks: list[str] = []
    for hunk in hunks:
        blocks += [*base[start : hunk.start], *hunk.blocks]
        start = hunk.end
    return (*blocks, *base[start:end])


class Merge:
    """Two changes of one text that is divided into blocks, for somebody to decide what collides; `read` makes words of a block."""

    def __init__(
        self,
        base: Sequence[str],
        mine: Sequence[str],
        theirs: Sequence[str],
        *,
        read: Callable[[str], str] = str,
    ) -> None:
        self._parts = merged(base, mine, theirs)
        self._read = read

    @cached_property
    def conflicts(self) -> list["Shown"]:
        return [Shown(part, self._read) for part in self._parts if isinstance(part, Conflict)]

    def text(self, sides: Sequence[str]) -> str:
        """Return the text with a side of each conflict, a block a line."""
        return "\n".join(resolved(self._parts, sides))


@dataclass(frozen=True)
class Shown:
    """A conflict for who decides it: as it was, and what each made of it, word by word."""

    conflict: Conflict
    read: Callable[[str], str]

    @property
    def seen(self) -> str:
        """What somebody has seen who takes a side: whoever rewrites their own goes on with that."""
        return "\x00".join([*self.conflict.base, "", *self.conflict.theirs])

    @property
    def base(self) -> list[str]:
        return [self.read(block) for block in self.conflict.base]

    @property
    def mine(self) -> list[Difference]:
        return compared(self.conflict.base, self.conflict.mine, self.read)

    @property
    def theirs(self) -> list[Difference]:
        return compared(self.conflict.base, self.conflict.theirs, self.read)
