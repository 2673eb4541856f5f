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


def test_the_tab_in_which_a_new_story_is_begun_stays_open_after_its_first_save(desk):
    desk.goto("/admin/articles/article/add/")
    desk.get_by_role("tab", name="Español").click()
    desk.locator("#id_title_es").fill("Huelga en el puerto")
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("was added successfully")).to_be_visible()

    expect(desk.locator("#id_title_es")).to_be_visible()
    expect(desk.get_by_role("tab", name="Español")).to_have_attribute("aria-selected", "true")
    expect(desk.locator("#id_title_en")).to_be_hidden()


SHUT = "localStorage.setItem('django.admin.navSidebarIsOpen', 'false')"

OUT_OF_SIGHT = """() => ["#branding", ".breadcrumbs", "#content h1", "#content-main"]
  .map((name) => document.querySelector(name))
  .filter((part) => part && part.offsetParent)
  .filter((part) => {
    const words = document.createRange()
    words.selectNodeContents(part)
    const { left, right, top, height } = words.getClientRects()[0]
    const start = document.dir === "rtl" ? right - 2 : left + 2
    const isCovered = part.id !== "content-main" && !part.contains(document.elementFromPoint(start, top + height / 2))
    return part.getBoundingClientRect().left < 0 || part.getBoundingClientRect().right > innerWidth || isCovered
  })
  .map((part) => `${part.tagName}#${part.id}`)"""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [768, 1280, 1700])
def test_with_the_menu_shut_each_page_begins_in_sight(new_profile, sign_in, width, language):
    context = new_profile(locale=language, viewport={"width": width, "height": 900})
    sign_in(context)
    context.add_init_script(SHUT)
    page, article = context.new_page(), story(live=["en"], title_en="A headline")
    pages = [
        "article",
        "article/add",
        f"article/{article.pk}/change",
        f"article/{article.pk}/history",
    ]
    pages += ["image", "category/add", "tag", "comment", f"article/{article.pk}/side-by-side/es"]
    hidden = {}
    for name in pages:
        page.goto(f"/admin/articles/{name}/")
        expect(page.locator("#main.shifted")).to_have_count(0)
        expect(page.locator("#nav-sidebar")).to_be_hidden()
        if told := page.evaluate(OUT_OF_SIGHT):
            hidden[name] = told

    assert hidden == {}


def test_what_keeps_a_story_from_readers_takes_the_cursor_and_is_led_to_from_its_message(desk):
    article = story(title_en="A", title_es="Una", body_en="<p>x</p>", images=[ImageFactory()])
    article.uses.update(alt_es="")
    open_story(desk, article)

    desk.get_by_role("tab", name="Español").click()
    desk.get_by_role("button", name="Publish Español now").click()

    body = desk.locator("#panel-es .body-editor__text[contenteditable]")
    expect(body).to_be_focused()
    expect(body).to_have_attribute("aria-invalid", "true")
    desk.get_by_role("link", name="has no alternative text in Español").click()
    expect(desk.locator("#id_uses-0-alt_es")).to_be_focused()
    desk.get_by_role("tab", name="English").click()
    desk.get_by_role("link", name="The body is empty.").click()
    expect(body).to_be_focused()
