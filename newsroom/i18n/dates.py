"""Days, clocks and zones in words, as CLDR says that each language writes them.

Digits are European in every language, and the clock has 24 hours.
"""

import re
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import NO_INHERITANCE_MARKER, DateTimePattern, parse_pattern
from babel.units import format_unit

from newsroom.languages import Language

TOLD_BY_OFFSET = frozenset({"Europe_Western"})
"""Zones of CLDR whose short name nobody says, not even there: WET."""


UNITS = {"year": 365 * 24 * 60, "day": 24 * 60, "hour": 60, "minute": 1}
"""What lengths are told in, and how many minutes each has."""


class Form(NamedTuple):
    """What is told of a moment: its day, "long", "short" or "" for none; its clock, "zoned", "plain", "exact" to the second, or ""."""

    day: str = ""
    clock: str = ""


FORMS = {
    "full": Form("long", "zoned"),
    "long": Form("long", "plain"),
    "exact": Form("long", "exact"),
    "day": Form("long"),
    "brief": Form("short"),
    "moment": Form("short", "zoned"),
    "note": Form("short", "plain"),
    "clock": Form(clock="plain"),
}


class Patterns(NamedTuple):
    """How a language writes what FORMS ask for; in a zoned clock {} stands for the zone."""

    days: dict[str, DateTimePattern]
    clocks: dict[str, DateTimePattern]
    glue: dict[str, str]
    month: DateTimePattern
    month_of_year: DateTimePattern


def written(moment: date, form: str, language: Language) -> str:
    """Return a day, or a moment in its own zone, in one of the FORMS; a day has no clock."""
    asked, patterns = FORMS[form], patterns_of(language)
    day = _applied(patterns.days[asked.day], moment, language) if asked.day else ""
    if not asked.clock or not isinstance(moment, datetime):
        return day
    clock = _applied(patterns.clocks[asked.clock], moment, language)
    if asked.clock == "zoned":
        clock = clock.format(zone(moment, language))
    return patterns.glue[asked.day].format(clock, day) if day else clock


def age(length: timedelta, language: Language) -> str:
    """Return how long something takes or is ago, in its largest unit: "2 hr", "40 days"; less than a minute is one."""
    minutes = max(1, length // timedelta(minutes=1))
    unit, size = next((unit, size) for unit, size in UNITS.items() if minutes >= size)
    return _counted(minutes // size, unit, language)


@lru_cache(maxsize=2000)
def _counted(number: int, unit: str, language: Language) -> str:
    told: str = format_unit(number, f"duration-{unit}", "short", locale=locale_of(language))
    return told


def month(day: date, language: Language) -> str:
    """Return the name of a month that stands alone."""
    return _alone(patterns_of(language).month, day, language)


def month_of_year(day: date, language: Language) -> str:
    """Return a month and its year, as a heading."""
    return _alone(patterns_of(language).month_of_year, day, language)


def zone(moment: datetime, language: Language) -> str:
    """Return the zone of a moment: its short name, where the language has one, or how far it is from Greenwich."""
    return _short_name(moment, language) or _offset(moment, language)


@cache
def locale_of(language: Language) -> Locale:
    """Return what CLDR knows: the locale of the language, or of the longest beginning of its code that has one."""
    parts = (language.locale or language.code).split("-")
    for length in range(len(parts), 1, -1):
        try:
            return Locale.parse("_".join(parts[:length]))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(parts[0])


@cache
def patterns_of(language: Language) -> Patterns:
    locale = locale_of(language)
    skeletons = locale.datetime_skeletons
    zoned = re.sub("v+", "'{}'", skeletons["Hmv"].pattern)
    glues = {"long": locale.datetime_formats["long"], "short": locale.datetime_formats["medium"]}
    return Patterns(
        days={"long": locale.date_formats["long"], "short": skeletons["yMMMd"]},
        clocks={
            "plain": skeletons["Hm"],
            "exact": skeletons["Hms"],
            "zoned": parse_pattern(zoned),
        },
        glue={day: glue.replace("'", "") for day, glue in glues.items()},
        month=parse_pattern("LLLL"),
        month_of_year=skeletons["yMMMM"],
    )


def _applied(pattern: DateTimePattern, moment: date, language: Language) -> str:
    return pattern.apply(moment, locale_of(language))


def _alone(pattern: DateTimePattern, day: date, language: Language) -> str:
    words = _applied(pattern, day, language)
    return words[:1].upper() + words[1:]


def _short_name(moment: datetime, language: Language) -> str:
    locale, key = locale_of(language), str(moment.tzinfo)
    key = get_global("zone_aliases").get(key, key)
    meta = get_global("meta_zones").get(key, "")
    if meta in TOLD_BY_OFFSET:
        return ""
    season = "daylight" if moment.dst() else "standard"
    for known in (locale.time_zones.get(key, {}), locale.meta_zones.get(meta, {})):
        name: str | None = known.get("short", {}).get(season)
        if name and name != NO_INHERITANCE_MARKER:
            return name
    return ""


def _offset(moment: datetime, language: Language) -> str:
    offset, locale = moment.utcoffset() or timedelta(), locale_of(language)
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    # With the mark that keeps it before its number where words run from right to left.
    sign = locale.number_symbols["latn"]["minusSign" if offset < timedelta() else "plusSign"]
    told = f"{sign}{hours}" + f":{minutes:02}" * bool(minutes) if offset else ""
    pattern: str = locale.zone_formats["gmt"]
    return pattern.replace("%s", told).strip()
