"""What search engines are told of: every story by its month, and those of the last two days."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse

from articles.models import Author, Category, Edition, Tag, edition_url
from articles.pages import archive, directory as directories
from articles.texts import column
from newsroom.db.statements import Given, named, statement
from newsroom.site.reading import current

PART = 5000
"""The most addresses of one file; the protocol allows ten times as many."""

NEWS = timedelta(days=2)
"""How long a story is news (Google's rule)."""

MOST_NEWS = 1000
"""The most addresses of one file of news (the same source)."""

MOST = 50_000
"""The most addresses of one file of lists, by the protocol."""

CROWDED = 40_000
"""How many tags and authors there may be where the lists of a language could need another file: fewer leave room for all others."""


class Piece(NamedTuple):
    """One file of the stories of a month in a language; the first `part` is 1."""

    language: str
    month: object
    part: int

    @property
    def url(self):
        kwargs = {"year": f"{self.month.year:04}", "month": f"{self.month.month:02}"}
        kwargs |= {"language": self.language, "part": self.part}
        return reverse("articles:month_sitemap", kwargs=kwargs)


class Entry(NamedTuple):
    """A story in one language; `languages` maps every one in which it can be read to its path there."""

    url: str
    updated_at: datetime
    languages: dict


class News(NamedTuple):
    """A story of the last days in one language."""

    article_id: int
    language: str
    url: str
    title: str
    published_at: datetime


@dataclass(frozen=True)
class Index:
    """The `languages` that have stories, and all files of months, the newest month of each language first.

    `parts` maps each language to the number of files of its lists, and is empty as long as each has one for sure.
    """

    languages: list
    pieces: list
    parts: dict = field(default_factory=dict)

    @property
    def urls(self):
        """The paths of all sitemaps: in each language those of its lists, then those of its stories."""
        lists = [
            lists_url(code, part)
            for code in self.languages
            for part in range(1, self.parts.get(code, 1) + 1)
        ]
        return [*lists, *(piece.url for piece in self.pieces)]


@dataclass(frozen=True)
class MonthMap:
    """The stories of one Piece, the oldest first."""

    piece: Piece
    entries: list


@dataclass(frozen=True)
class NewsMap:
    """What is news in a language, the newest first; older than `since` is none of it, and from `until` on something is none any more.

    `name` is what the site is called in the language.
    """

    language: str
    entries: list
    since: datetime
    until: datetime | None
    name: str


def index(*, at):
    """Return the Index of the site; four queries, and some for each language where there are more than CROWDED tags and authors."""
    numbers = archive.numbers(*dict(settings.LANGUAGES), at=at)
    languages = [language for language, months in numbers.items() if months]
    return Index(
        languages,
        [
            Piece(language, month, part + 1)
            for language, months in numbers.items()
            for month in sorted(months, reverse=True)
            for part in range(ceil(months[month] / PART))
        ],
        _parts(languages, at=at),
    )


def _parts(languages, *, at):
    # No more than their ids tell; to count them would be to read them.
    most = [model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in (Tag, Author)]
    if sum(most) <= CROWDED:
        return {}
    by_language = {code: lists(code, at=at) for code in languages}
    return {code: ceil(len(lists.urls) / MOST) for code, lists in by_language.items() if lists}


def lists(language, *, at):
    """Return the directory.Directory of a language, or None where it has no story."""
    return directories.read(tree=Category.tree(language=language, at=at), at=at)


def lists_url(language, part=1):
    """Return the path of a file of the lists of a language."""
    kwargs = {"language": language}
    if part == 1:
        return reverse("articles:lists_sitemap", kwargs=kwargs)
    return reverse("articles:more_lists_sitemap", kwargs=kwargs | {"part": part})


def news_urls():
    """Return the path of the news of each language."""
    codes = dict(settings.LANGUAGES)
    return [reverse("articles:news_of_language", kwargs={"language": code}) for code in codes]


def read(piece, *, at):
    """Return the MonthMap of a Piece, or None where it holds nothing; two queries, and one behind the first part."""
    first, last = archive.bounds(piece.month.year, piece.month.month)
    values = {"at": min(last, at), "now": at}
    place = _place(piece, first=first, **values)
    rows = place and _stories(piece.language, PART, **place, **values)
    if not rows:
        return None
    known = defaultdict(dict)
    for row in _languages(piece.language, PART, **place, **values):
        known[row.article_id][row.language] = edition_url(row)
    entries = [
        Entry(
            edition_url(row), max(row.published_at, row.modified_at or row.published_at), languages
        )
        for row in rows
        if (languages := _ordered(known[row.article_id]))
    ]
    return MonthMap(piece, entries)


def _place(piece, *, first, **values):
    """Return where a Piece begins, as the moment and the id of a story; None behind the last one. The rest is found by this key."""
    if piece.part == 1:
        return {"first": first, "key": 0}
    offset = (piece.part - 1) * PART
    rows = _keys(piece.language, offset, first=first, key=0, **values)
    return {"first": rows[0].published_at, "key": rows[0].pk} if rows else None


def news(language, *, at):
    """Return the NewsMap of a language at a moment; one query, beside that of the settings."""
    entries = [
        News(row.article_id, row.language, edition_url(row), row.headline or "", row.published_at)
        for row in _news(language, MOST_NEWS, at=at, since=at - NEWS)
    ]
    oldest = entries[-1].published_at if entries else None
    since = oldest if len(entries) == MOST_NEWS else at - NEWS
    return NewsMap(language, entries, since, oldest and oldest + NEWS, current(language).name)


def _ordered(paths):
    return {code: paths[code] for code, _name in settings.LANGUAGES if code in paths}


ROW = ("article_id", "language", "slug", "published_at", "modified_at")


@statement
def _stories(language, size):
    return named(_part(language, size), *ROW)


@statement
def _languages(language, size):
    articles = _part(language, size).values("article_id")
    return named(Edition.objects.live(at=Given("now")).filter(article__in=articles), *ROW)


@statement
def _keys(language, offset):
    # Two columns of an index, in its order.
    return named(_behind(language)[offset : offset + 1], "published_at", "pk")


def _part(language, size):
    return _behind(language)[:size]


def _behind(language):
    rows = Edition.objects.live(language=language, at=Given("at"))
    earlier = Q(published_at=Given("first"), pk__lt=Given("key"))
    return rows.filter(~earlier, published_at__gte=Given("first")).order_by("published_at", "pk")


@statement
def _news(language, most):
    live = Edition.objects.live(language=language, at=Given("at"))
    recent = live.filter(published_at__gt=Given("since")).newest_first()
    return named(recent, *ROW, headline=f"article__{column('title', language)}")[:most]
