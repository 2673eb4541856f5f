"""The words of a clean body, without its markup."""

import re
from html import unescape

from articles.body.vocabulary import MARKS, TAGS
from articles.texts import is_blank

TAG = re.compile(r"</?(\w+)[^>]*>")
LINE_ENDS = TAGS - MARKS
RAISED = re.compile(r"<(sub|sup)>([^<]*)</\1>")
SIGNS = "0123456789+-=()"
DIGITS = {
    "sub": str.maketrans(SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "sup": str.maketrans(SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
}


def plain_text(html):
    """Return the words of a clean body, one block a line, without what it refers to.

    Raised and lowered digits are those of Unicode: 10<sup>6</sup> is 10⁶ and never 106.
    """
    words = RAISED.sub(lambda found: found[2].translate(DIGITS[found[1]]), html)
    words = unescape(TAG.sub(lambda tag: "\n" if tag[1] in LINE_ENDS else "", words))
    return "\n".join(line.strip() for line in words.splitlines() if not is_blank(line))


def word_count(html):
    """Return the number of words that a reader reads."""
    return len(plain_text(html).split())
