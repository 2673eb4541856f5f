"""What the public templates need and the template language lacks: pictures, dates, languages."""

import datetime

from django import template
from django.utils import dateformat, timezone
from django.utils.html import format_html

from articles.pages import layouts
from newsroom import languages

register = template.Library()

SHORT_DAY = "j M Y"
CLOCKS = {"full": "H:i T", "long": "H:i", "day": "", "brief": "", "moment": "H:i", "clock": "H:i"}
"""The forms of a moment, and how each writes the time; DAYLESS write nothing else."""

DAYLESS = {"clock"}

CENTRE = 50
FOCUS_STEP = 25


@register.simple_tag
def published(moment, form="full", zone=None):
    """Return `moment` as a <time> element in the active language and in a time zone, else the current one.

    Forms: "full" day, time and zone; "long" the same without the zone; "day" the written-out day;
    "brief" a short day; "moment" a short day with the time; "clock" the time alone. Nothing for no moment.
    """
    if moment is None or moment == "":
        return ""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment, zone)
    return format_html(
        '<time datetime="{}">{}</time>', _machine_form(moment), format_moment(moment, form=form)
    )


@register.filter
def bdi(label):
    """Return a languages.Label; where it is in another language than the page, with the element that says so."""
    spoken = getattr(label, "language", "")
    if not spoken or spoken == languages.active().code:
        return label
    return format_html('<bdi lang="{}">{}</bdi>', spoken, label)


@register.filter
def month_name(date):
    """Return the name of a date's month, as the active language writes it on its own."""
    return dateformat.format(date, "F").capitalize()


@register.inclusion_tag("components/picture.html")
def picture(use, kind=layouts.IN_TEXT, *, lazy=True):
    """Show the picture of an ImageUse, or nothing where there is no file yet.

    A layouts.Kind or Figure says how large it is, and to which shape it is cropped round the focal
    point; `lazy` delays loading until the picture is near the screen.
    """
    return {
        "picture": getattr(use, "picture", None),
        "alt": getattr(use, "alt", "") or "",
        "kind": kind,
        "lazy": lazy,
        "focus": crop_classes(use.image) if use and kind.shape else "",
    }


def format_moment(moment, *, form="full"):
    """Write a date or moment in the active language, in one of the forms of CLOCKS."""
    if form not in CLOCKS:
        raise template.TemplateSyntaxError(f"published: form is {form!r}, not one of {[*CLOCKS]}")
    clock = dateformat.time_format(moment, CLOCKS[form])
    if form in DAYLESS:
        return clock
    language = languages.active()
    words = dateformat.format(
        moment, SHORT_DAY if form in {"brief", "moment"} else language.long_day
    )
    if language.has_small_months:
        words = words.lower()
    return f"{words}{language.comma} {clock}" if clock else words


def crop_classes(image):
    """Say as classes how an image stands in a shape, since a style attribute is barred.

    A graphic is whole; of others the point that stays in view is named, in steps.
    """
    if image.is_graphic:
        return "picture--whole"
    steps = [
        (axis, round(point * 100 / FOCUS_STEP) * FOCUS_STEP)
        for axis, point in zip("xy", image.focus, strict=True)
    ]
    return " ".join(f"picture--focus-{axis}-{step}" for axis, step in steps if step != CENTRE)


def _machine_form(moment):
    if isinstance(moment, datetime.datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat()
