from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import menu, publishing
from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "menu:kept"


@pytest.fixture
def region():
    return factories.CategoryFactory(name_en="Atlantis")


def menus(purges):
    return {name for name in purges.now() if name.startswith("menu:")}


def test_an_entry_for_one_language_purges_the_menu_of_that_language():
    purges = Purges()

    factories.menu_entry(link="https://tienda.example/", label_es="Tienda", languages=["es"])

    assert purges.now() == {KEPT, "menu:es"}


def test_an_entry_that_nobody_sees_yet_purges_no_page(region):
    factories.menu_entry(link="https://a.example/", label_en="A")
    purges = Purges()

    factories.menu_entry(category=region)

    assert purges.now() == {KEPT}


def test_a_menu_that_becomes_entries_purges_no_page(region):
    factories.story(live=["en"], categories=[region])
    purges = Purges()

    menu.begin(["en", "es"])

    assert purges.now() == {KEPT}


def test_a_page_purges_the_menus_in_which_it_stands(region):
    page = factories.own_page(live=["en", "es"])
    factories.menu_entry(page=page)
    other, purges = page.editions.get(language="es"), Purges()

    other.title = "Otro"
    other.save()

    assert menus(purges) == {"menu:es"}


def test_the_first_story_of_a_category_purges_the_menu_where_it_was_chosen(region):
    deep = factories.CategoryFactory(parent=factories.CategoryFactory(parent=region))
    factories.menu_entry(category=deep, languages=["en"])
    purges = Purges()

    factories.story(live=["en", "es"], categories=[deep])

    # In Spanish the whole tree is the menu, and its first steps are filled now.
    assert menus(purges) == {"menu:en", "menu:es"}


def test_a_category_that_was_not_chosen_purges_no_menu_with_its_first_story(region):
    factories.menu_entry(link="https://a.example/", label_en="A")
    purges = Purges()

    factories.story(live=["en"], categories=[region])

    assert menus(purges) == set()


def test_what_is_chosen_before_its_first_story_comes_is_purged_at_its_minute(region):
    factories.menu_entry(link="https://a.example/", label_en="A")
    story = factories.story(title_en="A", body_en="<p>A.</p>", categories=[region])
    moment = timezone.now() + timedelta(hours=1)
    publishing.schedule(factories.edition(story), by=publishing.SYSTEM, at=moment)
    purges = Purges()

    factories.menu_entry(category=region)

    assert purges.due() == {moment: {"menu:en"}}


def test_a_deleted_page_takes_its_entry_out_of_the_menu(region):
    page = factories.own_page()
    factories.menu_entry(page=page)
    purges = Purges()

    page.delete()

    assert menus(purges) == {KEPT, "menu:en"}
