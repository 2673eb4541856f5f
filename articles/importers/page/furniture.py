"""What stands on every page of a site, and is no part of a story: buttons, menus, notices of cookies and newsletters."""

import re

from articles.importers.notes import Note
from articles.importers.page.table import SITES, TABLE
from articles.importers.page.words import is_sharing, visible

LONGEST = 200
"""A line with more characters is a paragraph."""

_ADVERTISEMENT = re.compile(
    "advertise?ments?|publicidad|anuncio|publicidade|anúncio|publicité|anzeige|werbung|pubblicità|إعلان",
    re.IGNORECASE,
)

# A site in any language may keep the English ones.
_PATTERNS = (words.furniture for words in TABLE.values() if words.furniture)
_ALL = re.compile("|".join([SITES, *_PATTERNS]), re.IGNORECASE)


def is_furniture(line: str, *, is_inside: bool = False) -> bool:
    """Tell whether a line stands on every page of a site.

    One that `is_inside` a story has words above and below it: there a single word may be the story's, unless it is what
    advertisements stand under.
    """
    words = visible(line)
    if len(words) > LONGEST:
        return False
    if _ADVERTISEMENT.fullmatch(words):
        return True
    return (" " in words or not is_inside) and (is_sharing(words) or bool(_ALL.fullmatch(words)))


def left_out(line: str) -> str:
    """Return the note that tells of a line that was no part of the story."""
    return Note(f'Left out, it stands on every page: "{line}".', "furniture left out")


def without_furniture(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of a story, and those among them that stand on every page."""
    first = next((i for i, line in enumerate(lines) if not is_furniture(line)), len(lines))
    last = next(
        (i for i in reversed(range(first, len(lines))) if not is_furniture(lines[i])), first
    )
    kept: list[str] = []
    left: list[str] = []
    for i, line in enumerate(lines):
        (left if is_furniture(line, is_inside=first < i < last) else kept).append(line)
    return kept, left
