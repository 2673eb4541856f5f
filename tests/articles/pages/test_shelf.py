"""A page of a list: which cards are large, and what its cache tags need."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from articles.models import Category
from articles.pages import shelf as shelves, subject as subjects
from articles.purging import pages
from newsroom.db import keyset
from newsroom.languages import choices
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def about(category):
    tree = Category.tree(language="en")
    return subjects.of_category(tree.nodes[category.pk], tree=tree), tree


@pytest.fixture
def category():
    return factories.CategoryFactory(name_en="Syria")


def publish(number, category, **shared):
    for hours in range(number):
        at = AT - timedelta(hours=hours)
        factories.live_edition(at=at, categories=[category], **shared)


@pytest.mark.parametrize("images", [0, 1])
def test_a_list_has_a_first_among_equals_with_or_without_a_picture(category, images):
    publish(2, category, images=factories.ImageFactory.create_batch(images))
    subject, tree = about(category)

    shelf = shelves.read(subject, tree=tree, at=AT)

    assert [card.kind.name for card in shelf.cards] == ["opener", "row"]


def test_an_older_page_has_a_first_too_and_stands_alone(category, monkeypatch):
    monkeypatch.setattr(keyset, "SIZE", 2)
    publish(5, category, images=[factories.ImageFactory()])
    subject, tree = about(category)
    first = shelves.read(subject, tree=tree, at=AT)

    older = shelves.read(subject, tree=tree, at=AT, before=first.older)

    last = shelves.read(subject, tree=tree, at=AT, before=older.older)

    assert [card.kind.name for card in older.cards] == ["opener", "row"]
    assert (first.stands_alone, older.stands_alone) == (False, True)
    # Which page is the one before the last is decided by the third before it.
    hour = timedelta(hours=1)
    assert (first.until, older.until, last.until) == (None, None, AT - hour)


@pytest.mark.both
def test_the_cache_tags_of_a_list_need_no_database(category, django_assert_num_queries):
    publish(1, category)
    subject, tree = about(category)
    shelf = shelves.read(subject, tree=tree, at=AT)

    with django_assert_num_queries(0):
        tags = list(pages.listing(shelf))

    assert f"category:{category.pk}:en" in tags


@pytest.mark.parametrize(("kind", "digits"), [("month", "2017 11"), ("day", "2017 11 30")])
def test_a_card_repeats_no_day_that_stands_above_it(category, kind, digits):
    publish(2, category)
    subject = getattr(subjects, f"of_{kind}")(*digits.split(), language="en")

    shelf = shelves.read(subject, tree=Category.tree(language="en"), at=AT)

    assert [card.kind.time for card in shelf.cards] == ["", ""]


@pytest.mark.both
def test_a_list_that_is_empty_in_one_language_names_the_others_among_all_that_can_be_written(
    category,
):
    factories.live_edition("es", at=AT, categories=[category])
    subject, tree = about(category)

    with override_settings(LANGUAGES=choices()):
        shelf = shelves.read(subject, tree=tree, at=AT)
        languages = shelves.languages(subject, at=AT)

    assert [place.language.code for place in shelf.elsewhere] == languages == ["es"]
