"""What the public templates need and the template language lacks: pictures, dates, languages."""

import datetime

from django import template
from django.utils import dateformat, timezone, translation
from django.utils.html import format_html

from newsroom.languages import LANGUAGES, direction as direction_of

register = template.Library()

DAY_FIRST = "j F Y"
WITH_PREPOSITIONS = r"j \d\e F \d\e Y"
LONG_DAY = {"es": WITH_PREPOSITIONS, "pt": WITH_PREPOSITIONS}
"""Languages whose written-out day is not simply day, month, year."""

SMALL_MONTHS = frozenset({"es", "pt"})
"""Languages that write months and weekdays without a capital, which Django's catalogues give them."""

COMMA = {"ar": "،"}
"""Languages that write the comma in a way of their own."""

FORMS = ("full", "long", "day", "brief", "moment")

CENTRE = 50
FOCUS_STEP = 25


@register.filter
def direction(language):
    """Return the `dir` attribute for a language code: "rtl" or "ltr"."""
    return direction_of(language)


@register.simple_tag
def language_name(code):
    """Return a language's own name, marked with its language and direction for screen readers."""
    name = LANGUAGES.get(code, code)
    return format_html('<span lang="{}" dir="{}">{}</span>', code, direction_of(code), name)


@register.simple_tag
def published(moment, form="full"):
    """Return `moment` as a <time> element in the active language and the current time zone.

    Forms: "full" day, time and zone; "long" the same without the zone; "day" the written-out day;
    "brief" a short day; "moment" a short day with the time. Nothing for no moment.
    """
    if moment is None or moment == "":
        return ""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}">{}</time>', _machine_form(moment), format_moment(moment, form=form)
    )


@register.filter
def month_name(date):
    """Return the name of a date's month, as the active language writes it on its own."""
    return dateformat.format(date, "F").capitalize()


@register.inclusion_tag("components/picture.html")
def picture(use, sizes="100vw", lazy=True, shape=""):  # noqa: FBT002 - options of a template tag
    """Show the picture of an ImageUse, or nothing where there is no file yet.

    `sizes` is the HTML attribute; `lazy` delays loading until the picture is near the screen;
    `shape` ("wide", "standard" or "square") crops round the focal point, "" shows the whole.
    """
    return {
        "picture": getattr(use, "picture", None),
        "alt": getattr(use, "alt", "") or "",
        "sizes": sizes,
        "lazy": lazy,
        "shape": shape,
        "focus": focus_classes(use) if shape else "",
    }


def format_moment(moment, *, form="full"):
    """Write a date or moment in the active language, in one of FORMS."""
    if form not in FORMS:
        raise template.TemplateSyntaxError(f"published: form is {form!r}, not one of {FORMS}")
    language = (translation.get_language() or "").split("-")[0]
    pattern = {
        "full": LONG_DAY.get(language, DAY_FIRST),
        "long": LONG_DAY.get(language, DAY_FIRST),
        "day": LONG_DAY.get(language, DAY_FIRST),
        "brief": "j M Y",
        "moment": "j M Y",
    }[form]
    words = dateformat.format(moment, pattern)
    if language in SMALL_MONTHS:
        words = words.lower()
    clock = {"full": "H:i T", "long": "H:i", "moment": "H:i"}.get(form)
    comma = COMMA.get(language, ",")
    return f"{words}{comma} {dateformat.time_format(moment, clock)}" if clock else words


def focus_classes(use):
    """Name the point that a crop keeps in view, in steps, as classes: a style attribute is barred."""
    image = getattr(use, "image", None)
    classes = []
    for axis in ("x", "y"):
        point = getattr(image, f"focal_{axis}", None)
        step = CENTRE if point is None else round(point * 100 / FOCUS_STEP) * FOCUS_STEP
        if step != CENTRE:
            classes.append(f"picture--focus-{axis}-{step}")
    return " ".join(classes)


def _machine_form(moment):
    if isinstance(moment, datetime.datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat()
