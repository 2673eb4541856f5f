"""sitemaps.org 0.9, Google's sitemap of news, and the languages of a page as xhtml:link."""

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from articles.pages.sitemap import Entry, Index, MonthMap, News, NewsMap, Piece
from articles.representations import sitemaps

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)
PIECE = Piece("en", date(2019, 6, 1), 2)
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://news.example", "Sea & Sand"


def words(document, path):
    return [child.text for child in ElementTree.fromstring(document).findall(path, SPACES)]


def test_an_index_has_the_whole_address_of_each_file():
    assert words(sitemaps.index(Index(["en"], [PIECE])), "s:sitemap/s:loc") == [
        "https://news.example/en/sitemap.xml",
        "https://news.example/en/archive/2019/06/sitemap-2.xml",
    ]


def test_a_month_has_address_and_last_change_and_all_languages_of_each_story():
    entry = Entry("/en/a/?b=1&c", AT, {"en": "/en/a/?b=1&c", "ar": "/ar/b/"})

    root = ElementTree.fromstring(sitemaps.month(MonthMap(PIECE, [entry])))

    (url,) = root
    assert url.findtext("s:loc", namespaces=SPACES) == "https://news.example/en/a/?b=1&c"
    assert url.findtext("s:lastmod", namespaces=SPACES) == "2019-06-15T12:00:00+00:00"
    assert [
        (link.attrib["hreflang"], link.attrib["href"]) for link in url.findall("x:link", SPACES)
    ] == [
        ("en", "https://news.example/en/a/?b=1&c"),
        ("ar", "https://news.example/ar/b/"),
        ("x-default", "https://news.example/en/a/?b=1&c"),
    ]


def test_an_easy_read_edition_is_no_language_to_choose():
    languages = {"es-simple": "/es-simple/a/", "es": "/es/a/", "en": "/en/a/"}
    main = sitemaps.month(MonthMap(PIECE, [Entry("/es/a/", AT, languages)]))
    easy = sitemaps.month(MonthMap(PIECE, [Entry("/es-simple/a/", AT, languages)]))

    assert re.findall(rb'hreflang="([^"]+)"', main) == [b"es", b"en", b"x-default"]
    assert b"hreflang" not in easy


def test_a_story_in_one_language_only_names_none():
    document = sitemaps.month(MonthMap(PIECE, [Entry("/en/a/", AT, {"en": "/en/a/"})]))

    assert b"xhtml:link " not in document


def test_news_name_the_publication_its_language_the_title_and_the_first_moment():
    entry = News(1, "zh-hant", "/zh-hant/a/", "Salt & <sea>\x0b", AT)

    document = sitemaps.news(NewsMap("zh-hant", [entry], AT, None, "Sea & Sand"))

    prefix = "s:url/n:news/"
    assert words(document, f"{prefix}n:publication/n:name") == ["Sea & Sand"]
    assert words(document, f"{prefix}n:publication/n:language") == ["zh-tw"]
    assert words(document, f"{prefix}n:title") == ["Salt & <sea>"]
    assert words(document, f"{prefix}n:publication_date") == ["2019-06-15T12:00:00+00:00"]


@pytest.mark.parametrize(
    ("code", "told"), [("en", "en"), ("pt-br", "pt"), ("zh-hans", "zh-cn"), ("es-simple", "es")]
)
def test_a_language_is_told_as_google_has_it(code, told):
    document = sitemaps.news(NewsMap(code, [News(1, code, "/a/", "A", AT)], AT, None, "A"))

    assert words(document, "s:url/n:news/n:publication/n:language") == [told]
