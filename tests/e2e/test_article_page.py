"""The page and the list of stories in a real browser, beside the editor of the body."""

import pytest
from playwright.sync_api import expect

from tests.factories import TagFactory, story

pytestmark = pytest.mark.django_db(transaction=True)


def open_story(desk, article):
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(desk.get_by_role("tablist", name="Languages")).to_be_visible()


def tag_box(desk):
    return desk.locator(".field-tags .select2-search__field")


def offers(desk):
    return desk.locator(".select2-results__option:not(.loading-results)")


def test_a_spelling_of_a_tag_offers_that_tag_and_no_new_word(desk):
    TagFactory(name="US", label_es="EE. UU.")
    TagFactory(name="Russia")
    open_story(desk, story(title_en="A"))

    tag_box(desk).press_sequentially("ee uu")
    expect(offers(desk)).to_have_text(["US · EE. UU."])
    tag_box(desk).fill("us")
    expect(offers(desk)).to_have_text(["US · EE. UU.", "Russia"])
    desk.keyboard.press("Enter")

    expect(desk.locator(".field-tags .select2-selection__choice")).to_have_text(["×US"])


def test_a_word_that_is_no_tag_yet_comes_after_those_that_hold_it(desk):
    TagFactory(name="Russia")
    article = story(title_en="A")
    open_story(desk, article)

    tag_box(desk).press_sequentially("rus")
    expect(offers(desk)).to_have_text(["Russia", "rus"])
    offers(desk).last.click()
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()

    assert list(article.tags.names()) == ["rus"]
