"""The images of a story in a real browser: the window that adds one, and their order."""

import pytest
from playwright.sync_api import expect

from articles.models import Image
from tests.factories import ImageFactory, ImageUseFactory, story

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("One", "Two", "Three")
WORDS = ("description", "creator", "credit_line")

# The driver draws every window in one size, whatever a page asks for.
SMALL_WINDOW = """
  Object.defineProperty(window, "outerWidth", { get: () => 800 })
  Object.defineProperty(window.screen, "availWidth", { get: () => 1600 })
  window.resizeTo = (...size) => { window.resized = size }
"""

SHOWN = """async () => {
  const select = document.querySelector("#id_uses-0-image"), asked = []
  // The answers come when they are let go, in whatever order.
  window.fetch = (address) => new Promise((answer) => asked.push(() => {
    const id = new URL(address, location).searchParams.get("id")
    const row = { thumb: `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' id='${id}'/>` }
    answer({ ok: true, json: async () => ({ results: [row] }) })
  }))
  for (const id of [7, 8]) {
    select.append(new Option(id, id, true, true))
    django.jQuery(select).trigger("change")
  }
  for (const answer of asked.reverse()) {
    answer()
    for (let step = 0; step < 20; step++) await null
  }
  return document.querySelector("#uses-0 .use-picture img").getAttribute("src")
}"""
"""The picture that a row shows where two were chosen and the first is answered last."""


def open_illustrated(desk):
    """Open a story with three images, of which the first leads."""
    article = story(title_en="A")
    for place, name in enumerate(NAMES):
        image = ImageFactory(description=name)
        ImageUseFactory(article=article, image=image, position=0, is_lead=place == 0)
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(move(desk, "Three", "up")).to_be_visible()
    return article


def row(desk, name):
    return desk.locator(".image-uses .inline-related:not(.empty-form)").filter(
        has=desk.locator("h3", has_text=name)
    )


def move(desk, name, way):
    return row(desk, name).get_by_role("button", name=f"Move {way}")


def save(desk):
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()


def order(article):
    return [str(use.image) for use in article.uses.order_by("position")]


def test_the_order_of_the_images_is_changed_by_keyboard(desk):
    article = open_illustrated(desk)

    move(desk, "Three", "up").focus()
    desk.keyboard.press("Enter")
    expect(move(desk, "Three", "up")).to_be_focused()
    expect(desk.get_by_text("Image 2 of 3")).to_be_attached()
    save(desk)

    assert order(article) == ["One", "Three", "Two"]


def test_the_order_of_the_images_is_changed_by_dragging(desk):
    # All rows are in sight: the driver would scroll with the button held, and take hold of another.
    desk.set_viewport_size({"width": 1280, "height": 3000})
    article = open_illustrated(desk)

    row(desk, "Three").locator("h3").drag_to(
        row(desk, "Two").locator("h3"), target_position={"x": 40, "y": 2}
    )
    save(desk)

    assert order(article) == ["One", "Three", "Two"]


def test_a_new_row_that_was_moved_up_is_saved_though_another_was_taken_away(desk):
    article, image = open_illustrated(desk), ImageFactory(description="Four")
    for _row in range(2):
        desk.get_by_text("Add another Image").click()
    desk.locator("#uses-3 .field-image .select2-selection").click()
    desk.locator(".select2-results__option", has_text="Four").click()
    for _step in range(2):
        desk.locator("#uses-3").get_by_role("button", name="Move up").click()

    desk.locator("#uses-4 .inline-deletelink").click()
    save(desk)

    assert order(article) == ["One", "Four", "Two", "Three"]
    assert article.uses.filter(image=image).exists()


def test_the_window_for_a_picture_keeps_the_words_about_it_in_sight(desk, context, tmp_path):
    picture = tmp_path / "tall.jpg"
    with ImageFactory().file.open() as file:
        picture.write_bytes(file.read())
    open_illustrated(desk)
    context.add_init_script(SMALL_WINDOW)
    desk.get_by_text("Add another Image").click()
    with desk.expect_popup() as opened:
        desk.locator("#uses-3 .related-widget-wrapper-link.add-related").click()
    popup = opened.value
    popup.set_viewport_size({"width": 800, "height": 500})
    popup.wait_for_load_state("networkidle")
    assert popup.evaluate("window.resized[0] > 800")

    popup.locator("input[name=file]").set_input_files(picture)

    expect(popup.locator(".focal-point img")).to_be_visible()
    bar = popup.locator(".submit-row").bounding_box()["y"]
    for name in WORDS:
        box = popup.locator(f"input[name={name}]").bounding_box()
        assert 0 <= box["y"] <= bar - box["height"], name

    popup.get_by_role("button", name="Save").click()
    expect(popup.get_by_text("Say who made the picture").first).to_be_visible()
    assert Image.objects.count() == len(NAMES) + 1


def test_a_row_shows_the_words_of_the_language_whose_tab_is_open(desk):
    article = story(title_en="A", title_es="B", images=[ImageFactory()])
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    captions = [desk.locator(f"#id_uses-0-caption_{code}") for code in ("en", "es")]
    expect(captions[0]).to_be_visible()
    expect(captions[1]).to_be_hidden()

    desk.get_by_role("tab", name="Español").click()
    expect(captions[0]).to_be_hidden()
    captions[1].fill("El puente")
    desk.get_by_text("Add another Image").click()
    added = desk.locator("#uses-1")
    expect(added.locator("#id_uses-1-caption_es")).to_be_visible()
    expect(added.locator("#id_uses-1-caption_en")).to_be_hidden()
    added.get_by_text("Remove").click()
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()

    use = article.uses.get()
    assert (use.caption_en or "", use.caption_es) == ("", "El puente")


def test_a_row_shows_the_picture_that_was_chosen_last(desk):
    open_illustrated(desk)

    assert "id='8'" in desk.evaluate(SHOWN)
