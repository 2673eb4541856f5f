"""What the public templates need and the template language lacks: pictures, dates, languages."""

import datetime
import json
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from django import template
from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from articles.body import isolated_words
from articles.comparing.differences import folded as stretches
from articles.pages import layouts
from articles.texts import in_escapes, in_references, labelled
from newsroom import languages, page
from newsroom.i18n import dates, lists, standin
from newsroom.site import digits, reading

register = template.Library()

ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the element, as JSON writes it."""

MARKED = '<mark class="result__marked">{}</mark>'
RUNS = {"same": "{}{}", "removed": "<del>{}{}</del>", "added": "<ins>{}{}</ins>"}
RUN_NAMES = {"removed": gettext_lazy("Removed:"), "added": gettext_lazy("Added:")}
CENTRE = 50
FOCUS_STEP = 25


@register.simple_tag
def navigation(page):
    """Return the menu of a newsroom.page.Page that has one; its place in it is marked.

    Most pages of a language have the same one, and it takes a fifth of the time of a page, so its HTML is kept.
    """
    menu = page.menu
    marks = tuple(_mark(entry.url, page) for entry in menu.entries)
    made = _navigation.__wrapped__ if settings.DEBUG else _navigation
    return made(menu, marks, page.language.code)


def _mark(url, page):
    """Return the value of aria-current for what leads to a page, or above it."""
    if url == page.path:
        return "page"
    return "true" if page.path.startswith(url) or page.within.startswith(url) else ""


@lru_cache(maxsize=256)
def _navigation(menu, marks, _language):
    entries = zip(menu.entries, marks, _breaks(menu.entries), strict=True)
    return render_to_string("components/navigation.html", {"entries": [*entries], "menu": menu})


def _breaks(entries):
    """Return for each entry whether a rule stands before it: between regions and what is none."""
    regions = [entry.kind == "region" for entry in entries]
    return [False, *(here != next_ for here, next_ in pairwise(regions))]


@register.simple_tag
def published(moment, form="full", zone=None):
    """Return `moment` as a <time> element in the active language and in a time zone, else in the one that is shown.

    `form` is one of newsroom.i18n.dates.FORMS. Nothing for no moment.
    """
    if moment is None or moment == "":
        return ""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment, zone or reading.zone())
    if form not in dates.FORMS:
        raise template.TemplateSyntaxError(
            f"published: form is {form!r}, not one of {[*dates.FORMS]}"
        )
    language = languages.active()
    words = digits.shown(dates.written(moment, form, language), language)
    return format_html('<time datetime="{}">{}</time>', _machine_form(moment, form), words)


@register.simple_tag
def between_names():
    """Return what the active language has between two names of several."""
    return lists.between(languages.active())


@register.simple_tag
def colon():
    """Return what the active language has between the name of a thing and what it is."""
    return standin.plain(labelled("", ""))


@register.filter
def bdi(label):
    """Return a languages.Label; where it is in another language than the page, with the element that says so."""
    spoken = getattr(label, "language", "")
    if not spoken or spoken == languages.active().code:
        return label
    return format_html('<bdi lang="{}">{}</bdi>', spoken, label)


@register.filter
def marked(pieces):
    """Return pages.search.marking.Pieces as a text in which the words stand out that were looked for."""
    safe_pieces = ((isolated(words), is_marked) for words, is_marked in pieces)
    shown = (format_html(MARKED, words) if is_marked else words for words, is_marked in safe_pieces)
    return format_html_join("", "{}", ((piece,) for piece in shown))


@register.filter
def isolated(words, direction=""):
    """Return words that run from the right with telephone numbers and names such as C++ set apart, others as they are.

    They run as the page does, or as `direction` says: "rtl", "ltr", or "auto" for what a reader wrote.
    """
    if (direction or languages.active().direction) == "ltr":
        return words
    return mark_safe(isolated_words(words))  # noqa: S308, escaped


@register.filter
def data(value):
    """Return what machines are told as an element that no browser runs, so that no policy bars it."""
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in ESCAPES.items():
        words = words.replace(sign, escaped)
    words = in_escapes(words)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308, escaped


@register.filter
def guarded(words):
    """Return a text whose mail addresses most programs that collect them do not see."""
    return mark_safe(in_references(escape(words)))  # noqa: S308, escaped


@register.filter
def whole(url):
    """Return the whole address of a path of this site, for what is read away from it."""
    return page.whole(url)


@register.filter
def spelled(url):
    """Return the whole address of a path of this site, in its letters, for paper."""
    return page.spelled(url)


@register.filter
def spoken(url):
    """Return an address elsewhere as people say it: "mastodon.example/@post"."""
    parts = urlsplit(url)
    place = unquote(parts.path).rstrip("/")
    return f"{(parts.hostname or url).removeprefix('www.')}{place}"


@register.filter
def lite(url):
    """Return where the page at a path stands in the lite edition."""
    return page.in_lite(url)


@register.filter
def kilobytes(number):
    """Return a number of bytes in thousands, one at least."""
    return max(1, round(number / 1000))


@register.filter
def numeral(number):
    """Return a number as readers of the active language see it; it can still be counted with."""
    return digits.number(number, languages.active())


@register.filter
def year_number(year):
    """Return a year as readers of the active language see it: it has no groups of digits."""
    return digits.shown(str(year), languages.active())


@register.filter
def month_name(date):
    """Return the name of a date's month, as the active language writes it on its own."""
    return dates.month(date, languages.active())


@register.filter
def zone(moment):
    """Return the time zone in which `published` shows a moment, in the active language."""
    language = languages.active()
    return digits.shown(dates.zone(timezone.localtime(moment, reading.zone()), language), language)


@register.inclusion_tag("components/picture.html")
def picture(use, kind=layouts.IN_TEXT, *, lazy=True):
    """Show the picture of an ImageUse, or nothing where there is no file yet.

    A layouts.Kind or Figure says how large it is, and to which shape it is cropped round the focal
    point; `lazy` delays loading until the picture is near the screen.
    """
    shown = getattr(use, "picture", None)
    if shown is None:
        return {}
    offered = shown.sources[: kind.formats]
    return {
        "sources": [(source.type, source.srcset(kind.widths)) for source in offered],
        "picture": shown,
        "src": shown.sized(kind.widths[1])[0],
        "alt": getattr(use, "alt", "") or "",
        "kind": kind,
        "lazy": lazy,
        "focus": crop_classes(use.image) if use and kind.shape else "",
    }


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


def _machine_form(moment, form):
    """Write a moment for machines, as exactly as it is written for people."""
    if not isinstance(moment, datetime.datetime):
        return moment.isoformat()
    if not dates.FORMS[form].clock:
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes")


@register.filter
def folded(differences):
    """Return articles.comparing.differences in stretches, of which those away from every change are folded."""
    return stretches(differences or ())


@register.filter
def as_changes(runs):
    """Return the runs of articles.comparing.words as HTML, with what was taken out and put in."""
    return _changes(runs, {})


@register.filter
def as_told_changes(runs):
    """Return the same with what each is, for who does not see it."""
    named = '<span class="visually-hidden">{} </span>'
    return _changes(runs, {kind: format_html(named, name) for kind, name in RUN_NAMES.items()})


def _changes(runs, names):
    words = (
        format_html(RUNS[run.kind], names.get(run.kind, ""), linebreaksbr(run.text)) for run in runs
    )
    return format_html_join("", "{}", ((html,) for html in words))
