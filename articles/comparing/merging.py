"""Two changes of one text, block by block: what each changed alone is merged; what both changed is a conflict.

Nothing that either of them has written is lost: it stands in the merged text, or in a conflict that people decide.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.comparing.differences import Difference, compared
from articles.comparing.sides import Hunk, Piece, Side

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


def merged(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str | Conflict]:
    """Return the blocks that both texts, made from `base`, come to, with a Conflict wherever both changed the same.

    A block that was moved stands once: where mine has it if both moved it, with the words of who reworded it. One that
    would come into a conflict or out of one stays where it was, so that no side that is taken loses or doubles it.
    """
    sides = Side(base, mine), Side(base, theirs)
    while True:
        _settle_moves(*sides)
        regions = _regions([*sides[0].hunks(), *sides[1].hunks()])
        decided = [_decided(base, region, sides) for region in regions]
        stuck = [
            (side, origin)
            for region, parts in zip(regions, decided, strict=True)
            if any(isinstance(part, Conflict) for part in parts)
            for side in sides
            for origin, hunk in side.moved().items()
            if region.start <= origin < region.end or hunk in region.hunks
        ]
        if not stuck:
            return _joined(base, regions, decided)
        for side, origin in stuck:
            side.put_back(origin)


def resolved(parts: Iterable[str | Conflict], sides: Iterable[str]) -> list[str]:
    """Return the blocks of a merged text with one of the `sides` of each conflict, in order."""
    chosen = iter(sides)
    blocks: list[str] = []
    for part in parts:
        blocks.extend(part.on(next(chosen)) if isinstance(part, Conflict) else [part])
    return blocks


@dataclass(frozen=True)
class Region:
    """A part of the base with the changes of it that touch one another."""

    start: int
    end: int
    hunks: tuple[Hunk, ...]


def _settle_moves(mine: Side, theirs: Side) -> None:
    """Let a block that both moved stand where mine has it, and one that was moved have the words of who reworded it."""
    _undo_other_moves(mine, theirs)
    for one, other in ((mine, theirs), (theirs, mine)):
        there = other.by_origin()
        for origin in one.moved():
            if origin in there and there[origin].stays:
                _carry_words(one, origin, there[origin])


def _undo_other_moves(mine: Side, theirs: Side) -> None:
    """Put back what theirs has moved to another place than mine, one by one: it divides what stands around it."""
    while True:
        here, there = mine.moved(), theirs.moved()
        apart = [
            origin
            for origin in here.keys() & there.keys()
            if (here[origin].start, here[origin].end) != (there[origin].start, there[origin].end)
        ]
        if not apart:
            return
        theirs.put_back(min(apart))


def _carry_words(side: Side, origin: int, elsewhere: Piece) -> None:
    """Give a moved block the words that it has on the other side; where both reworded it, it is not moved."""
    moved, old = side.by_origin()[origin], side.base[origin]
    if elsewhere.html == old:
        return
    if moved.html in (old, elsewhere.html):
        moved.html, elsewhere.html = elsewhere.html, old
    else:
        side.put_back(origin)


def _regions(hunks: list[Hunk]) -> list[Region]:
    """Return the changed parts of the base in order; what overlaps is one."""
    regions: list[Region] = []
    for hunk in sorted(hunks, key=lambda change: (change.start, change.end)):
        last = regions[-1] if regions else Region(-1, -1, ())
        is_same_gap = last.start == last.end == hunk.start == hunk.end
        if hunk.start < last.end or is_same_gap:
            regions[-1] = Region(last.start, max(last.end, hunk.end), (*last.hunks, hunk))
        else:
            regions.append(Region(hunk.start, hunk.end, (hunk,)))
    return regions


def _decided(
    base: Sequence[str], region: Region, sides: tuple[Side, Side]
) -> Sequence[str | Conflict]:
    changed_by = [hunk.side for hunk in region.hunks]
    mine, theirs = (_rewritten(base, region, side) for side in sides)
    if not all(side in changed_by for side in sides):
        return mine if sides[0] in changed_by else theirs
    if mine == theirs:
        return mine
    together = _put_in_together(region, *sides)
    return together or [Conflict(tuple(base[region.start : region.end]), mine, theirs)]


def _put_in_together(region: Region, mine: Side, theirs: Side) -> list[str]:
    """Return what both put into one gap where it collides in nothing: one moved blocks there, or both wrote the same."""
    if region.start != region.end:
        return []
    here, there = (
        [piece for hunk in region.hunks if hunk.side is side for piece in hunk.pieces]
        for side in (mine, theirs)
    )
    new, new_there = ([piece.html for piece in side if piece.is_new] for side in (here, there))
    if new and new_there and new != new_there:
        return []
    first, second = (here, there) if new else (there, here)
    places = {piece.origin: piece.html for piece in first if not piece.is_new}
    moved = [piece for piece in second if not piece.is_new]
    if any(places.get(piece.origin, piece.html) != piece.html for piece in moved):
        return []
    return [
        piece.html for piece in [*first, *(piece for piece in moved if piece.origin not in places)]
    ]


def _rewritten(base: Sequence[str], region: Region, side: Side) -> tuple[str, ...]:
    """Return what a side has made of a region."""
    blocks: list[str] = []
    place = region.start
    for hunk in region.hunks:
        if hunk.side is side:
            blocks += [*base[place : hunk.start], *(piece.html for piece in hunk.pieces)]
            place = hunk.end
    return (*blocks, *base[place : region.end])


def _joined(
    base: Sequence[str], regions: list[Region], decided: list[Sequence[str | Conflict]]
) -> list[str | Conflict]:
    """Return what was decided with what nobody changed around it."""
    result: list[str | Conflict] = []
    place = 0
    for region, parts in zip(regions, decided, strict=True):
        result += [*base[place : region.start], *parts]
        place = region.end
    return [*result, *base[place:]]


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
