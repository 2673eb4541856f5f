"""Search as readers see it; what is found is tested in tests/articles/pages/search."""

import re
from unittest import mock

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies

from tests import pages
from tests.articles.pages.search import corpus
from tests.articles.representations.markdown import reading

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTILE = [
    *(
        "\0",
        "\ud800",
        "'",
        '"',
        "\\",
        "%",
        "a" * 10_000,
        "word " * 2000,
        "*",
        "-",
        "-a",
        '" OR 1=1 --',
    ),
    *(
        "NEAR(a b)",
        "a:b",
        "^a",
        "{a b}:c",
        "a & !b | (c)",
        "\u202e\u200f\u2067x",
        "<b>",
        "&amp;",
        "...",
    ),
    *(
        "the",
        "the of and",
        "🙂",
        "é" * 300,
        "١٢٣",
        "a'b\"c\\d",
        "ـ",
        "\u0301",
        "ǆ ﷺ ﷽",
        "_",
        "__a__",
    ),
]


@pytest.fixture(scope="module")
def stories(django_db_setup, django_db_blocker):
    with corpus.built(django_db_blocker) as by_key:
        yield by_key


@pytest.fixture
def newspaper(stories):
    with time_machine.travel(corpus.NOW, tick=False):
        yield stories


FORMS = {"page": "", "lite": "lite/", "markdown": "index.md"}
"""Each form of the page -> what stands before or behind the rest of its address."""


def ask(text, language="en", form="page", **more):
    path = f"/{language}/lite/search/" if form == "lite" else f"/{language}/search/{FORMS[form]}"
    return Client().get(path, {"q": text, **more})


def test_a_page_shows_what_was_found_here_and_apart_from_it_in_other_languages(newspaper):
    html = ask("lodz ferry").content.decode()

    assert '<mark class="result__marked">Ferries</mark> return to the harbour' in html
    assert "1 story" in html
    assert '<meta name="robots" content="noindex">' in html
    assert "Secret" not in ask("ferry").content.decode()
    spanish = ask("parlamento opera").content.decode() + ask("opera").content.decode()
    assert 'lang="es" dir="ltr"' in spanish
    assert "/es/search/?q=opera" in spanish


def test_hostile_questions_get_a_page(newspaper):
    for text in HOSTILE:
        assert ask(text.encode(errors="surrogatepass")).status_code == 200


@pytest.mark.both
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.text(max_size=80))
def test_any_question_gets_a_page(newspaper, text):
    assert ask(text).status_code == 200


def test_a_feed_of_a_search_is_announced_and_answers_304_to_who_has_it(newspaper):
    assert 'href="/en/search/feed.atom?q=ferry"' in ask("ferry").content.decode()
    assert "feed.atom" not in ask("nothingness").content.decode()
    for form in ("atom", "rss", "json"):
        url = f"/en/search/feed.{form}?q=ferry"
        first = Client().get(url)
        assert first.content.count(b"Ferries return") == 1
        assert (
            Client().get(url, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
        )
    assert Client().get("/en/search/feed.atom").status_code == 404


def test_all_that_a_search_in_the_lite_edition_leads_to_is_in_it(newspaper):
    with mock.patch("articles.pages.search.finding.SIZE", 2):
        many = ask("ferry", form="lite").content.decode()
        more = re.search(r'<a href="([^"]+)" rel="next">', many)[1].replace("&amp;", "&")
        second = Client().get(more).content.decode()
    narrowed = ask("ferry", form="lite", year="2021").content.decode()
    others, wrong, none, hostile, empty = (
        ask(text, form="lite").content.decode()
        for text in ("opera", "feries", "nothingness", "</p><b> \0", "")
    )

    for html in (many, second, narrowed, others, wrong, none, hostile, empty):
        full, *links = re.findall('<a href="([^"]+)"', html)
        assert full.startswith("/en/search/")
        assert [url for url in links if "/lite/" not in url and url != "#menu"] == []
        assert '<form action="/en/lite/search/"' in html
    assert 'href="/en/search/?q=ferry">' in many
    assert more.startswith("/en/lite/search/?q=ferry&before=")
    assert '<a href="/en/lite/search/?q=ferry">First results</a>' in second
    assert '<a href="/en/lite/search/?q=ferry&amp;year=2021" rel="nofollow">2021</a>' in many
    assert '<a href="/en/lite/search/?q=ferry">2021</a>' in narrowed
    assert '<input type="hidden" name="year" value="2021">' in narrowed
    assert '<a href="/es/lite/search/?q=opera">Español</a>' in others
    assert '<a href="/en/lite/search/?q=ferries">ferries</a>' in wrong
    assert "<b>" not in hostile
    assert 'role="status"' not in empty


def test_a_search_as_markdown_has_what_the_page_has_and_leads_to_markdown(newspaper):
    with mock.patch("articles.pages.search.finding.SIZE", 2):
        many = ask("ferry", form="markdown").content.decode()
    others, wrong, hostile, empty = (
        ask(text, form="markdown").content.decode()
        for text in ("opera", "feries", "](x) <b>`# \0", "")
    )

    assert [line for line in many.split("\n") if "canonical" in line] == [
        'canonical: "http://127.0.0.1:8000/en/search/?q=ferry"'
    ]
    assert (2, "Ferries return to the harbour of Łódź") in reading.headings(many)
    assert (3, "Una ópera sobre la sal") in reading.headings(others)
    assert "3 stories" in many
    assert "\nNothing was found for these words in this language.\n" in wrong
    to = {words: url.removeprefix("http://127.0.0.1:8000") for words, url in reading.links(many)}
    to |= dict(reading.links(others + wrong))
    assert [url for url in to.values() if "index.md" not in url] == []
    assert to["More results"].startswith("/en/search/index.md?q=ferry&before=")
    assert to["2021"] == "/en/search/index.md?q=ferry&year=2021"
    assert to["Español"].endswith("/es/search/index.md?q=opera")
    assert to["ferries"].endswith("/en/search/index.md?q=ferries")
    assert "Words to look for: \\](x) \\<b>\\`#\n" in hostile
    assert empty.endswith("\n---\n\n# Search\n")


def test_numbers_that_are_none_have_no_page(newspaper):
    for name in ("year", "tag", "category", "author", "before"):
        for value in ("x", "-1", "0x1", "99999999999", "٣", "0-99999999999999999999"):
            assert ask("ferry", **{name: value}).status_code == 404
    assert ask("ferry", year="8999").status_code == 200
    assert ask("ferry", before=f"2--{'9' * 17}").status_code == 200


def test_a_page_costs_at_most_eight_queries(newspaper):
    for text in ("ferry", "nothingness", "the", "lodz sailor"):
        with pages.statements() as captured:
            ask(text)
        assert len(captured) <= 8


def test_without_the_database_there_is_a_sentence(newspaper):
    with mock.patch("articles.models.Category.tree", side_effect=OperationalError("gone")):
        response = Client(raise_request_exception=False).get("/en/search/?q=ferry")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
