"""A translation beside its source, by the keyboard."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)

COPY = "Alt+Shift+Enter"
FILLED = "Something is written here."
IS_TAKEN = """() => {
  const pressed = { bubbles: true, cancelable: true, altKey: true, code: "KeyC", key: "ç" }
  return !document.activeElement.dispatchEvent(new KeyboardEvent("keydown", pressed))
}"""
SOURCE = '<p>It takes <a href="https://x.test/">ten</a> cars.</p>'


def open_translation(desk):
    article = story(
        title_en="The ferry",
        standfirst_en="It sails again.",
        body_en=f"<p>It sails at nine.</p>{SOURCE}",
        title_es="El ferri",
        body_es="<p>Zarpa a las nueve.</p>",
    )
    desk.goto(f"/admin/articles/article/{article.pk}/side-by-side/es/")
    expect(editors(desk)).to_have_count(2)
    return article


def editors(desk):
    return desk.locator(".pair__target [contenteditable=true]")


def test_what_is_typed_before_a_sentence_is_shown_makes_it_out_of_date(desk):
    open_translation(desk)

    said = desk.get_by_label("Headline", exact=True).evaluate(
        """async (field) => {
          const keys = { key: "Enter", altKey: true, shiftKey: true, bubbles: true }
          field.dispatchEvent(new KeyboardEvent("keydown", keys))
          field.dispatchEvent(new Event("input", { bubbles: true }))
          for (let step = 0; step < 2; step++) await new Promise(requestAnimationFrame)
          return document.querySelector(".side-by-side__said").textContent
        }"""
    )

    assert said == ""


def test_the_source_is_copied_into_an_empty_block_and_over_nothing(desk):
    article = open_translation(desk)
    written, empty = editors(desk).first, editors(desk).last

    written.focus()
    desk.keyboard.press(COPY)
    expect(desk.locator(".pair").nth(2)).to_contain_text(FILLED)
    headline = desk.get_by_label("Headline", exact=True)
    headline.focus()
    desk.keyboard.press(COPY)
    expect(headline).to_have_value("El ferri")
    empty.focus()
    desk.keyboard.press(COPY)
    expect(empty.locator("a")).to_have_text("ten")
    expect(desk.get_by_text(FILLED)).to_have_count(0)
    standfirst = desk.get_by_label("Standfirst", exact=True)
    standfirst.focus()
    desk.keyboard.press(COPY)
    expect(standfirst).to_have_value("It sails again.")

    desk.get_by_role("button", name="Save", exact=True).last.press("Enter")
    expect(desk.get_by_text("Español is saved.")).to_be_visible()
    saved = Article.objects.get(pk=article.pk)
    assert (saved.title_es, saved.standfirst_es) == ("El ferri", "It sails again.")
    assert saved.body_es == f"<p>Zarpa a las nueve.</p>{SOURCE}"


def test_what_a_keyboard_writes_with_alt_is_written(desk):
    """A Mac writes signs by Option and letters: "ç" by C, and Polish its own letters."""
    open_translation(desk)
    empty = editors(desk).last
    empty.focus()

    assert not desk.evaluate(IS_TAKEN)
    desk.keyboard.insert_text("ç")

    expect(empty).to_have_text("ç")
