"""The pictures of a page, by their lines: words that end with a credit in square brackets.

A page shows a picture's alternative text, then its caption, each with the credit.
"""

import re
from typing import NamedTuple

from articles.importers.notes import MISSING, Note
from articles.importers.page.words import visible
from articles.importers.story import MAX_LENGTHS, Picture
from articles.texts import plain

_DOUBT = (
    'The lines "{alt}" and "{caption}" have one credit, and were taken as alternative text and caption of one picture; '
    "if they are two pictures, add the second by hand."
)
_LEFT = 'The line "{line}" ends with words in brackets, and was left in the text; if it is a picture, add it by hand.'

_SENTENCE_ENDS = tuple(".!?…\"'”’»؟。！？")
_LONGEST_INSIDE = 200


class _Credited(NamedTuple):
    """A line that ends with a credit in brackets."""

    words: str
    credit: str


class Found(NamedTuple):
    """The pictures of a page, and its other lines with the pictures among them where they stand."""

    pictures: tuple[Picture, ...]
    items: list["str | Picture"]
    notes: tuple[str, ...]
    decisions: tuple[str, ...]


def is_pair(lines: list[str]) -> bool:
    """Tell whether these are the two lines of one picture."""
    credits = [credited.credit for line in lines if (credited := _credited(line))]
    return len(credits) == 2 and credits[0] == credits[1]


def take_pictures(lines: list[str], language: str) -> Found:
    """Return the pictures, and the other lines; those on top stand nowhere in the body, and the first of them leads.

    Below a paragraph a line alone is a picture only where its words are no sentence.
    """
    pictures: list[Picture] = []
    items: list[str | Picture] = []
    doubts: list[str] = []
    while lines:
        taken = _taken(lines, is_top=not items)
        if taken is None:
            doubts += _left(lines[0])
            items.append(lines[0])
            lines = lines[1:]
            continue
        alt, caption, lines = taken
        doubts += _doubts(alt, caption)
        reference = f"picture-{len(pictures) + 1}" if items else ""
        pictures.append(
            _picture(alt, caption, language, lead=not (pictures or items), reference=reference)
        )
        items += [pictures[-1]] if items else []
    gaps = [_gap(picture, language) for picture in pictures]
    return Found(tuple(pictures), items, (*gaps, *doubts), ("pictures in doubt",) * len(doubts))


def _taken(lines: list[str], *, is_top: bool) -> tuple[_Credited, _Credited, list[str]] | None:
    """Return alternative text, caption and the lines below the picture that begins here, or None."""
    alt = _credited(lines[0])
    if alt is None:
        return None
    caption = _credited(lines[1]) if len(lines) > 1 else None
    if caption and caption.credit.casefold() == alt.credit.casefold():
        return alt, caption, lines[2:]
    if is_top or _is_caption(alt):
        return alt, alt, lines[1:]
    return None


def _is_caption(line: _Credited) -> bool:
    """Tell whether a line below paragraphs is a caption, and no sentence that ends with an aside in brackets."""
    return 0 < len(line.words) <= _LONGEST_INSIDE and not line.words.endswith(_SENTENCE_ENDS)


def _credited(line: str) -> _Credited | None:
    """Return the words and the credit of a picture line, None for any other line.

    A credit begins with a capital (or a letter without case, or a sign) or is an address: "[sic]", "[…]" and "[1]"
    at the end of a first paragraph are none.
    """
    line = visible(line)
    if not line.endswith("]"):
        return None
    words, bracket, credit = map(plain, line[:-1].rpartition("["))
    if not bracket or not credit or "]" in credit:
        return None
    if len(words) > MAX_LENGTHS["alt"] or len(credit) > MAX_LENGTHS["credit_line"]:
        return None
    is_name = credit[0] in "©@" or (credit[0].isalpha() and not credit[0].islower())
    is_address = "://" in credit and " " not in credit
    return _Credited(visible(words), credit) if is_name or is_address else None


def _left(line: str) -> list[str]:
    return [_LEFT.format(line=line)] if _credited(line) else []


def _doubts(alt: _Credited, caption: _Credited) -> list[str]:
    """Name two lines that share no word: perhaps they are of two pictures."""
    one, other = (_long_words(line.words) for line in (alt, caption))
    if not one or not other or one & other:
        return []
    return [_DOUBT.format(alt=alt.words, caption=caption.words)]


def _long_words(words: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w{3,}", words)}


def _picture(
    alt: _Credited, caption: _Credited, language: str, *, lead: bool, reference: str
) -> Picture:
    return Picture(
        lead=lead,
        reference=reference,
        alt=_per_language(alt.words, language),
        caption=_per_language(caption.words or alt.words, language),
        creator=_creator(caption.credit),
        credit_line=caption.credit,
    )


def _per_language(words: str, language: str) -> dict[str, str]:
    return {language: words} if words else {}


def _creator(credit: str) -> str:
    """Return who made the picture: "US Army" of "US Army/Wikipedia", nobody of an address."""
    return "" if "://" in credit else credit.partition("/")[0].strip() or credit


def _gap(picture: Picture, language: str) -> str:
    words = picture.caption.get(language)
    named = f'"{words}" [{picture.credit_line}]' if words else f"[{picture.credit_line}]"
    return Note(f"The picture {named} is not part of the page; upload its file.", MISSING)
