"""The list of all corrections in a language, its feed, and what leads to it: one query each."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.body import Body
from articles.models import Correction, Edition, edition_url
from articles.pages import card as cards, feed as feeds, subject as subjects
from articles.pages.story.parts import Note
from articles.texts import column, labelled
from newsroom.db import keyset
from newsroom.db.statements import named
from newsroom.languages import Label
from newsroom.moments import FOREVER
from newsroom.site.kept import Kept
from newsroom.site.reading import current

NAME = "corrections"
"""What the list is called in addresses, in cache tags and as a Subject."""

ANCHOR = "#corrections"
"""Where the corrections stand on the page of a story."""


@dataclass(frozen=True)
class Corrected:
    """A Note in the list of all, with the headline, the genre and the address of its story."""

    note: Note
    article_id: int
    language: str
    title: str
    genre: object
    url: str


class Foot(NamedTuple):
    """What the foot of every page leads to."""

    label: Label
    url: str


class Place(NamedTuple):
    """What the address of a story is made of."""

    language: str
    slug: str
    published_at: datetime


@dataclass(frozen=True)
class Corrections:
    """One page of the corrections in a language, the newest first; it shows all between `since` and `until`, each None where it has no bound.

    `newer_url` is "" on the first page, `older_url` on the last.
    """

    language: str
    entries: list
    since: datetime | None
    until: datetime | None
    newer_url: str
    older_url: str


@dataclass(frozen=True)
class Told(feeds.Entry):
    """A correction as feeds give it: an entry of its own, with the id `note`."""

    note: int = 0

    @property
    def names(self):
        return "correction", self.note, self.language


def url(language):
    """Return the path of the list in a language."""
    return reverse("articles:corrections", kwargs={"language": language})


def read(*, tree, at, before=None, after=None):
    """Return the Corrections next to a cursor, or the first; None where there are none next to it."""
    rows = list(keyset.ordered(_rows(tree.language, at=at), before=before, after=after))
    if not rows and (before or after):
        return None
    page, here = keyset.taken(rows, before=before, after=after), url(tree.language)
    return Corrections(
        language=tree.language,
        entries=[_corrected(row, tree) for row in page.rows],
        since=after.moment if after else page.edge,
        until=page.edge if after else before and before.moment,
        newer_url=f"{here}?after={page.newer}" if page.newer else "",
        older_url=f"{here}?before={page.older}" if page.older else "",
    )


def feed(*, tree, at):
    """Return the newest corrections of a language as a pages.feed.Feed, or None where there are none."""
    language = tree.language
    rows = list(_rows(language, at=at).order_by("-published_at", "-pk")[: feeds.NUMBER])
    if not rows:
        return None
    entries = [_told(_corrected(row, tree)) for row in rows]
    edge = entries[-1].published_at if len(entries) == feeds.NUMBER else None
    about = subjects.Subject(NAME, None, heading=_("Corrections"), url_in=url)
    return feeds.Feed(about, language, entries, edge, current(language))


def in_foot(language):
    """Return what the foot of a page leads to: the list, where the language has any corrections."""
    if language not in KEPT.current():
        return []
    return [Foot(Label(_("Corrections"), language), url(language))]


def stored(*, without=()):
    """Return the languages in which readers are told of a correction, now or when its story appears; one query.

    `without` are ids of articles that do not count.
    """
    live = Edition.objects.live(at=FOREVER).filter(corrections__isnull=False)
    if without:
        live = live.exclude(article__in=without)
    return frozenset(live.order_by().values_list("language", flat=True).distinct())


KEPT = Kept("corrections:kept", stored)


def _corrected(row, tree):
    return Corrected(
        note=Note(row.pk, row.kind, row.published_at, row.words),
        article_id=row.article_id,
        language=tree.language,
        title=row.title or "",
        genre=tree.nodes.get(row.genre_pk),
        url=f"{edition_url(Place(tree.language, row.slug, row.appeared_at))}{ANCHOR}",
    )


def _told(corrected):
    note = corrected.note
    return Told(
        note=note.pk,
        article_id=corrected.article_id,
        language=corrected.language,
        url=corrected.url,
        title=labelled(note.label, corrected.title),
        standfirst="",
        body=Body(""),
        html=format_html("<p>{}</p>", note.words),
        published_at=note.published_at,
        updated_at=note.published_at,
        categories=[],
        tags=[],
        bylines=[],
        uses=[],
        shown=[],
    )


def _rows(language, *, at):
    """Return a queryset of the corrections with a note in a language in which the story is live."""
    here = FilteredRelation("article__editions", condition=Q(article__editions__language=language))
    rows = Correction.objects.rewrite(mode=False).noted(language).annotate(edition=here)
    live = rows.filter(edition__in=Edition.objects.live(language=language, at=at))
    return named(
        live.annotate(genre_pk=cards.genre_of("article_id")),
        *("pk", "kind", "published_at", "article_id", "genre_pk"),
        slug="edition__slug",
        appeared_at="edition__published_at",
        words=column("note", language),
        title=f"article__{column('title', language)}",
    )
