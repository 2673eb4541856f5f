"""What search engines are told of: every story by its month, and those of the last two days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from articles.models import Edition, edition_url
from articles.pages import archive
from articles.texts import column
from newsroom.db.statements import Given, named, statement
from newsroom.site.reading import current

PART = 5000
"""The most addresses of one file; the protocol allows ten times as many."""

NEWS = timedelta(days=2)
"""How long a story is news (Google's rule)."""

MOST_NEWS = 1000


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
    """The `languages` that have stories, and all files of months, the newest month of each language first."""

    languages: list
    pieces: list

    @property
    def urls(self):
        """The paths of all sitemaps: in each language that of its lists, then those of its stories."""
        return [*map(lists_url, self.languages), *(piece.url for piece in self.pieces)]


@dataclass(frozen=True)
class MonthMap:
    """The stories of one Piece, the oldest first."""

    piece: Piece
    entries: list


@dataclass(frozen=True)
class NewsMap:
    """What is news, the newest first; older than `since` is none of it, and from `until` on something is none any more.

    `names` maps each language to what the site is called in it.
    """

    entries: list
    since: datetime
    until: datetime | None
    names: dict


def index(*, at):
    """Return the Index of the site; two queries."""
    numbers = archive.numbers(*dict(settings.LANGUAGES), at=at)
    return Index(
        [language for language, months in numbers.items() if months],
        [
            Piece(language, month, part + 1)
            for language, months in numbers.items()
            for month in sorted(months, reverse=True)
            for part in range(ceil(months[month] / PART))
        ],
    )


def lists_url(language):
    return reverse("articles:lists_sitemap", kwargs={"language": language})


def read(piece, *, at):
    """Return the MonthMap of a Piece, or None where it holds nothing; two queries."""
    first, last = archive.bounds(piece.month.year, piece.month.month)
    values = {"first": first, "at": min(last, at), "now": at}
    rows = _stories(piece.language, piece.part, PART, **values)
    if not rows:
        return None
    known = defaultdict(dict)
    for row in _languages(piece.language, piece.part, PART, **values):
        known[row.article_id][row.language] = edition_url(row)
    entries = [
        Entry(
            edition_url(row), max(row.published_at, row.modified_at or row.published_at), languages
        )
        for row in rows
        if (languages := _ordered(known[row.article_id]))
    ]
    return MonthMap(piece, entries)


def news(*, at):
    """Return the NewsMap at a moment; one query, beside that of the settings."""
    rows = sorted(_news(at=at, since=at - NEWS), key=lambda row: row.published_at, reverse=True)
    entries = [
        News(row.article_id, row.language, edition_url(row), row.headline or "", row.published_at)
        for row in rows[:MOST_NEWS]
    ]
    oldest = entries[-1].published_at if entries else None
    since = oldest if len(entries) == MOST_NEWS else at - NEWS
    names = {code: current(code).name for code, _name in settings.LANGUAGES}
    return NewsMap(entries, since, oldest and oldest + NEWS, names)


def _ordered(paths):
    return {code: paths[code] for code, _name in settings.LANGUAGES if code in paths}


ROW = ("article_id", "language", "slug", "published_at", "modified_at")


@statement
def _stories(language, part, size):
    return named(_part(language, part, size), *ROW)


@statement
def _languages(language, part, size):
    articles = _part(language, part, size).values("article_id")
    return named(Edition.objects.live(at=Given("now")).filter(article__in=articles), *ROW)


def _part(language, part, size):
    rows = Edition.objects.live(language=language, at=Given("at"))
    rows = rows.filter(published_at__gte=Given("first")).order_by("published_at", "pk")
    return rows[(part - 1) * size : part * size]


@statement
def _news():
    first, *others = (_news_in(code) for code, _name in settings.LANGUAGES)
    return first.union(*others, all=True)


def _news_in(language):
    live = Edition.objects.live(language=language, at=Given("at"))
    recent = live.filter(published_at__gt=Given("since")).newest_first()[:MOST_NEWS]
    # SQLite takes no LIMIT inside of a union.
    rows = Edition.objects.filter(pk__in=recent.values("pk")).order_by()
    return named(rows, *ROW, headline=f"article__{column('title', language)}")
