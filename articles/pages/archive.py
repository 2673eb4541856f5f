"""The archive: how many stories each month holds, and where days, months and years start."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition, MonthCount
from newsroom.db.statements import Given, statement
from newsroom.moments import FOREVER


class Month(NamedTuple):
    """A month in which something was published: its first day, its address, and the number of its stories."""

    date: date
    url: str
    number: int


class Year(NamedTuple):
    """A year and those of its months in which something was published, in order."""

    year: int
    months: list

    @property
    def number(self):
        return sum(month.number for month in self.months)


@dataclass(frozen=True)
class Archive:
    """The page of all years in a language, the newest first."""

    language: str
    years: list


def read(*, language, at):
    """Return the Archive of a language at a moment; two queries."""
    by_month = numbers(language, at=at)[language]
    years = [
        Year(year, [_month(month, language, by_month[month]) for month in months])
        for year, months in groupby(sorted(by_month), key=lambda month: month.year)
    ]
    return Archive(language, years[::-1])


def numbers(*languages, at):
    """Return language -> the first day of each month that holds something at a moment -> how many stories; two queries."""
    by_language = _kept(languages)
    for row in _coming(*languages, at=at, forever=FOREVER):
        by_language[row.language][month_of(row.published_at)] -= 1
    return {code: +months for code, months in by_language.items()}


def url(language, year, month=None, day=None):
    """Return the path of a year, which has a place on the page of all, of a month or a day."""
    if month is None:
        above = reverse("articles:archive", kwargs={"language": language})
        return f"{above}#year-{year}"
    first = date(year, month, day or 1)
    return day_url(first, language) if day else month_url(first, language)


def month_url(day, language):
    """Return the path of the month of a day."""
    kwargs = {"language": language, "year": f"{day.year:04}", "month": f"{day.month:02}"}
    return reverse("articles:archive_month", kwargs=kwargs)


def day_url(day, language):
    """Return the path of a day."""
    return f"{month_url(day, language)}{day.day:02}/"


def count(language):
    """Return month -> how many editions are published in it, now or later: every one is counted, by an index."""
    by_month, start = Counter(), datetime.min.replace(tzinfo=UTC)
    live = Edition.objects.live(language=language, at=FOREVER).order_by("published_at")
    while oldest := live.filter(published_at__gte=start).values_list("published_at").first():
        month = month_of(*oldest)
        _first, last = bounds(month.year, month.month)
        until = Edition.objects.live(language=language, at=last)
        by_month[month] = until.filter(published_at__gte=start).count()
        start = last + timedelta.resolution
    return by_month


def bounds(year, month=None, day=None):
    """Return the first and the last moment of a year here, a month or a day; ValueError if it is none."""
    first = date(year, month or 1, day or 1)
    if day:
        ends = date.fromordinal(first.toordinal() + 1)
    else:
        months = year * 12 + (month or 12)
        ends = date(months // 12, months % 12 + 1, 1)
    return _midnight(first), _midnight(ends) - timedelta.resolution


def here(moment):
    """Return a moment in the newsroom's own zone, as the addresses of stories have it."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def month_of(moment):
    """Return the first day of the month of a moment here."""
    return here(moment).date().replace(day=1)


def holds_any(first, last, *, language, at):
    """Return whether anything is live in a language between two moments."""
    return bool(_first(language, first=first, at=min(last, at)))


def _midnight(day):
    """Return the start of a day here, or of the calendar where that lies before it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
    try:
        return midnight.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def _month(day, language, number):
    return Month(day, month_url(day, language), number)


def _kept(languages):
    """Return language -> month -> number as it is kept; counted where the time zone is another since the last publication."""
    by_language = defaultdict(Counter)
    for row in _numbers(*languages, zone=settings.TIME_ZONE):
        by_language[row.language][row.month] = row.number
    return {code: by_language[code] if code in by_language else count(code) for code in languages}


@statement
def _numbers(*languages):
    rows = MonthCount.objects.filter(language__in=languages, zone=Given("zone"))
    return rows.values_list("language", "month", "number")


@statement
def _coming(*languages):
    live = Edition.objects.live(at=Given("forever")).filter(language__in=languages)
    return live.filter(published_at__gt=Given("at")).values_list("language", "published_at")


@statement
def _first(language):
    live = Edition.objects.live(language=language, at=Given("at"))
    return (
        live.filter(published_at__gte=Given("first")).order_by("published_at").values_list("pk")[:1]
    )
