"""In which state a language of a story is: as a condition on stories, and as the badge that lists show."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.admin.article.panels import BEHIND, NONE, SCHEDULED, STATES, in_words, state_of
from articles.models import Correction, Edition, says_nothing
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES, active

Status = Edition.Status
BEGINNINGS = {
    NONE: (),
    Status.DRAFT: ("send_back", "withdraw"),
    Status.SUBMITTED: ("submit",),
    Status.WITHDRAWN: ("withdraw",),
}
"""The verbs after which a language is in a state. What was only scheduled is a draft when it is withdrawn."""
NOT_LIVE = "waiting"
"""What lists call a language that readers cannot see, in whatever state."""
UNCORRECTED = "uncorrected"
"""What lists call a language that readers have without a note of a correction that the story has."""
TODAY = "today"
"""What lists call a language that readers see before the day ends, by the clock that is shown."""


def in_state(state, languages, *, at):
    """Return the condition under which stories have a language in a state of STATES, or BEHIND, NOT_LIVE, UNCORRECTED or TODAY; None for any other."""
    if state == UNCORRECTED:
        return uncorrected("", languages, at=at)
    if state in {NONE, NOT_LIVE}:
        there = Edition.objects.all() if state == NONE else Edition.objects.live(at=at)
        return _lacks_any(there, languages)
    editions = _in_state(state, at=at)
    return None if editions is None else Q(_any_of(editions.filter(language__in=languages)))


def unchanged_since(language, languages, *, at):
    """Return the condition under which readers see words of one of these languages that are older than a change of what they see in `language`, or in any."""
    live = Edition.objects.live(at=at)
    since = Coalesce(OuterRef("modified_at"), OuterRef("published_at"))
    newer = live.filter(article=OuterRef("article"), modified_at__gt=since)
    newer = newer.filter(language=language) if language else newer
    return Q(_any_of(live.filter(Exists(newer), language__in=languages)))


def uncorrected(language, languages, *, at):
    """Return the condition under which readers have one of these languages without a note of a correction that is told in `language`, or in any."""
    live = Edition.objects.live(at=at).filter(article=OuterRef("article"))
    gaps = (says_nothing(code) & Exists(live.filter(language=code)) for code in languages)
    told = Correction.objects.noted(language) if language else Correction.objects.all()
    # Stories with corrections are few: they are asked for first.
    return Q(pk__in=told.filter(reduce(or_, gaps)).values("article"))


def appearing_today(*, at):
    """Return the editions that readers see later on the day of a moment."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    to_come = Edition.objects.filter(status=Status.PUBLISHED, published_at__gt=at)
    return to_come.filter(published_at__lt=midnight + timedelta(days=1))


def has_edition(condition):
    return Exists(Edition.objects.filter(condition, article=OuterRef("pk")))


def _lacks_any(there, languages):
    """Return the condition under which stories have not all of the languages among these editions.

    They are counted, a story has each language once: of several conditions that one is missing PostgreSQL makes
    tables of all that are there.
    """
    if len(languages) == 1:
        return ~Q(_any_of(there.filter(language=languages[0])))
    own = there.filter(article=OuterRef("pk"), language__in=languages).order_by()
    number = own.values("article").annotate(number=Count("pk")).values("number")
    return Q(LessThan(Coalesce(Subquery(number), 0), len(languages)))


def _any_of(editions):
    return Exists(editions.filter(article=OuterRef("pk")))


def _in_state(state, *, at):
    editions = Edition.objects
    if state == BEHIND:
        return editions.behind()
    if state == TODAY:
        return appearing_today(at=at)
    if state == SCHEDULED:
        return editions.filter(status=Status.PUBLISHED, published_at__gt=at)
    if state == Status.PUBLISHED:
        return editions.filter(status=Status.PUBLISHED, published_at__lte=at)
    return editions.filter(status=state) if state in STATES else None


def badge(state):
    """Return the name of a state in its colour."""
    if state == NONE:
        return format_html(
            '<span class="state state--none"><span aria-hidden="true">—</span>'
            '<span class="visually-hidden">{}</span></span>',
            STATES[NONE],
        )
    return format_html('<span class="state state--{}">{}</span>', state, STATES[state])


def age(moment, *, at):
    """Return how long ago a moment was, or how long it is to come, in words whose title says when it is."""
    words = dates.age(abs(at - moment), active())
    return format_html('<span class="state-note" title="{}">{}</span>', in_words(moment), words)


def short(moment):
    """Return a moment as briefly as a column asks for."""
    return dates.written(timezone.localtime(moment), "note", active())


def behind(blocks):
    """Return the mark of a translation that is behind its source by so many blocks."""
    title = _("The source has changed since this was translated")
    words = '<span class="state state--behind" title="{}">{} {}</span>'
    return format_html(words, title, _("Behind"), blocks)


def linked(mark, article, language):
    """Return a badge of a translation as a link to it beside its source; as it is of the language that a story is written in."""
    if language == article.source_language:
        return mark
    address = reverse("admin:articles_article_side_by_side_change", args=[article.pk, language])
    words = '<a class="state-link" href="{}">{}<span class="visually-hidden"> {}</span></a>'
    return format_html(words, address, mark, _("Side by side: %s") % LANGUAGES[language].name)


def since(edition, *, at, article, events):
    """Return when an edition came into its state, or is to be live; None where nobody knows."""
    state = state_of(edition, at=at)
    if state in {SCHEDULED, Status.PUBLISHED}:
        return edition.published_at
    own = (event for event in events if edition and event.language == edition.language)
    begun = [event.at for event in own if event.verb in BEGINNINGS[state]]
    is_first = state == Status.DRAFT and edition.language == article.source_language
    return max(begun) if begun else article.created_at if is_first else None


def shown(edition, *, at, article, events=(), linked=lambda mark: mark):
    """Return the badge of one language, with how long it has been in its state or until it is live, and how far behind it is.

    `events` are those of the story that begin a state; `linked` makes a link of the badge.
    """
    state = state_of(edition, at=at)
    moment = since(edition, at=at, article=article, events=events)
    return format_html(
        "{}{}{}",
        linked(badge(state)),
        behind(edition.blocks_behind) if edition and edition.blocks_behind else "",
        age(moment, at=at) if moment else "",
    )
