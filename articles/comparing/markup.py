"""What two blocks of a body have otherwise besides their words: where links lead, and the cells of tables."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from articles.body import Body
from articles.body.markup import pieces
from articles.comparing.blocks import aligned
from articles.comparing.words import ADDED, REMOVED, Run, changes

CELLS = frozenset(["caption", "td", "th"])
"""What holds the words of a table; a caption is shown as a row of its own."""

Link = tuple[str, str]
Rows = list[list[str]]


@dataclass(frozen=True)
class LinkChange:
    """The words of a link, and where it led and leads."""

    words: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class RowChange:
    """A row of a table: its cells, each as runs of words."""

    cells: tuple[tuple[Run, ...], ...]


def link_changes(old: str, new: str) -> tuple[LinkChange, ...]:
    """Return the links of two blocks that lead elsewhere, are new, or are gone."""
    before, after = Counter(_links(old)), Counter(_links(new))
    gone, come = [*(before - after).elements()], [*(after - before).elements()]
    told = []
    for words, target in gone:
        there = next((link for link in come if link[0] == words), None)
        runs = [Run(REMOVED, target)]
        if there:
            come.remove(there)
            runs.append(Run(ADDED, there[1]))
        told.append(LinkChange(words, tuple(runs)))
    told += [LinkChange(words, (Run(ADDED, target),)) for words, target in come]
    return tuple(told)


def row_changes(old: str, new: str) -> tuple[RowChange, ...]:
    """Return the rows of two tables as one; none where either is no table."""
    before, after = _rows(old), _rows(new)
    if not (before and after):
        return ()
    pairs = aligned([*map("\t".join, before)], [*map("\t".join, after)])
    return tuple(
        RowChange(
            _cells([] if place is None else before[place], [] if there is None else after[there])
        )
        for place, there in pairs
    )


def _cells(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
    if len(old) == len(new):
        return tuple(tuple(changes(*pair)) for pair in zip(old, new, strict=True))
    if not (old and new):
        kind = ADDED if new else REMOVED
        return tuple((Run(kind, words),) if words else () for words in new or old)
    return tuple(
        tuple(
            changes("" if place is None else old[place], "" if there is None else new[there]),
        )
        for place, there in aligned(old, new)
    )


def _links(block: str) -> list[Link]:
    """Return the links of a block: their words, and where each leads."""
    links = _elements(block, frozenset(["a"]), _target)
    return [(Body(words).text, target) for words, target in links]


def _target(attrs: dict[str, str]) -> str:
    if address := attrs.get("href"):
        return address
    return f"#{attrs.get('data-article') or attrs.get('data-waiting') or ''}"


def _rows(block: str) -> Rows:
    if not block.startswith("<table"):
        return []
    rows: Rows = []
    for piece in pieces(block):
        if piece.is_start and piece.tag in {"caption", "tr"}:
            rows.append([])
        if piece.is_start and piece.tag in CELLS and rows:
            rows[-1].append("")
    cells = iter(Body(words).text for words, _attrs in _elements(block, CELLS, lambda _attrs: ""))
    return [[next(cells, "") for _cell in row] for row in rows]


def _elements(
    block: str, tags: frozenset[str], read: Callable[[dict[str, str]], str]
) -> list[tuple[str, str]]:
    """Return of each element of these tags, which hold none of them, its inner HTML and what is `read` of its attributes."""
    elements: list[tuple[str, str]] = []
    is_open = False
    for piece in pieces(block):
        if piece.tag in tags:
            is_open = piece.is_start
            if is_open:
                elements.append(("", read(piece.attrs or {})))
        elif is_open:
            inner, attrs = elements[-1]
            elements[-1] = (inner + piece.source, attrs)
    return elements
