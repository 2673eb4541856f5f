"""The page and the list of stories in a real browser, beside the editor of the body."""

import pytest
from playwright.sync_api import expect

from tests.factories import AuthorFactory, ImageFactory, TagFactory, story

pytestmark = pytest.mark.django_db(transaction=True)


def open_story(desk, article):
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(desk.get_by_role("tablist", name="Languages")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_list_shows_every_column_beside_its_filter(desk, width):
    story(live=["en", "es", "pt", "ar"], title_en="A headline of some length, as they are")
    desk.set_viewport_size({"width": width, "height": 900})

    desk.goto("/admin/articles/article/")

    results = desk.locator("#changelist .results")
    assert results.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert desk.evaluate("document.documentElement.scrollWidth") == width


def test_four_languages_stand_side_by_side(desk):
    article = story(live=["en", "es", "pt", "ar"], title_en="A")
    desk.set_viewport_size({"width": 1280, "height": 900})

    open_story(desk, article)

    tabs = desk.get_by_role("tab").all()
    assert len({tab.bounding_box()["y"] for tab in tabs[1:]}) == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_no_input_reaches_the_edge_of_its_panel(desk, width):
    article = story(title_en="A", images=[ImageFactory()], authors=[AuthorFactory(name_en="Ana")])
    desk.set_viewport_size({"width": width, "height": 900})

    open_story(desk, article)

    outside = """() => [...document.querySelectorAll(".story input, .story textarea, .story select")]
      .filter((input) => input.offsetParent && input.closest(".module"))
      .filter((input) => input.getBoundingClientRect().right >
        input.closest(".story__main > *, .story__side > *").getBoundingClientRect().right - 8)
      .map((input) => input.name)"""
    assert desk.evaluate(outside) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_words_of_a_message_have_no_sign_under_them(desk, width):
    desk.set_viewport_size({"width": width, "height": 900})
    open_story(desk, story(title_en="A"))

    desk.get_by_role("button", name="Publish English now").click()

    error = desk.locator(".messagelist .error")
    expect(error).to_have_text("The body is empty.")
    expect(error).to_have_css("background-image", "none")
    expect(error).to_have_css("padding-left", "16px")


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
