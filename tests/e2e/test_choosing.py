"""Choosing on a story's page: people, tags and categories, at the speed of somebody who types."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Tag
from tests.factories import AuthorFactory, CategoryFactory, ImageFactory, TagFactory, story

pytestmark = pytest.mark.django_db(transaction=True)

DELAY = 60
"""Milliseconds from key to key."""

PASTE = """words => {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", words)
  const told = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData })
  if (document.activeElement.dispatchEvent(told)) document.execCommand("insertText", false, words)
}"""


SHOWN_THOUGH_HIDDEN = """() => [...document.querySelectorAll("body *:not(svg, svg *)")].filter(part => {
  const before = part.hidden
  part.hidden = true
  const shown = getComputedStyle(part).display !== "none"
  part.hidden = before
  return shown
}).map(part => part.outerHTML.slice(0, 80))"""


def hold(desk):
    """Let no autocomplete be answered from now on; return what is asked."""
    asked = []
    for address in ("**/autocomplete/**", "**/tag/words/**"):
        desk.route(address, lambda route: asked.append(route))
    return asked


def open_story(desk, article=None):
    article = article or story(title_en="A")
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(desk.get_by_role("button", name="Bold").first).to_be_visible()
    return article


def save(desk, *, says="was changed successfully"):
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text(says)).to_be_visible()


def tag_box(desk):
    return desk.locator(".field-tags .select2-search__field")


def chosen_tags(desk):
    return desk.locator(".field-tags .select2-selection__choice")


def open_authors(desk):
    """Open the list of authors in a new row, and wait until its first rows are there."""
    desk.get_by_text("Add another Byline").click()
    desk.locator("#bylines-0 .field-author .select2-selection").click()
    expect(rows(desk)).to_have_count(2)


def rows(desk):
    return desk.locator(".select2-results__option[aria-selected]")


def author(desk):
    return desk.locator("#id_bylines-0-author").input_value()


# --- Authors ---


def test_enter_before_the_answer_takes_nobody(desk):
    wanted = AuthorFactory(name_en="Helen Brand")
    AuthorFactory(name_en="Ana Duarte")
    open_story(desk)
    open_authors(desk)
    asked = hold(desk)

    with desk.expect_request(lambda request: "Brand" in request.url):
        desk.keyboard.type("Helen Brand", delay=DELAY)
        desk.keyboard.press("Enter")

    assert author(desk) == ""
    asked[-1].continue_()
    expect(rows(desk)).to_have_text(["Helen Brand"])
    desk.keyboard.press("Enter")
    assert author(desk) == str(wanted.pk)


def test_enter_on_a_name_that_nobody_has_takes_nobody(desk):
    AuthorFactory(name_en="Helen Brand")
    AuthorFactory(name_en="Ana Duarte")
    open_story(desk)
    open_authors(desk)

    desk.keyboard.type("Nosuchauthor", delay=DELAY)
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("No results found")).to_be_visible()
    desk.keyboard.press("Enter")

    assert author(desk) == ""


# --- Tags ---


def press_enter(desk):
    desk.keyboard.press("Enter")


def press_comma(desk):
    desk.keyboard.type(",")


def press_tab(desk):
    desk.keyboard.press("Tab")


def click_elsewhere(desk):
    desk.locator("#content h1").click()


def do_nothing(desk):
    """The button that saves is the next that is pressed."""


@pytest.mark.parametrize("answered", [False, True], ids=["before the answer", "after it"])
def test_the_word_that_was_typed_is_taken(desk, answered):
    TagFactory(name="Kurdish art")
    article = open_story(desk)
    ways = [press_enter, press_comma, press_tab, click_elsewhere, do_nothing]
    if not answered:
        hold(desk)

    for number, leave in enumerate(ways, start=1):
        tag_box(desk).press_sequentially("Kurd" + "s" * number, delay=DELAY)
        if answered:
            expect(rows(desk)).to_have_text(["Kurd" + "s" * number])
        leave(desk)
    hold(desk)
    save(desk)

    assert sorted(article.tags.names()) == ["Kurds", "Kurdss", "Kurdsss", "Kurdssss", "Kurdsssss"]


def test_enter_takes_the_word_and_not_the_first_tag_that_begins_with_it(desk):
    TagFactory(name="Kurdish art")
    article = open_story(desk)

    tag_box(desk).press_sequentially("Kurd")
    expect(rows(desk)).to_have_text(["Kurd", "Kurdish art"])
    hold(desk)
    desk.keyboard.press("Enter")
    save(desk)

    assert list(article.tags.names()) == ["Kurd"]


def test_the_list_of_an_earlier_word_is_not_taken(desk):
    TagFactory(name="Raqqa")
    article = open_story(desk)
    tag_box(desk).press_sequentially("Raqqa")
    expect(rows(desk)).to_have_text(["Raqqa"])
    hold(desk)

    tag_box(desk).fill("")
    desk.keyboard.type("Kurds", delay=DELAY)
    desk.keyboard.press("Enter")
    save(desk)

    assert list(article.tags.names()) == ["Kurds"]


def test_each_of_several_words_that_are_pasted_is_a_tag(desk):
    article = open_story(desk)
    hold(desk)

    tag_box(desk).click()
    desk.evaluate(PASTE, "alpha, beta\tgamma\r\ndelta; ")
    expect(chosen_tags(desk)).to_have_text(["×alpha", "×beta", "×gamma", "×delta"])
    desk.keyboard.type("eps")
    desk.evaluate(PASTE, "ilon")
    desk.keyboard.type(";")
    expect(chosen_tags(desk)).to_have_text(["×alpha", "×beta", "×gamma", "×delta", "×epsilon"])
    save(desk)

    assert sorted(article.tags.names()) == ["alpha", "beta", "delta", "epsilon", "gamma"]


def test_another_spelling_of_a_tag_finds_it_before_the_answer(desk):
    TagFactory(name="US", label_es="EE. UU.")
    article = open_story(desk)
    hold(desk)

    tag_box(desk).press_sequentially("ee uu")
    desk.keyboard.press("Enter")
    save(desk)

    assert list(article.tags.names()) == ["US"]


def test_escape_drops_the_word(desk):
    open_story(desk)
    hold(desk)

    tag_box(desk).press_sequentially("Kurds")
    desk.keyboard.press("Escape")
    save(desk, says="Nothing was changed")

    assert not Tag.objects.exists()


# --- Categories, and what is hidden ---


def test_the_filter_of_categories_leaves_those_that_match_and_those_that_are_chosen(desk):
    chosen = CategoryFactory(name_en="Kenya")
    for name in ("Portugal", "Syria"):
        CategoryFactory(name_en=name)
    open_story(desk, story(title_en="A", categories=[chosen]))

    desk.get_by_role("searchbox", name="Categories").fill("port")

    shown = desk.locator(".category-tree__node:visible")
    expect(shown).to_have_text(["Kenya", "Portugal"])


def test_nothing_is_shown_that_a_script_hides(desk):
    CategoryFactory()
    open_story(desk, story(title_en="A", live=["en"], images=[ImageFactory()]))
    assert desk.evaluate(SHOWN_THOUGH_HIDDEN) == []

    desk.goto(Article.objects.get().editions.get().get_absolute_url())

    assert desk.evaluate(SHOWN_THOUGH_HIDDEN) == []


# --- The cursor, and leaving ---


def test_the_cursor_stands_in_the_headline_of_the_open_tab(desk):
    article = story(title_en="A", source_language="es")

    for path in ("add/", f"{article.pk}/change/"):
        desk.goto(f"/admin/articles/article/{path}")
        expect(desk.locator(".language-panel:visible [name^=title_]")).to_be_focused()


def change_tags(desk):
    desk.locator(".field-tags .select2-selection__choice__remove").click()


def choose_author(desk):
    AuthorFactory()
    desk.get_by_text("Add another Byline").click()
    desk.locator("#bylines-0 .field-author .select2-selection").click()
    rows(desk).first.click()


def choose_image(desk):
    ImageFactory()
    desk.get_by_text("Add another Image").click()
    desk.locator("#uses-0 .field-image .select2-selection").click()
    rows(desk).first.click()


def look_only(desk):
    desk.locator(".field-tags .select2-selection").click()
    desk.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("do", "is_asked"),
    [(change_tags, True), (choose_author, True), (choose_image, True), (look_only, False)],
)
def test_a_page_with_another_choice_is_not_left_by_accident(desk, do, is_asked):
    open_story(desk, story(title_en="A", tags=["Raqqa"]))
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    do(desk)
    desk.goto("/admin/")

    assert asked == (["beforeunload"] if is_asked else [])
