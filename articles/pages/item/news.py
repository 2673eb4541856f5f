"""A story in one language as partners get it: as it is now, or that it is gone."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from articles.models import Edition, Item, Origin
from articles.pages import feed as feeds, own_page as own_pages
from articles.texts import column
from newsroom.db.statements import Each, Given, named, padded, statement
from newsroom.languages import enabled
from newsroom.site.identity import Site
from newsroom.site.reading import current


class Translation(NamedTuple):
    """The same story in another language in which readers can see it."""

    language: str
    title: str


@dataclass(frozen=True)
class NewsItem:
    """A story in one language: its `entry` as it is read now, None where it is not to be seen any more.

    `origins` are (source, id there) of an imported story. `reason` is what readers are told of a withdrawal. `pages` are the
    own_page.Entries of the language.
    """

    article_id: int
    language: str
    version: int
    changed_at: datetime
    entry: feeds.Entry | None
    site: Site
    translations: list = field(default_factory=list)
    origins: list = field(default_factory=list)
    reason: str = ""
    pages: tuple = ()

    @property
    def is_canceled(self):
        return self.entry is None


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
    stories = (
        feeds.entries(editions, tree=tree, at=at, may_use=_may_be_passed_on) if editions else []
    )
    entries = {entry.article_id: entry for entry in stories}
    translations, origins = _translations_of(ids, language, at=at), _origins_of(ids)
    reasons = _reasons({row.article_id for row in rows} - entries.keys(), language)
    return [
        NewsItem(
            article_id=row.article_id,
            language=language,
            version=row.version,
            changed_at=row.changed_at,
            entry=entries.get(row.article_id),
            site=current(language),
            translations=translations[row.article_id],
            origins=origins[row.article_id],
            reason=reasons.get(row.article_id, ""),
            pages=own_pages.every(language),
        )
        for row in rows
    ]


def _may_be_passed_on(use):
    return use.image.may_be_passed_on


def _translations_of(ids, language, *, at):
    by_article = defaultdict(list)
    for row in _live_languages(len(ids), articles=ids, at=at):
        if row.language != language:
            title = getattr(row, column("title", row.language)) or ""
            by_article[row.article_id].append(Translation(row.language, title))
    return by_article


def _origins_of(ids):
    by_article = defaultdict(list)
    for row in _origins(len(ids), articles=ids):
        by_article[row.article_id].append((row.source, row.external_id))
    return by_article


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
