"""Days, months and weekdays that are others in the translation, by the names that CLDR knows."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side
from newsroom.i18n.dates import locale_of
from newsroom.languages import LANGUAGES

_BETWEEN = r"(?:\W{1,3}|\.?º?\W+d[eo]l?\W+|er\W+|\W*(?:st|nd|rd|th)?\W+(?:of\W+)?)"

_SPACELESS = frozenset({"Han", "Kana", "Thai"})
_WITH_ENDINGS = frozenset({"Hangul"})
_OPENING = " \n\u00a0¿¡«»“”„‘’'\"()—–-"
_ENDING = ".!?…:"


def differ(source: Side, target: Side) -> Iterator[Check]:
    """Name a day that only the source has, where the translation has another one instead: of the year, or else a month,
    and of the week.
    """
    of_year, of_week = _other(days, source, target), _other(weekdays, source, target)
    sentence = _("The source says “%(source)s”, and this says “%(target)s”.")
    for pair in (of_year or _other(months, source, target), of_week):
        if pair:
            yield Check("dates", sentence % {"source": pair[0], "target": pair[1]})


def _other(
    named: Callable[[str, str], Mapping[Any, str]], source: Side, target: Side
) -> tuple[str, str] | None:
    """Return the words for what only the source names and for what only the translation does, if there are both."""
    ours, theirs = named(source.text, source.code), named(target.text, target.code)
    missing = [words for what, words in ours.items() if what not in theirs]
    extra = [words for what, words in theirs.items() if what not in ours]
    return (", ".join(missing), ", ".join(extra)) if missing and extra else None


def days(text: str, code: str) -> dict[tuple[int, int], str]:
    """Return (month, day) -> the words that name it, for each day of the year in a text."""
    names = _months(code)
    by_day = {}
    for match in _pattern(code).finditer(text):
        name, day = match["after"] or match["before"], match["day"] or match["day_after"]
        by_day[names[name.casefold()], int(day)] = match[0]
    return by_day


def months(text: str, code: str) -> dict[int, str]:
    """Return month -> the words that name it in a text, with a day or alone."""
    with_day = {month: words for (month, _day), words in days(text, code).items()}
    return with_day | _named(text, code, _whole_months(code))


def weekdays(text: str, code: str) -> dict[int, str]:
    """Return day of the week -> the word that names it in a text."""
    return _named(text, code, _weekdays(code))


def without_days(text: str, code: str) -> str:
    """Return a text without its days of the year, for who looks at its other numbers."""
    return _pattern(code).sub(" ", text)


def without_months(text: str, code: str) -> str:
    """Return a text without the months that are named by a number, as November is in Chinese."""
    numbered = tuple(name for name in _whole_months(code) if any(map(str.isdigit, name)))
    return _pattern_of_names(code, numbered).sub(" ", text)


def _named(text: str, code: str, names: Mapping[str, int]) -> dict[int, str]:
    """Return what is named in a text, written as its language does: "may" is no month, and Plácido Domingo no Sunday."""
    by_number: dict[int, str] = {}
    for match in _pattern_of_names(code, tuple(names)).finditer(text):
        before = text[: match.start()].rstrip(_OPENING)
        name = match[0]
        if name not in names and (not before or before[-1] in _ENDING):
            name = name[0].lower() + name[1:]
        if name in names:
            by_number.setdefault(names[name], match[0])
    return by_number


@cache
def _pattern_of_names(code: str, names: tuple[str, ...]) -> re.Pattern[str]:
    script = LANGUAGES[code].script
    start = r"(?<!\d)" if script in _SPACELESS else r"(?<!\w)"
    end = "" if script in _SPACELESS | _WITH_ENDINGS else r"(?!\w)"
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
    return re.compile(rf"{start}(?:{longest_first}){end}", re.IGNORECASE)


@cache
def _whole_months(code: str) -> dict[str, int]:
    """Return how a language writes its months; short names only with a digit, since "mar" is a sea as well."""
    months = locale_of(LANGUAGES[code]).months
    short = {name: number for name, number in _names(months, "abbreviated") if name[0].isdigit()}
    return short | dict(_names(months, "wide"))


@cache
def _weekdays(code: str) -> dict[str, int]:
    return dict(_names(locale_of(LANGUAGES[code]).days, "wide"))


@cache
def _months(code: str) -> dict[str, int]:
    """Return how a language names its months, in lower case, whole and short."""
    names = _names(locale_of(LANGUAGES[code]).months, "abbreviated", "wide")
    return {name.casefold().rstrip("."): number for name, number in names}


def _names(known: Any, *widths: str) -> Iterator[tuple[str, int]]:
    """Yield (name, number) of months or days as CLDR has them, but for those that are a number alone."""
    for context in ("stand-alone", "format"):
        for width in widths:
            for number, name in known[context][width].items():
                if name.strip("0123456789."):
                    yield name, number


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
