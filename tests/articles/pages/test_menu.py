"""The menu names what a reader of its language finds stories in."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Category
from articles.pages import menu
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def harbour():
    root = factories.CategoryFactory(name_en="Atlantis")
    factories.CategoryFactory(name_en="Reef", parent=root)
    factories.CategoryFactory(name_en="Tides", kind="section")
    return factories.CategoryFactory(name_en="Harbour", parent=root)


def names(language, at=AT):
    found = menu.of(Category.tree(language=language, at=at))
    regions = [
        (region.label, [child.label for child in region.children]) for region in found.regions
    ]
    return regions, [section.label for section in found.sections]


def test_a_menu_names_what_holds_a_live_story_in_its_language_and_what_stands_above_it(harbour):
    factories.live_edition("en", at=AT, categories=[harbour])

    assert names("en") == ([("Atlantis", ["Harbour"])], [])
    assert names("es") == ([], [])


def test_a_story_to_come_fills_its_places_in_the_menu_at_its_minute(harbour):
    factories.live_edition("en", at=AT, categories=[harbour])

    assert names("en", at=AT - timedelta(minutes=1)) == ([], [])


def test_what_is_filled_in_each_language_is_one_query(harbour, django_assert_num_queries):
    factories.live_edition("es", at=AT, categories=[harbour])

    with django_assert_num_queries(1):
        filled = Category.filled(at=AT)

    assert (filled["en"], filled["es"]) == (set(), {harbour.pk, harbour.parent_id})
