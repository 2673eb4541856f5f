"""The menu of the public pages by keyboard in a real browser: nothing that is focused is hidden, and Escape closes it."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.factories import CategoryFactory, story

pytestmark = pytest.mark.django_db(transaction=True)

COVERED = """links => {
  const edge = links[0].closest(".navigation__line").getBoundingClientRect()
  return links.filter(link => {
    const {left, right, top, bottom} = link.getBoundingClientRect()
    if (left < edge.left || right > edge.right) return false
    return !link.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))
  }).map(link => link.textContent)
}"""

BEYOND = 6
"""Stops of the keyboard behind the menu that are looked at."""

FOCUSED = """async () => {
  await new Promise(requestAnimationFrame)
  const at = document.activeElement, box = at.getClientRects()[0]
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  const isInMenu = !!at.closest("[popover]")
  return {words: at.textContent.trim(), isInMenu, isCovered: !isInMenu && !!top?.closest("[popover]")}
}"""


@pytest.fixture
def front(page):
    middle_east = CategoryFactory(name_en="Middle East")
    for number in range(BEYOND):
        region = CategoryFactory(name_en=f"Region {number}", parent=middle_east)
        story(live=["en"], title_en=f"Story {number}", categories=[region])
    page.goto("/en/")
    return page


def stops(page):
    """Press Tab through the menu and on, and yield what the keyboard is on."""
    beyond = 0
    while beyond < BEYOND:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        beyond += not stop["isInMenu"]
        yield stop


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_what_the_keyboard_is_on_is_seen_while_the_menu_is_open(front, width):
    front.set_viewport_size({"width": width, "height": 400})
    front.get_by_role("button", name="Menu").focus()
    front.keyboard.press("Enter")
    assert front.evaluate(FOCUSED)["words"] == "Close"

    seen = list(stops(front))

    assert [stop["isInMenu"] for stop in seen[:BEYOND]] == [True] * BEYOND
    assert [stop["words"] for stop in seen if stop["isCovered"]] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_what_the_keyboard_is_on_is_seen_from_right_to_left_too(page, width):
    for number in range(BEYOND):
        region = CategoryFactory(name_ar=f"منطقة {number}", name_en=f"Region {number}")
        story(live=["ar"], title_ar=f"خبر {number}", categories=[region])
    page.set_viewport_size({"width": width, "height": 400})
    page.goto("/ar/")
    page.locator(".navigation__button").focus()
    page.keyboard.press("Enter")

    seen = list(stops(page))

    assert [stop["isInMenu"] for stop in seen[:BEYOND]] == [True] * BEYOND
    assert [stop["words"] for stop in seen if stop["isCovered"]] == []


def test_escape_closes_the_menu_and_leads_back_to_where_it_was_opened(front):
    menu = front.get_by_role("navigation", name="Menu")
    front.get_by_role("button", name="Menu").focus()
    front.keyboard.press("Enter")
    expect(menu).to_be_visible()

    front.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    expect(front.get_by_role("button", name="Menu")).to_be_focused()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_line_of_a_phone_begins_where_the_page_is_and_nothing_lies_over_a_link(page, code):
    places = [
        CategoryFactory(name_en=f"A place with a name, {number}", position=number)
        for number in range(9)
    ]
    for place in places:
        edition = factories.live_edition(code, categories=[place])
        if place is places[4]:
            url = edition.url
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(url)

    line, here = page.locator(".navigation__line"), page.locator(".navigation__line [aria-current]")
    expect(here).to_have_attribute("aria-current", "true")
    expect(here).to_have_text(places[4].name_en)
    expect(here).to_be_in_viewport(ratio=1)
    assert line.locator("a").evaluate_all(COVERED) == []
    around, box = line.bounding_box(), here.bounding_box()
    assert around["x"] <= box["x"]
    assert box["x"] + box["width"] <= around["x"] + around["width"]
