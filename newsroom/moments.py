"""Which points in time can be used, those that every calendar and time zone here can show, and which zones there are."""

from datetime import UTC, datetime
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1400, 9000
FOREVER = datetime.max.replace(tzinfo=UTC)
OUT_OF_BOUNDS = _("Choose a moment between the years 1400 and 9000.")


def is_usable(moment: datetime) -> bool:
    """Return whether a moment lies far enough from the ends of time to be counted in any zone."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def check(moment: datetime) -> None:
    """Raise ValidationError for a moment that no page could show."""
    if not is_usable(moment):
        raise ValidationError(OUT_OF_BOUNDS)


def check_zone(name: str) -> None:
    """Raise ValidationError for what is no time zone."""
    if name not in dict(zones("")):
        raise ValidationError(_("“%s” is no time zone: choose one from the list.") % name)


def zones(here: str) -> list[tuple[str, str]]:
    """Return the choices of a time zone: none, which is called `here`, then all that are named after a place."""
    named = sorted(name for name in available_timezones() if "/" in name and "Etc/" not in name)
    return [("", here), *((name, name.replace("_", " ")) for name in named)]
