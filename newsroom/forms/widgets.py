"""Inputs that any page of the admin may need."""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MomentInput(forms.DateTimeInput):
    """One input for a date with its time; the browser brings the calendar."""

    input_type = "datetime-local"

    def format_value(self, value):
        if not isinstance(value, datetime):
            return value or ""
        # Seconds only where there are some: nobody wants to see ":00".
        return value.strftime("%Y-%m-%dT%H:%M:%S" if value.second else "%Y-%m-%dT%H:%M")


SKIPPED = _(
    "There is no %(minute)s on that day: the clocks in %(zone)s are put forward then. Choose an earlier or a later hour."
)
REPEATED = _(
    "%(minute)s comes twice on that day: the clocks in %(zone)s are put back then. Choose an earlier or a later hour."
)


def _clock_change(minute):
    """Say why a minute of the site's clock is no single moment."""
    zone = timezone.get_current_timezone()
    aware = minute.replace(tzinfo=zone)
    is_skipped = aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != minute
    words = {"minute": minute.strftime("%H:%M"), "zone": timezone.get_current_timezone_name()}
    return (SKIPPED if is_skipped else REPEATED) % words


class MomentField(forms.DateTimeField):
    """A moment as the clock of the site shows it, with the name of its zone beside.

    Where clocks are put back, an hour has every minute twice. What is typed then is refused; what stands there unchanged stays the moment that it was.
    """

    widget = MomentInput

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(_clock_change(error.params["datetime"]), error.code) from None

    def get_bound_field(self, form, field_name):
        bound = super().get_bound_field(form, field_name)
        zone = timezone.get_current_timezone_name()
        bound.help_text = f"{bound.help_text} ({zone})" if bound.help_text else zone
        return bound

    def _clean_bound_field(self, bound):
        before = bound.initial
        is_unchanged = isinstance(before, datetime) and bound.data == self._shown(before)
        return before if is_unchanged else super()._clean_bound_field(bound)

    def _shown(self, moment):
        return self.widget.format_value(self.prepare_value(moment))
