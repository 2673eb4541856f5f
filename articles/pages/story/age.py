"""How old a story is: readers take an old one that is passed on for new."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Age:
    """The full `years` since a story appeared, right until a moment: the beginning of an anniversary."""

    years: int
    until: datetime


def age(published_at: datetime, *, at: datetime) -> Age:
    """Return the Age of a story at a moment, by the days of the newsroom's zone."""
    zone = timezone.get_default_timezone()
    day, today = published_at.astimezone(zone).date(), at.astimezone(zone).date()
    years = today.year - day.year
    years -= today < _anniversary(day, years)
    next_one = _anniversary(day, years + 1)
    return Age(years, datetime(next_one.year, next_one.month, next_one.day, tzinfo=zone))


def _anniversary(day: date, years: int) -> date:
    """Return the day after so many years; that of 29 February is 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)
