"""Days of the year that are others in the translation, by the names of months that CLDR knows."""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side
from newsroom.i18n.dates import locale_of
from newsroom.languages import LANGUAGES

_BETWEEN = r"(?:\W{1,3}|\.?º?\W+d[eo]l?\W+|er\W+|\W*(?:st|nd|rd|th)?\W+(?:of\W+)?)"


def differ(source: Side, target: Side) -> Iterator[Check]:
    """Name a day that only the source has, where the translation has another one instead."""
    ours, theirs = days(source.text, source.code), days(target.text, target.code)
    missing = [words for day, words in ours.items() if day not in theirs]
    extra = [words for day, words in theirs.items() if day not in ours]
    if missing and extra:
        sentence = _("The source says “%(source)s”, and this says “%(target)s”.")
        yield Check("dates", sentence % {"source": missing[0], "target": extra[0]})


def days(text: str, code: str) -> dict[tuple[int, int], str]:
    """Return (month, day) -> the words that name it, for each day of the year in a text."""
    names = _months(code)
    by_day = {}
    for match in _pattern(code).finditer(text):
        name, day = match["after"] or match["before"], match["day"] or match["day_after"]
        by_day[names[name.casefold()], int(day)] = match[0]
    return by_day


def without_days(text: str, code: str) -> str:
    """Return a text without its days of the year, for who looks at its other numbers."""
    return _pattern(code).sub(" ", text)


@cache
def _months(code: str) -> dict[str, int]:
    """Return how a language names its months, in lower case, whole and short."""
    months = locale_of(LANGUAGES[code]).months
    return {
        name.casefold().rstrip("."): number
        for context in ("stand-alone", "format")
        for width in ("abbreviated", "wide")
        for number, name in months[context][width].items()
        if name.strip("0123456789.")
    }


@cache
def _pattern(code: str) -> re.Pattern[str]:
    # Where words stand side by side without spaces, a month follows a letter.
    start = r"(?<!\d)" if LANGUAGES[code].script in {"Han", "Kana"} else r"(?<!\w)"
    names = "|".join(map(re.escape, sorted(_months(code), key=len, reverse=True))) or r"(?!)"
    return re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}}){_BETWEEN}(?P<after>{names})(?!\w)"
        rf"|{start}(?P<before>{names})\.?\s{{0,2}}(?P<day_after>\d{{1,2}})(?![\d:])",
        re.IGNORECASE,
    )
