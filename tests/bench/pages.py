"""The kinds of public pages that are measured, as addresses of the generated archive."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from articles.models import Author, Category, Edition, Tag
from newsroom.db import keyset
from tests.bench import archive, words
from tests.bench.shelves import AUTHOR_NAME, TAG_NAME

LANGUAGE = archive.SOURCE
TRANSLATED, UNTRANSLATED = archive.TRANSLATED_EVERY, archive.TRANSLATED_EVERY + 1
MONTH = {"year": "2019", "month": "06"}


@dataclass(frozen=True)
class Page:
    """One kind of page: its name in the table, an address, and the status that it answers."""

    kind: str
    url: str
    status: int = 200


def pages():
    """Return the pages to measure; the database must hold a dozen generated stories or more."""
    in_region = _category("region", archive.REGIONS[0][0])
    return [
        Page("front page", _url("front")),
        Page("story, in three languages", _story(TRANSLATED).url),
        Page("commonest region", in_region),
        Page("rarest region", _category("region", archive.REGIONS[-1][1])),
        Page("commonest tag", _tag(1)),
        Page("rarest tag", _tag(archive.TAGS)),
        Page("commonest section", _category("section", archive.SECTIONS[0])),
        Page("rarest section", _category("section", archive.SECTIONS[-1])),
        Page(
            "commonest author", Author.objects.get(name_en=AUTHOR_NAME.format(1)).url_in(LANGUAGE)
        ),
        Page("older page, nine years down", f"{in_region}?before={_place(years=1)}"),
        Page("newer page, nine years down", f"{in_region}?after={_place(years=1)}"),
        Page("month", _url("archive_month", **MONTH)),
        Page("older page of a month", f"{_url('archive_month', **MONTH)}?before={_mid_month()}"),
        Page("archive", _url("archive")),
        Page("story not in this language", _elsewhere(_story(UNTRANSLATED)), status=404),
        Page("no such story", _url("article", **_day(), slug="no-such-story"), status=404),
        Page("sitemaps", "/sitemap.xml"),
        Page("sitemap of news", _url("news_of_language")),
        Page("feed of all stories", f"{_url('front')}feed.atom"),
        Page("feed of the commonest region", f"{in_region}feed.rss"),
        Page("front page without a story", reverse("articles:front", kwargs={"language": "ar"})),
    ]


def _url(name, **kwargs):
    return reverse(f"articles:{name}", kwargs={"language": LANGUAGE, **kwargs})


def _category(kind, slug):
    return Category.objects.get(kind=kind, slug_en=slug).url_in(LANGUAGE)


def _tag(rank):
    return Tag.objects.get(name=TAG_NAME.format(rank)).url_in(LANGUAGE)


def _story(number):
    return Edition.objects.get(language=LANGUAGE, slug=words.slug(number, LANGUAGE))


def _elsewhere(edition):
    return edition.url.replace(f"/{LANGUAGE}/", "/es/", 1)


def _day():
    return {**MONTH, "day": "15"}


def _place(*, years):
    return keyset.Cursor(archive.FIRST_DAY + timedelta(days=365 * years), 1)


def _mid_month():
    year, month = int(MONTH["year"]), int(MONTH["month"])
    return keyset.Cursor(archive.FIRST_DAY.replace(year=year, month=month, day=15), 1)
