"""The lines of a page: one paragraph each, also where the file breaks them at a width."""

import re
from itertools import pairwise
from typing import NamedTuple

from articles.importers.notes import Note
from articles.texts import is_blank

WIDEST = 120
"""Whoever breaks lines breaks them before so many characters."""

_FEWEST = 3
"""So many breaks have to be where the width ends, and none elsewhere."""

_JOINED = "Its lines are broken before {width} characters; those without a blank line between them were joined."


class Lines(NamedTuple):
    """The lines of a text that hold anything, without white space around them."""

    lines: list[str]
    notes: tuple[str, ...]


def lines_of(text: str) -> Lines:
    """Return the lines of a text; those that were broken at a width are joined, and a note tells it."""
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text)]
    blocks = _blocks(lines)
    if width := _width(blocks):
        note = Note(_JOINED.format(width=width + 1), "broken lines joined")
        return Lines([" ".join(block) for block in blocks], (note,))
    return Lines([line for block in blocks for line in block], ())


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return the lines between blank ones."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if is_blank(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _width(blocks: list[list[str]]) -> int:
    """Return the length of the longest line if each break is where the next word had no place, else 0."""
    breaks = [pair for block in blocks for pair in pairwise(block)]
    width = max((len(line) for block in blocks for line in block), default=0)
    if len(blocks) < 2 or len(breaks) < _FEWEST or width >= WIDEST:
        return 0
    is_broken = all(len(line) + 1 + len(after.split()[0]) > width for line, after in breaks)
    return width if is_broken else 0
