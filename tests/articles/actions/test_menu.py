import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.actions import deleting, menu, organising
from articles.models import Category, MenuEntry
from tests import factories

pytestmark = pytest.mark.django_db


def labels():
    return [str(entry) for entry in MenuEntry.objects.order_by("position", "pk")]


def links(*letters):
    return [
        factories.menu_entry(link=f"https://{letter}.example/", label_en=letter, position=10)
        for letter in letters
    ]


def refusal(**values):
    with pytest.raises(ValidationError) as refused:
        menu.save(MenuEntry(**values))
    return refused.value.messages


@pytest.fixture
def region():
    return factories.CategoryFactory(name_en="Atlantis")


def test_a_menu_begins_with_the_regions_and_sections_that_there_are_once(region):
    factories.CategoryFactory(name_en="Reef", parent=region)
    Category.objects.filter(pk=region.pk).update(position=90)
    news = factories.CategoryFactory(name_en="Tides", kind="section", position=1)
    roots = [str(node) for node in [*Category.tree().regions, *Category.tree().sections]]

    menu.begin(["en", "es", "pt", "ar"])

    assert labels() == roots
    assert {"Atlantis", str(news)} <= set(roots)
    assert {*map(tuple, MenuEntry.objects.values_list("languages", flat=True))} == {()}
    assert menu.begin(["en", "es"]) == []


def test_a_menu_of_some_languages_begins_without_touching_the_others(region):
    link = factories.menu_entry(link="https://a.example/", label_es="A", languages=["es"])
    factories.menu_entry(category=region, languages=["fr"])  # which the site has left

    menu.begin(["ar", "es", "xx"])
    assert menu.without_entries() == ["en", "pt"]
    menu.begin(["en", "es", "pt", "ar"])

    assert menu.without_entries() == []
    codes = [entry.languages for entry in region.menu_entries.order_by("pk")]
    assert codes == [["fr"], ["ar"], ["en", "pt"]]
    assert [entry for entry in MenuEntry.objects.all() if "es" in entry.languages] == [link]


def test_an_entry_leads_to_one_place(region):
    sentence = ["Choose one: a category, a page or a link."]

    assert refusal(label_en="Nowhere") == sentence
    assert refusal(category=region, link="https://a.example/") == sentence


@pytest.mark.parametrize("link", ["ftp://a.example/", "javascript:alert(1)", "a b"])
def test_a_link_is_an_address_on_the_web(link):
    assert refusal(link=link, label_en="A") == [f"“{link}” is no address: begin it with https://."]


def test_an_old_site_without_https_can_be_linked():
    menu.save(MenuEntry(link="http://a.example/", label_en="A"))


def test_a_link_has_a_label(region):
    sentence = "The label in {} is missing: a link has no other name."
    link = "https://a.example/"

    assert refusal(link=link, label_es="A") == [sentence.format("English")]
    assert refusal(link=link, languages=["es", "ar"]) == [sentence.format("Español, العربية")]
    menu.save(MenuEntry(link=link, label_es="A", languages=["es", "ar"]))


def test_no_two_entries_of_one_language_lead_to_the_same_place(region):
    factories.menu_entry(category=region, languages=["es"])
    taken = ["“Atlantis” stands in the menu already: change that entry."]

    assert refusal(category=region) == taken
    assert refusal(category=region, languages=["en", "es"]) == taken
    factories.menu_entry(category=region, languages=["en"])


def test_a_saved_entry_is_no_other_entry(region):
    entry = factories.menu_entry(category=region)
    entry.position = 5

    menu.save(entry)

    assert MenuEntry.objects.get().position == 5


@pytest.mark.parametrize("values", [{}, {"link": "javascript:alert(1)"}])
def test_the_database_holds_no_other_entry(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        MenuEntry.objects.create(**values)


def test_entries_move_by_one_place_and_the_first_stays_first():
    one, two, three, _four = links("a", "b", "c", "d")

    assert menu.move([one, three], up=True) == [(one, None), (three, two)]
    assert labels() == ["a", "c", "b", "d"]

    assert menu.move([three], up=False) == [(three, two)]
    assert labels() == ["a", "b", "c", "d"]


def test_an_entry_passes_the_next_one_of_a_language_of_its_own():
    one, foreign, other, last = links("a", "b", "c", "d")
    for entry, codes in ((one, ["en"]), (foreign, ["es"]), (other, ["en", "pt"]), (last, ["ar"])):
        MenuEntry.objects.filter(pk=entry.pk).update(languages=codes)

    assert menu.move([other], up=True) == [(other, one)]
    assert labels() == ["c", "a", "b", "d"]
    assert menu.move([last, foreign], up=True) == [(foreign, None), (last, None)]
    assert menu.move([other], up=False) == [(other, one)]
    assert labels() == ["a", "c", "b", "d"]


def test_what_a_move_has_done_is_a_sentence():
    one, two = links("a", "b")

    assert menu.told_of_move(one, two, up=True) == "“a” stands before “b” now."
    assert menu.told_of_move(one, two, up=False) == "“a” stands behind “b” now."
    assert menu.told_of_move(one, None, up=True) == "“a” is first already."
    assert menu.told_of_move(one, None, up=False) == "“a” is last already."


def test_the_entry_of_a_merged_category_leads_to_the_one_that_stays(region):
    lost, again = (factories.CategoryFactory(name_en=name) for name in ("Lost", "Again"))
    entry = factories.menu_entry(category=lost)
    factories.menu_entry(category=again, label_en="The same")

    organising.merge_categories([lost, again], into=region)

    assert MenuEntry.objects.get() == entry
    assert MenuEntry.objects.get().category == region


def test_the_entry_of_a_deleted_category_or_page_goes_with_it(region):
    page = factories.own_page()
    factories.menu_entry(category=region)
    factories.menu_entry(page=page)

    deleting.delete([page])
    deleting.delete_category(Category.objects.get(pk=region.pk))

    assert not MenuEntry.objects.exists()
