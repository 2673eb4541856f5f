"""The months of the archive: where each one starts, and in which of them there is something."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db import connections
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition


class Month(NamedTuple):
    """A month in which something was published: its first day, and its address."""

    date: date
    url: str


class Year(NamedTuple):
    """A year and those of its months in which something was published, in order."""

    year: int
    months: list


@dataclass(frozen=True)
class Archive:
    """The page of all years in a language, the newest first."""

    language: str
    years: list


def read(*, language, at):
    """Return the Archive of a language at a moment; four queries."""
    by_year = groupby(months(language=language, at=at), key=lambda day: day.year)
    years = [Year(year, [_month(day, language) for day in days]) for year, days in by_year]
    return Archive(language, years[::-1])


def _month(day, language):
    kwargs = {"language": language, "year": f"{day.year:04}", "month": f"{day.month:02}"}
    return Month(day, reverse("articles:archive_month", kwargs=kwargs))


def bounds(year, month, *, months=1):
    """Return the first and the last moment of a month, or of several; ValueError if it is none."""
    last = year * 12 + month - 1 + months
    return _midnight(year, month), _midnight(last // 12, last % 12 + 1) - timedelta.resolution


def months(*, language, at):
    """Return the first day of each month in which something is live, in order; four queries.

    Each year between the first and the last is one seek on the index, and so is each month of a
    year that has something: to look at every time would be to read the whole archive.
    """
    times = Edition.objects.live(language=language, at=at).values_list("published_at", flat=True)
    # Two seeks; an aggregate of both would read every row on SQLite.
    newest, oldest = times.newest_first().first(), times.order_by("published_at", "pk").first()
    if newest is None:
        return []
    span = range(here(oldest).year, here(newest).year + 1)
    years = {year: bounds(year, 1, months=12) for year in span}
    days = [
        date(year, month, 1)
        for year in _filled(years, language=language, at=at)
        for month in range(1, 13)
    ]
    return _filled({day: bounds(day.year, day.month) for day in days}, language=language, at=at)


def here(moment):
    """Return a moment in the newsroom's own zone, as the addresses of stories have it."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def _midnight(year, month):
    """Return the start of a month here, or of the calendar where that lies before it."""
    try:
        return datetime(year, month, 1, tzinfo=timezone.get_default_timezone()).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def _filled(spans, *, language, at):
    """Return those names, in order, in whose (first, last) moments something is live; one query."""
    # One upper bound only: of two, SQLite may take the wider one and read all that lies between.
    inside = Edition.objects.live(language=language, at=RawSQL("span.last", ()))
    inside = inside.filter(published_at__gte=RawSQL("span.first", ())).values("pk")
    # Where everything else of the page is read.
    connection = connections[inside.db]
    names, adapt = list(spans), connection.ops.adapt_datetimefield_value
    rows = []
    for number, (first, last) in enumerate(spans.values()):
        rows += [number, adapt(first), adapt(min(last, at))]
    condition, parameters = inside.query.sql_with_params()
    values = ", ".join(["(%s, %s, %s)"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span (number, first, last) AS (VALUES {values}) "  # noqa: S608, all parameters
            f"SELECT number FROM span WHERE EXISTS ({condition}) ORDER BY number",
            [*rows, *parameters],
        )
        return [names[number] for (number,) in cursor.fetchall()]
