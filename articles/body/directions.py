"""Words that run from left to right in a text that runs from right to left."""

import re
from collections.abc import Iterable, Iterator

from articles.body.markup import Piece, escaped, start_tag

# Browsers put the signs of a number or name at the wrong end, and the groups of a number in the wrong order.
NUMBER = r"(?<![\w+(])\(?\+?\d[\d \xa0\u2011()/-]{5,}\d(?!\w)"
NAME = r"(?<!\w)(?:[@#][A-Za-z][A-Za-z0-9_.]*[A-Za-z0-9_]|[A-Za-z][A-Za-z0-9.&-]*[+#]+)(?!\w)"
# 737 MAX-8 or 747-400ER, and no year with a name behind it.
MODEL = r"(?<![\w.,+-])(?!(?:1[5-9]|20)\d\d\b)\d{1,4}[ \xa0\u2011-](?:[A-Z][A-Za-z]*[ \xa0\u2011-]?\d+[A-Za-z]*|\d+[A-Za-z]+)(?!\w)"
RUN = re.compile(f"(?P<number>{NUMBER})|{NAME}|{MODEL}")
GAPS = re.compile(r"[^\d+]+")


def with_languages(pieces: list[Piece]) -> list[Piece]:
    """Return pieces in which a paragraph that is in another language as a whole says so itself: all of it runs that way."""
    changed = list(pieces)
    for place in range(len(pieces) - 1, 0, -1):
        span = pieces[place]
        if span.tag != "span" or not span.attrs or not _starts_paragraph(pieces[place - 1]):
            continue
        end = _end_of_span(pieces, place)
        if pieces[end + 1].tag == "p":
            attrs = {"lang": span.attrs["lang"]}
            del changed[end], changed[place]
            changed[place - 1] = Piece(start_tag("p", attrs), "p", attrs)
    return changed


def _starts_paragraph(piece: Piece) -> bool:
    return piece.tag == "p" and piece.is_start


def _end_of_span(pieces: list[Piece], start: int) -> int:
    depth = 0
    for place in range(start, len(pieces)):
        if pieces[place].tag == "span":
            depth += 1 if pieces[place].is_start else -1
            if not depth:
                return place
    return len(pieces) - 2


def isolated(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with telephone numbers, and names such as C++ and @name, set apart from what is around."""
    for piece in pieces:
        yield piece if piece.tag else piece._replace(source=isolated_words(piece.words))


def isolated_words(words: str) -> str:
    """Return plain words as HTML, with the same set apart."""
    out, place = [], 0
    for match in RUN.finditer(words):
        if match["number"] and not _is_telephone(match[0]):
            continue
        out += [escaped(words[place : match.start()]), f'<bdi dir="ltr">{escaped(match[0])}</bdi>']
        place = match.end()
    return "".join([*out, escaped(words[place:])])


def _is_telephone(number: str) -> bool:
    """Tell a telephone number from a range of years or amounts, which begins at the right."""
    if " - " in number or "/" in number:
        return False
    return number[0] in "+(0٠" or len(GAPS.findall(number)) > 1
