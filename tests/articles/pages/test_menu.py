"""The menu names what was chosen for it, or else all that a reader of its language finds stories in."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Category
from articles.pages import menu
from tests import factories

# The menu stands on every page of test_exactness.py, which both databases are asked.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def harbour():
    root = factories.CategoryFactory(name_en="Atlantis")
    factories.CategoryFactory(name_en="Reef", parent=root)
    factories.CategoryFactory(name_en="Tides", kind="section")
    return factories.CategoryFactory(name_en="Harbour", parent=root)


def read(language, at=AT):
    return menu.read(Category.tree(language=language, at=at))


def names(language, at=AT):
    site_menu = read(language, at)
    regions = [
        (region.label, [child.label for child in region.children]) for region in site_menu.regions
    ]
    return regions, [section.label for section in site_menu.sections]


def lines(language, at=AT):
    """Return (label, path) of each entry, in the order of the menu."""
    return [(entry.label, entry.url) for entry in read(language, at).entries]


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


# --- A menu that was chosen ---


def test_entries_stand_in_their_order_under_their_names_in_the_language(harbour):
    about = factories.own_page(live=["en", "es"], title_en="About", title_es="Acerca")
    tides = Category.objects.get(slug_en="tides")
    factories.live_edition("en", at=AT, categories=[harbour, tides])
    factories.menu_entry(category=harbour, position=30)
    factories.menu_entry(category=tides, position=20, label_en="Sea")
    factories.menu_entry(page=about, position=10)
    factories.menu_entry(link="https://shop.example/", label_en="Shop", position=40)

    assert lines("en") == [
        ("About", "/en/about/"),
        ("Sea", "/en/section/tides/"),
        ("Harbour", "/en/region/atlantis/harbour/"),
        ("Shop", "https://shop.example/"),
    ]
    assert lines("es") == [("Acerca", "/es/acerca/"), ("Shop", "https://shop.example/")]
    assert read("es").entries[-1].label.language == "en"


def test_what_readers_of_a_language_cannot_find_is_left_out(harbour):
    draft = factories.own_page(live=["es"], title_en="Draft")
    factories.live_edition("en", at=AT, categories=[harbour])
    factories.menu_entry(category=harbour)
    factories.menu_entry(page=draft)

    assert [label for label, _url in lines("en")] == ["Harbour"]
    assert [label for label, _url in lines("es")] == ["Page 1 in es"]
    assert lines("en", at=AT - timedelta(minutes=1)) == []


def test_an_entry_for_some_languages_leaves_the_others_as_they_were(harbour):
    factories.live_edition("en", at=AT, categories=[harbour])
    factories.live_edition("es", at=AT, categories=[harbour])
    factories.menu_entry(link="https://tienda.example/", label_es="Tienda", languages=["es"])

    assert lines("es") == [("Tienda", "https://tienda.example/")]
    assert names("en") == ([("Atlantis", ["Harbour"])], [])


def test_a_region_that_was_chosen_brings_the_regions_under_it(harbour):
    factories.live_edition("en", at=AT, categories=[harbour])
    factories.menu_entry(category=harbour.parent)

    assert names("en") == ([("Atlantis", ["Harbour"])], [])


def test_what_was_chosen_is_one_query(harbour, django_assert_num_queries):
    factories.menu_entry(category=harbour)

    with django_assert_num_queries(1):
        menu.stored()
