"""A reader looks for a story, in three languages, in a browser that runs no script."""

import pytest
import time_machine
from playwright.sync_api import expect

from tests.articles.pages.search import corpus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(new_profile):
    return new_profile(java_script_enabled=False).new_page()


def test_a_story_is_found_in_three_languages_without_javascript(reader):
    with time_machine.travel(corpus.NOW, tick=False):
        corpus.build()

    reader.goto("/en/")
    reader.get_by_role("contentinfo").get_by_role("link", name="Search").click()
    reader.get_by_role("searchbox").fill("ferry lodz")
    reader.get_by_role("button", name="Search").click()
    expect(reader.get_by_role("status")).to_have_text("1 story")
    reader.get_by_role("searchbox").fill("feries")
    reader.get_by_role("searchbox").press("Enter")
    reader.get_by_role("main").get_by_role("link", name="ferries", exact=True).click()
    reader.get_by_role("main").get_by_role("link", name="2021").click()
    expect(reader.get_by_role("status")).to_have_text("1 story")

    reader.goto("/es/search/")
    reader.get_by_role("searchbox").fill("naciones")
    reader.get_by_role("searchbox").press("Enter")
    expect(reader.locator("mark").first).to_have_text("naciones")
    expect(reader.locator("mark").nth(1)).to_have_text("nación")

    reader.goto("/ar/search/?q=بحارة")
    expect(reader.locator("mark").first).to_have_text("البحارة")
    reader.locator(".result__link").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("إضراب البحارة")
