"""The words of a clean body, without its markup."""

from articles.body.markup import Piece
from articles.body.vocabulary import MARKS, TAGS
from articles.texts import is_blank

LINE_ENDS = TAGS - MARKS
SIGNS = "0123456789+-=()"
DIGITS = {
    "sub": str.maketrans(SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "sup": str.maketrans(SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
}


def words_of(pieces: list[Piece]) -> str:
    """Return the words, one block a line.

    Raised and lowered digits are those of Unicode: 10<sup>6</sup> is 10⁶ and never 106.
    """
    words = "".join(_read(pieces, place) for place in range(len(pieces)))
    return "\n".join(line.strip() for line in words.splitlines() if not is_blank(line))


def _read(pieces: list[Piece], place: int) -> str:
    piece = pieces[place]
    if piece.tag:
        return "\n" if piece.tag in LINE_ENDS else ""
    around = pieces[max(place - 1, 0) : place + 2 : 2]
    if len(around) == 2 and around[0].is_start and around[1].is_end:
        return piece.words.translate(DIGITS.get(around[0].tag, {}))
    return piece.words
