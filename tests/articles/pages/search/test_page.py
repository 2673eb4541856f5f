"""A page of search: what narrows it down, what somebody may have meant, and its feed."""

import json
from datetime import timedelta

import pytest
import time_machine

from articles.derived import listings
from articles.models import Article, Category, Tag
from articles.pages import search
from articles.pages.search import facets, spelling
from articles.representations import atom, jsonfeed
from tests import factories
from tests.articles.pages.search import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stories(django_db_setup, django_db_blocker):
    with corpus.built(django_db_blocker) as by_key:
        yield by_key


@pytest.fixture
def newspaper(stories):
    with time_machine.travel(corpus.NOW, tick=False):
        yield stories


def ask(text, language="en", **narrowed):
    tree = Category.tree(language=language, at=corpus.NOW)
    question = search.Question.read(
        {"q": text} | {key: str(value) for key, value in narrowed.items()}
    )
    return search.read(question, tree=tree, at=corpus.NOW)


def written(values):
    return [(str(value.label), value.number) for value in values]


def heads(page):
    return ["".join(piece.text for piece in result.title)[:7] for result in page.results]


def test_stories_are_narrowed_down_by_what_they_are_filed_under_and_widened_again(newspaper):
    page = ask("water")
    offered = {kind: written(values) for kind, values in page.facets.offered.items()}
    assert offered == {
        "region": [("Atlantis", 1)],
        "tag": [("US", 1)],
        "author": [("Ana Duarte", 1)],
        "year": [("2026", 1), ("2023", 1), ("2022", 1)],
    }

    us = Tag.objects.get(name="US")
    narrow = ask("water", tag=us.pk, year=2026)
    assert heads(narrow) == ["A pact "]
    assert written(narrow.facets.active) == [("US", None), ("2026", None)]
    assert narrow.facets.active[1].url == f"/en/search/?q=water&tag={us.pk}"
    assert heads(ask("water", year=2022)) == ["Nation "]
    assert heads(ask("agua", "es", tag=us.pk)) == ["Un pact"]


def test_a_section_is_offered_beside_the_regions_and_narrows_down_to_its_stories(newspaper):
    opinion = factories.CategoryFactory(name_en="Opinion", kind=Category.Kind.SECTION)
    article = Article.objects.get(title_en__startswith="A pact ")
    article.categories.add(opinion)
    listings.refresh([article.pk])

    offered = ask("water").facets.offered
    (section,) = offered["section"]
    narrow = ask("water", category=opinion.pk)

    assert (str(section.label), section.number) == ("Opinion", 1)
    assert section.url == f"/en/search/?q=water&category={opinion.pk}"
    assert "Opinion" not in dict(written(offered["region"]))
    assert heads(narrow) == ["A pact "]
    assert written(narrow.facets.active) == [("Opinion", None)]


def test_a_region_is_meant_by_its_name_in_whatever_language(newspaper):
    Category.objects.filter(name_en="Atlantis").update(name_es="Atlántida")

    assert heads(ask("atlantida")) == heads(ask("Atlantis")) != []


def test_nothing_is_told_of_what_no_found_story_has(newspaper):
    secret = factories.TagFactory(name="Unannounced")

    page = ask("water", tag=secret.pk)

    assert page.facets is None
    assert page.ways.cards


def test_of_many_stories_no_numbers_are_told(newspaper, monkeypatch):
    monkeypatch.setattr(facets, "LOOKED_AT", 2)

    assert {number for _label, number in written(ask("water").facets.offered["year"])} == {None}


def test_who_misspells_a_word_is_told_of_one_that_finds_something(newspaper):
    meant = {
        ("feries", "en"): "ferries",
        ("hrabour", "en"): "harbour",
        ("dorught wells", "en"): "drought wells",
        ("transbordaores", "es"): "transbordadores",
        ("العبارتا", "ar"): None,
        ("xyzzyx", "en"): None,
        ("secert", "en"): None,
        ("北京", "en"): None,
    }

    pages = {typed: ask(*typed).meant for typed in meant}

    assert {typed: question and question.text for typed, question in pages.items()} == meant


def test_letters_that_are_changed_are_counted():
    pairs = {
        ("ab", "ab"): 0,
        ("ab", "ba"): 1,
        ("abc", "ac"): 1,
        ("abcd", "badc"): 2,
        ("a", "xyz"): 3,
    }
    assert {pair: spelling.changes(*pair, 2) for pair in pairs} == pairs


def test_a_search_is_a_feed_with_the_newest_first_and_an_address_that_names_it(newspaper):
    with time_machine.travel(corpus.NOW, tick=False):
        late = factories.story(
            live=["en"], title_en="Later", body_en="<p>A ferry.</p>", at=corpus.NOW - timedelta(1)
        )
    tree = Category.tree(language="en")
    feed = search.feed.read(search.Question("ferry -salt"), tree=tree, at=corpus.NOW)
    nothing = search.feed.read(search.Question("nothingness"), tree=tree, at=corpus.NOW)

    assert feed.entries[0].article_id == late.pk
    assert len(feed.entries) == 4
    assert feed.url_as("rss") == "/en/search/feed.rss?q=ferry+-salt"
    assert b"feed.atom?q=ferry" in atom.atom(feed)
    assert json.loads(jsonfeed.jsonfeed(nothing))["items"] == []
    assert b"<updated>1970" in atom.atom(nothing)
