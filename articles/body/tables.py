"""Tables and pull quotes as everybody can read them: on a narrow screen, by keyboard, by ear."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import bidirectional

from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.body.markup import Piece, start_tag

AMOUNT = re.compile(
    r"[(+\-\u2212±~≈<>]{0,2}\s?[$€£¥]?\s?\d[\d.,:٫٬'’\s]*(?:[%٪‰)]|[^\W\d_]{1,3}\.?)*", re.UNICODE
)
"""An amount, with a sign before it and a short unit behind."""

NO_AMOUNT = frozenset({"", "-", "\u2013", "—", "…", "?"})
"""What a column of amounts has where there is none."""

NUMBER = "table-number"

RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
"""Unicode's classes of letters and digits whose line runs from right to left."""


class Cell(NamedTuple):
    """A cell of a table: the number of its piece, its tag, its column and its words."""

    place: int
    tag: str
    column: int
    words: str


def readable(pieces: list[Piece]) -> list[Piece]:
    """Return pieces in which a table scrolls by itself and is named by its caption, columns of amounts are marked,
    and a pull quote is not read aloud where its words stand in the text, too.
    """
    changed = list(pieces)
    text = _spaced(pieces)
    for start, end in _elements(pieces, {"blockquote"}):
        attrs, quote = pieces[start].attrs or {}, pieces[start:end]
        has_link = any(piece.tag == "a" for piece in quote)
        if "data-pull" in attrs and not has_link and text.count(_spaced(quote)) > 1:
            changed[start] = _piece("blockquote", attrs | {"aria-hidden": "true"})
    for number, (start, end) in enumerate(_elements(pieces, {"table"}), start=1):
        _make_readable(changed, start, end, name=f"table-{number}")
    return changed


def _make_readable(pieces: list[Piece], start: int, end: int, *, name: str) -> None:
    captions = [place for place in range(start, end) if _starts(pieces[place], "caption")]
    for place in captions[:1]:
        pieces[place] = _piece("caption", {"id": name})
    for cell in _amounts(list(_cells(pieces, start, end))):
        attrs = (pieces[cell.place].attrs or {}) | {"class": NUMBER}
        pieces[cell.place] = _piece(cell.tag, attrs | _direction(cell))
    label = ("labelledby", name) if captions else ("label", _("Table"))
    scroll = '<div class="table-scroll" role="region" tabindex="0" aria-{}="{}">'
    # Reachable by keyboard, since it may have to be scrolled (WCAG 2.1.1).
    pieces[start] = pieces[start]._replace(
        source=format_html(scroll, *label) + pieces[start].source
    )


def _cells(pieces: list[Piece], start: int, end: int) -> Iterator[Cell]:
    column = 0
    for place, stop in _elements(pieces[:end], {"tr", "td", "th"}, first=start):
        tag = pieces[place].tag
        if tag == "tr":
            column = 0
        else:
            yield Cell(place, tag, column, _spaced(pieces[place:stop]))
            column += int((pieces[place].attrs or {}).get("colspan", 1))


def _amounts(cells: list[Cell]) -> list[Cell]:
    """Return the cells of columns whose cells hold amounts, with the headings over them."""
    columns: dict[int, list[str]] = {}
    for cell in cells:
        if cell.tag == "td":
            columns.setdefault(cell.column, []).append(cell.words)
    marked = {
        column
        for column, words in columns.items()
        if set(words) - NO_AMOUNT and all(map(_is_amount, words))
    }
    return [cell for cell in cells if cell.column in marked]


def _direction(cell: Cell) -> dict[str, str]:
    """Return what keeps 176 566 and -0.2 in order in a page from right to left; words and digits of such a script have their own."""
    is_own = any(bidirectional(letter) in RIGHT_TO_LEFT for letter in cell.words)
    return {"dir": "ltr"} if cell.tag == "td" and cell.words and not is_own else {}


def _is_amount(words: str) -> bool:
    return words in NO_AMOUNT or bool(AMOUNT.fullmatch(words))


def _elements(pieces: list[Piece], tags: set[str], *, first: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where each element with one of these tags begins and ends, the outer ones first."""
    for start in range(first, len(pieces)):
        if pieces[start].is_start and pieces[start].tag in tags:
            tag = pieces[start].tag
            ends = (
                place
                for place in range(start, len(pieces))
                if pieces[place].is_end and pieces[place].tag == tag
            )
            yield start, next(ends, len(pieces))


def _starts(piece: Piece, tag: str) -> bool:
    return piece.is_start and piece.tag == tag


def _spaced(pieces: list[Piece]) -> str:
    return " ".join("".join(piece.words for piece in pieces).split())


def _piece(tag: str, attrs: dict[str, str]) -> Piece:
    return Piece(start_tag(tag, attrs), tag, attrs)
