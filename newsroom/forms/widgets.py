"""Inputs that any page of the admin may need."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from newsroom.languages import LANGUAGES

_format_when_shown = lazy(format_html, SafeString)


def label_in(words, language):
    """Return a field's label with its language, which a style hides where a tab says it.

    Some fields are made when the program starts: the words wait for the editor's language.
    """
    name = format_html('<span lang="{}">{}</span>', language, LANGUAGES[language].name)
    return _format_when_shown('{}<span class="label-language"> ({})</span>', capfirst(words), name)


class MinuteInput(forms.DateTimeInput):
    """One input for a date with its time; the browser brings the calendar."""

    input_type = "datetime-local"

    def format_value(self, value):
        if not isinstance(value, datetime):
            return value or ""
        # Seconds only where there are some: nobody wants to see ":00".
        return value.strftime("%Y-%m-%dT%H:%M:%S" if value.second else "%Y-%m-%dT%H:%M")


class MomentInput(MinuteInput):
    """A minute of the clock that is shown and, where the clock has it twice, the choice between the two beside it.

    The value of such a minute ends with how far the clock is then from UTC: "2027-10-31T02:30+01:00".
    """

    def format_value(self, value):
        words = super().format_value(value)
        if isinstance(value, datetime) and len(offsets := _offsets(value)) > 1:
            return f"{words}{offsets[value.fold]}"
        return words

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        minute = _minute(value)
        chosen = data.get(_choice(name))
        is_open = minute is not None and minute.tzinfo is None
        return f"{value}{chosen}" if is_open and chosen in _offsets(minute) else value

    def render(self, name, value, attrs=None, renderer=None):
        minute = _minute(self.format_value(value))
        if minute is None or len(offsets := _offsets(minute.replace(tzinfo=None))) < 2:
            return super().render(name, value, attrs, renderer)
        chosen = None if minute.tzinfo is None else minute.isoformat()[-len("+00:00") :]
        shown = super().render(name, super().format_value(minute), attrs, renderer)
        return shown + _which(name, minute, offsets, chosen)


def _choice(name):
    return f"{name}-clock"


def _minute(value):
    """Return the minute that a value says, None where it says none."""
    try:
        return parse_datetime(value or "")
    except ValueError:
        return None


def _offsets(minute):
    """Return how far the clock is from UTC at a minute of its own: twice where clocks are put back over it."""
    zone = timezone.get_current_timezone()
    moments = [minute.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    first, second = (moment.utcoffset() for moment in moments)
    # A minute that is skipped has two as well, the smaller one first.
    return [moment.isoformat()[-len("+00:00") :] for moment in moments[: 1 + (first > second)]]


def _which(name, minute, offsets, chosen):
    """Return the choice between the two moments of one minute."""
    label = _("%(minute)s comes twice: which one?") % {"minute": f"{minute:%H:%M}"}
    times = zip(offsets, (_("The first time"), _("The second time")), strict=True)
    choices = [(offset, f"{words} (UTC{offset})") for offset, words in times]
    if not chosen:
        choices.insert(0, ("", label))
    widget = forms.Select({"class": "moment__which", "aria-label": label}, choices)
    return widget.render(_choice(name), chosen)


SKIPPED = gettext_lazy(
    "There is no %(minute)s on that day: the clocks in %(zone)s are put forward then. Choose an earlier or a later hour."
)
REPEATED = gettext_lazy(
    "%(minute)s comes twice on that day: the clocks in %(zone)s are put back then. Choose beside it which one is meant."
)


def _clock_change(minute):
    """Say why a minute of the site's clock is no single moment."""
    words = {"minute": minute.strftime("%H:%M"), "zone": timezone.get_current_timezone_name()}
    return (REPEATED if len(_offsets(minute)) > 1 else SKIPPED) % words


class MomentField(forms.DateTimeField):
    """A moment as the clock of the site shows it, with the name of its zone beside.

    Where clocks are put back, an hour has every minute twice: which one is meant is asked. What stands there unchanged
    stays the moment that it was.
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
