"""Numbers that are not the same on both sides, however each language writes them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.checks.dates import days, months, without_days, without_months
from articles.checks.side import Check, Side
from newsroom.i18n.dates import locale_of
from newsroom.languages import LANGUAGES

THOUSANDS = 3

ZEROS = {"万": 4, "萬": 4, "만": 4, "亿": 8, "億": 8, "억": 8}
"""What a sign behind a number multiplies it by, as a power of ten: 40万 is 400,000."""

_GROUP = r"[.,٬\u00a0\u202f'’ ]"
_NUMBER = rf"(?<!\d)(\d+(?:{_GROUP}\d{{3}}(?!\d))*)(?:[.,٫](\d{{1,2}})(?!\d))?([{''.join(ZEROS)}])?"
_CLOCK = re.compile(r"(?<![\d.,:])(\d{1,2})(?:[.:]|\s?h\s?)(\d\d)(?![.:]?\d)")
HALF_A_DAY = 12
_MULTIPLIED = re.compile(r"(0+)\s(\S+)")


class Number(NamedTuple):
    """What a number is, what of it is in digits, and how it is written."""

    value: str
    digits: str
    words: str

    @property
    def is_lone(self) -> bool:
        """Whether it is often written as a word: a single digit, or so many thousands, as in five thousand."""
        is_thousands = len(self.value) > THOUSANDS and len(self.value.rstrip("0")) == 1
        return len(self.digits) == 1 or is_thousands

    @property
    def is_multiplied(self) -> bool:
        """Whether a word stands behind it that is known to multiply it."""
        return self.value != self.digits


def differ(source: Side, target: Side) -> Iterator[Check]:
    """Name the numbers of one side that the other lacks.

    A digit that stands alone is often written as a word: it differs where each side has one that the other lacks.
    Where both sides name days of the year, or months, those are for the check of dates.
    """
    ours, theirs = (
        list(numbers(text, side.code))
        for text, side in zip(_without_dates(source, target), (source, target), strict=True)
    )
    missing, extra = _differing(ours, theirs)
    if missing:
        sentence = _("In the source stands %(numbers)s, and not here.")
        yield Check("numbers", sentence % {"numbers": _listed(missing)})
    if extra:
        sentence = _("Here stands %(numbers)s, and not in the source.")
        yield Check("numbers", sentence % {"numbers": _listed(extra)})


def _differing(ours: list[Number], theirs: list[Number]) -> tuple[list[Number], list[Number]]:
    missing, extra = _lacking(ours, theirs), _lacking(theirs, ours)
    # A word behind it may have a form that CLDR does not name, as in Russian: what stands in digits is the same then.
    same = {
        one.digits
        for one in missing
        for other in extra
        if one.digits == other.digits and not (one.is_multiplied and other.is_multiplied)
    }
    missing = [number for number in missing if number.digits not in same]
    extra = [number for number in extra if number.digits not in same]
    if any(number.is_lone for number in missing) and any(number.is_lone for number in extra):
        return missing, extra
    return _longer(missing), _longer(extra)


def _longer(numbers: list[Number]) -> list[Number]:
    return [number for number in numbers if not number.is_lone]


def _lacking(numbers: list[Number], others: list[Number]) -> list[Number]:
    """Return those that the other side has not, or fewer of; a lone digit it has if it has it once."""
    left = Counter(number.value for number in others)
    there = set(left)
    lacking = []
    for number in numbers:
        left[number.value] -= 1
        if left[number.value] < 0 and not (number.is_lone and number.value in there):
            lacking.append(number)
    return lacking


def _listed(numbers: list[Number]) -> str:
    return ", ".join(dict.fromkeys(number.words for number in numbers))


def _without_dates(*sides: Side) -> list[str]:
    texts = [side.text for side in sides]
    for names, without in ((days, without_days), (months, without_months)):
        if all(names(side.text, side.code) for side in sides):
            texts = [without(text, side.code) for text, side in zip(texts, sides, strict=True)]
    return _without_clocks(*texts)


def _without_clocks(*texts: str) -> list[str]:
    """Leave out the times of day that both texts name: 10.29 at night is 22:29 and 22h29."""
    named = [{_time(match) for match in _CLOCK.finditer(text)} for text in texts]
    both = set.intersection(*named)
    return [
        _CLOCK.sub(lambda match: " " if _time(match) in both else match[0], text) for text in texts
    ]


def _time(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]) % HALF_A_DAY, int(match[2])


def numbers(text: str, code: str) -> Iterator[Number]:
    """Yield the numbers of a text; the value has Western digits, no separators, and a point before the fraction."""
    zeros = _zeros(code)
    for match in _pattern(code).finditer(text):
        whole, fraction = _western(match[1]), _western(match[2] or "").rstrip("0")
        digits = _joined(whole, fraction)
        times = ZEROS.get(match[3] or "", 0)
        times += sum(zeros.get(word.casefold(), 0) for word in re.split(r"[\s-]+", match[4]))
        moved = fraction.ljust(times, "0")
        value = _joined(whole + moved[:times], moved[times:])
        yield Number(value, value if match[3] else digits, match[0].strip())


def _joined(whole: str, fraction: str) -> str:
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{fraction}" if fraction else whole


@cache
def _zeros(code: str) -> dict[str, int]:
    """Return the words that multiply a number before them -> by which power of ten: 300 mil is 300,000."""
    by_word = {}
    for patterns in locale_of(LANGUAGES[code]).compact_decimal_formats["long"].values():
        for number, pattern in patterns.items():
            match = _MULTIPLIED.fullmatch(str(pattern.pattern))
            if match:
                by_word[match[2].casefold()] = len(number) - len(match[1])
    return by_word


@cache
def _pattern(code: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_zeros(code), key=len, reverse=True))) or r"(?!)"
    return re.compile(rf"{_NUMBER}((?:[\s-](?:{words})(?!\w))*)", re.IGNORECASE)


def _western(digits: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in digits if sign.isdigit())
