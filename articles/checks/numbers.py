"""Numbers that are not the same on both sides, however each language writes them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.dates import days, months, without_days, without_months
from articles.checks.side import Check, Side

TOLD = 3
"""So many numbers are named in a sentence."""

ZEROS = {"万": 4, "萬": 4, "만": 4, "亿": 8, "億": 8, "억": 8}
"""What a sign behind a number multiplies it by, as a power of ten: 40万 is 400,000."""

_GROUP = r"[.,٬\u00a0\u202f'’ ]"
_NUMBER = re.compile(rf"(?<!\d)(\d+(?:{_GROUP}\d{{3}}(?!\d))*)(?:[.,٫](\d{{1,2}})(?!\d))?([{''.join(ZEROS)}])?")  # fmt: skip


def differ(source: Side, target: Side) -> Iterator[Check]:
    """Name the numbers of one side that the other lacks.

    A digit that stands alone is often written as a word: it differs where each side has one that the other lacks.
    Where both sides name days of the year, or months, those are for the check of dates.
    """
    ours, theirs = (Counter(numbers(text)) for text in _without_dates(source, target))
    missing, extra = _longer(ours - theirs), _longer(theirs - ours)
    lone, lone_there = _lone(ours, theirs), _lone(theirs, ours)
    if lone and lone_there:
        missing, extra = missing + lone, extra + lone_there
    if missing:
        sentence = _("In the source stands %(numbers)s, and not here.")
        yield Check("numbers", sentence % {"numbers": ", ".join(missing[:TOLD])})
    if extra:
        sentence = _("Here stands %(numbers)s, and not in the source.")
        yield Check("numbers", sentence % {"numbers": ", ".join(extra[:TOLD])})


def _without_dates(*sides: Side) -> list[str]:
    texts = [side.text for side in sides]
    for names, without in ((days, without_days), (months, without_months)):
        if all(names(side.text, side.code) for side in sides):
            texts = [without(text, side.code) for text, side in zip(texts, sides, strict=True)]
    return texts


def numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a text in Western digits, without separators, and with a point before the fraction."""
    for match in _NUMBER.finditer(text):
        whole, fraction, sign = _western(match[1]), _western(match[2] or ""), match[3]
        if sign:
            whole += fraction.ljust(ZEROS[sign], "0")
            fraction = ""
        whole = whole.lstrip("0") or "0"
        fraction = fraction.rstrip("0")
        yield f"{whole}.{fraction}" if fraction else whole


def _longer(counted: Counter[str]) -> list[str]:
    return [number for number in counted if len(number) > 1]


def _lone(one: Counter[str], other: Counter[str]) -> list[str]:
    return [number for number in one if len(number) == 1 and number not in other]


def _western(digits: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in digits if sign.isdigit())
