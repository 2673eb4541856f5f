"""Stories as partners get them: one in one language as it is now, and a page of those that have changed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, Max, OuterRef, Q

from articles.models import Edition, Item, Listing, Origin
from articles.pages import feed as feeds
from articles.texts import column
from newsroom.db.statements import Each, Given, named, padded, statement
from newsroom.languages import enabled

SIZE = 30
"""How many items a page holds."""


class Translation(NamedTuple):
    """The same story in another language in which readers can see it."""

    language: str
    title: str


@dataclass(frozen=True)
class NewsItem:
    """A story in one language: its `entry` as it is read now, None where it is not to be seen any more.

    `origins` are (source, id there) of an imported story. `reason` is what readers are told of a withdrawal.
    """

    article_id: int
    language: str
    version: int
    changed_at: datetime
    entry: feeds.Entry | None
    translations: list = field(default_factory=list)
    origins: list = field(default_factory=list)
    reason: str = ""

    @property
    def is_canceled(self):
        return self.entry is None


@dataclass(frozen=True)
class Batch:
    """A page of what has changed behind a place: its items, and the place behind the last of all that was looked at."""

    language: str
    items: list
    place: int
    has_more: bool


def last_place():
    """Return the place of what partners were told last, 0 before anything was."""
    return Item.objects.aggregate(place=Max("position"))["place"] or 0


def place_before(moment, *, last):
    """Return the place behind which all stands that was told from a moment on."""
    rows = Item.objects.filter(told_at__gte=moment).order_by("told_at", "position")
    first = rows.values_list("position", flat=True).first()
    return last if first is None else first - 1


def changed(*, after, last, shelves, tree, at):
    """Return the Batch of what stands behind the place `after`, up to the `last`, in the language of the tree.

    `shelves` are conditions on Listing, which a story has to fulfil all. The end of a story is told to everybody:
    nobody knows any more where it stood.
    """
    language = tree.language
    rows = Item.objects.filter(language=language, position__gt=after, position__lte=last)
    for shelf in shelves:
        rows = rows.filter(_stands_on(shelf, language) | ~_is_live(language, at))
    found = list(rows.order_by("position")[: SIZE + 1])
    has_more, found = len(found) > SIZE, found[:SIZE]
    place = found[-1].position if has_more else last
    return Batch(language, read(found, tree=tree, at=at), place, has_more)


def find(article_id, *, tree, at):
    """Return the NewsItem of a story in the language of the tree, or None for one that readers have never seen."""
    rows = list(Item.objects.filter(article=article_id, language=tree.language))
    items = read(rows, tree=tree, at=at)
    return next((item for item in items if item.entry or rows[0].position), None)


def read(rows, *, tree, at):
    """Return the NewsItem of each of these Items, all in the language of the tree."""
    if not rows:
        return []
    language, ids = tree.language, padded(row.article_id for row in rows)
    editions = _editions(language, len(ids), articles=ids, at=at)
    found = feeds.entries(editions, tree=tree, at=at, may_use=_may_be_passed_on) if editions else []
    entries = {entry.article_id: entry for entry in found}
    translations, origins = _translations_of(ids, language, at=at), _origins_of(ids)
    reasons = _reasons({row.article_id for row in rows} - entries.keys(), language)
    return [
        NewsItem(
            article_id=row.article_id,
            language=language,
            version=row.version,
            changed_at=row.changed_at,
            entry=entries.get(row.article_id),
            translations=translations[row.article_id],
            origins=origins[row.article_id],
            reason=reasons.get(row.article_id, ""),
        )
        for row in rows
    ]


def _may_be_passed_on(use):
    return use.image.may_be_passed_on


def _stands_on(shelf, language):
    rows = Listing.objects.filter(edition__article=OuterRef("article"), language=language)
    return Q(Exists(rows.filter(shelf)))


def _is_live(language, at):
    live = Edition.objects.live(language=language, at=at)
    return Q(Exists(live.filter(article=OuterRef("article"))))


def _translations_of(ids, language, *, at):
    found = defaultdict(list)
    for row in _live_languages(len(ids), articles=ids, at=at):
        if row.language != language:
            title = getattr(row, column("title", row.language)) or ""
            found[row.article_id].append(Translation(row.language, title))
    return found


def _origins_of(ids):
    found = defaultdict(list)
    for row in _origins(len(ids), articles=ids):
        found[row.article_id].append((row.source, row.external_id))
    return found


def _reasons(gone, language):
    """Return the id of an article -> why it was withdrawn; no query where none is gone."""
    if not gone:
        return {}
    rows = Edition.objects.filter(
        article__in=gone, language=language, status=Edition.Status.WITHDRAWN
    )
    return dict(rows.values_list("article_id", "withdrawn_reason"))


@statement
def _editions(language, number):
    live = Edition.objects.live(language=language, at=Given("at"))
    return feeds.in_full(live.filter(article__in=Each("articles", number)), language=language)


@statement
def _live_languages(number):
    live = Edition.objects.live(at=Given("at")).filter(article__in=Each("articles", number))
    titles = (column("title", language.code) for language in enabled())
    columns = {name: f"article__{name}" for name in titles}
    return named(live.order_by("language"), "article_id", "language", **columns)


@statement
def _origins(number):
    rows = Origin.objects.filter(article__in=Each("articles", number)).order_by("pk")
    return rows.values_list("article_id", "source", "external_id")
