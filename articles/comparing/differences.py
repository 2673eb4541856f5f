"""Two lists of blocks as one that shows what differs: block by block, and in a block word by word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from articles.body import Body
from articles.body.markup import Attrs, pieces
from articles.body.vocabulary import REFERENCES
from articles.comparing.blocks import aligned
from articles.comparing.markup import LinkChange, RowChange, link_changes, row_changes
from articles.comparing.words import ADDED, REMOVED, SAME, Run, changes

CHANGED = "changed"

FOLDED = 2
"""So many unchanged blocks, beside the one next to a change, are folded."""


@dataclass(frozen=True)
class Difference:
    """A block of two texts: `SAME`, `CHANGED`, `ADDED` or `REMOVED`, and its words in runs.

    One that is `CHANGED` has the `links` that lead elsewhere, and the `rows` if it is a table. One of which neither words nor
    links are otherwise has another form: a heading, italics.
    """

    kind: str
    runs: tuple[Run, ...]
    links: tuple[LinkChange, ...] = ()
    rows: tuple[RowChange, ...] = ()

    @property
    def is_of_form(self) -> bool:
        is_said_alike = all(run.kind == SAME for run in self.runs)
        return self.kind == CHANGED and is_said_alike and not self.links

    def without(self, kind: str) -> "Difference":
        """Return what one of the texts has of it: all but what was added, or was removed."""
        return replace(
            self,
            runs=_without(self.runs, kind),
            links=tuple(
                replace(link, runs=runs)
                for link in self.links
                if (runs := _without(link.runs, kind))
            ),
            rows=tuple(
                replace(row, cells=tuple(_without(cell, kind) for cell in row.cells))
                for row in self.rows
                if not _is_only(row, kind)
            ),
        )


def _without(runs: Sequence[Run], kind: str) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.kind != kind)


def _is_only(row: RowChange, kind: str) -> bool:
    runs = [run for cell in row.cells for run in cell]
    return bool(runs) and all(run.kind == kind for run in runs)


@dataclass(frozen=True)
class Stretch:
    """Blocks that follow each other, which may be `is_folded`: they are the same, and next to no change."""

    differences: tuple[Difference, ...]
    is_folded: bool


def folded(differences: Sequence[Difference]) -> list[Stretch]:
    """Return all blocks in stretches, those folded that are away from every change."""
    hidden = _away_from_changes(differences)
    stretches: list[Stretch] = []
    for is_folded, group in groupby(enumerate(differences), key=lambda pair: hidden[pair[0]]):
        together = tuple(difference for _place, difference in group)
        stretches.append(Stretch(together, is_folded and len(together) >= FOLDED))
    return stretches


def _away_from_changes(differences: Sequence[Difference]) -> list[bool]:
    is_same = [difference.kind == SAME for difference in differences]
    return [all(is_same[max(place - 1, 0) : place + 2]) for place in range(len(is_same))]


def on_side(differences: Sequence[Difference], *, without: str) -> list[Difference]:
    """Return the blocks that one of the texts has: those of the old one `without` `ADDED`, of the new one without `REMOVED`."""
    return [difference.without(without) for difference in differences if difference.kind != without]


def compared(
    old: Sequence[str], new: Sequence[str], read: Callable[[str], str] = str
) -> list[Difference]:
    """Return each block of both texts, in the order of the new one; `read` makes words of a block."""
    return [
        _difference(
            None if place is None else old[place], None if there is None else new[there], read
        )
        for place, there in aligned(old, new)
    ]


def _difference(old: str | None, new: str | None, read: Callable[[str], str]) -> Difference:
    if old is None or new is None:
        kind = ADDED if old is None else REMOVED
        words = read(old or new or "")
        return Difference(kind, (Run(kind, words),) if words else ())
    runs = tuple(changes(read(old), read(new)))
    if old == new:
        return Difference(SAME, runs)
    return Difference(CHANGED, runs, link_changes(old, new), row_changes(old, new))


def blocks_of(html: str) -> list[str]:
    """Return the blocks of a body, each with its markup."""
    return [block.html for block in Body(html).blocks]


def as_read(block: str, named: Callable[[str, Attrs], str]) -> str:
    """Return the words of a block of a body; one that only refers to something is `named` by its tag and attributes."""
    first = pieces(block)[0] if block else None
    if first and first.tag in REFERENCES:
        return named(first.tag, first.attrs or {})
    return Body(block).text
