"""The desk by its keys, in both directions."""

import pytest
from playwright.sync_api import expect

from articles.models import Assignment
from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = """([key, code]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { bubbles: true, key, code }))"""

WAYS = [
    ("en", "ArrowRight", "ArrowLeft", ("c", "x")),
    # What an Arabic keyboard writes by the same keys.
    ("ar", "ArrowLeft", "ArrowRight", ("ؤ", "ء")),
]


@pytest.mark.parametrize(("language", "forward", "back", "letters"), WAYS)
def test_the_desk_is_worked_by_its_keys(language, forward, back, letters, new_profile, sign_in):
    context = new_profile(locale=language)
    sign_in(context)
    desk = context.new_page()
    first, second = (story(live=["en"], title_en=title) for title in "AB")
    desk.goto("/admin/articles/assignment/")
    rows = desk.locator(".desk__table tbody tr")
    expect(rows).to_have_count(2)

    def is_at(row, column):
        expect(rows.nth(row).locator(".desk__link").nth(column)).to_be_focused()

    def press(letter):
        desk.evaluate(LETTER, [letters["cx".index(letter)], f"Key{letter.upper()}"])

    rows.first.locator(".desk__link").first.focus()
    for key, row, column in [
        (back, 0, 0),
        ("ArrowUp", 0, 0),
        (forward, 0, 1),
        ("ArrowDown", 1, 1),
        (forward, 1, 2),
        (back, 1, 1),
    ]:
        desk.keyboard.press(key)
        is_at(row, column)
    assert desk.locator(".desk__link[tabindex='0']").count() == 1

    name = rows.nth(1).locator("td").nth(1).get_attribute("id")
    for verb, number in (("release", 1), ("claim", 0)):
        press("c")
        expect(desk.locator(f"#{name} [name={verb}]")).to_be_visible()
        is_at(1, 1)
        assert Assignment.objects.count() == number
    press("x")
    expect(rows.nth(1).get_by_role("checkbox")).to_be_checked()
    expect(rows.nth(0).get_by_role("checkbox")).not_to_be_checked()
    chosen = rows.nth(1).get_by_role("checkbox").get_attribute("value")
    desk.locator("[name=choose]").press("Enter")

    expect(desk.locator(".bulk__form")).to_be_visible()
    assert desk.locator(".bulk__form [name=story]").input_value() == chosen
    assert int(chosen) in {first.pk, second.pk}
