"""A promotion in a reader's browser: it ends on a kept page, can be skipped, and moves nothing."""

import pytest
import time_machine
from playwright.sync_api import expect

from tests.factories import ImageFactory, promotion, story
from tests.newsroom.pagecache.answering import cache

pytestmark = pytest.mark.django_db(transaction=True)

HEIGHT = "document.querySelector('.promotion').getBoundingClientRect().height"


@pytest.fixture
def kept(live_server):
    """Put a page cache before the server of the browser."""
    server = live_server.thread.httpd
    application = server.get_app()
    server.set_app(cached := cache(application))
    yield cached
    server.set_app(application)


@pytest.fixture
def url():
    return story(live=["en"]).editions.get().url


def test_a_promotion_that_ends_is_gone_from_a_page_that_is_kept(page, kept, url):
    made = promotion(title_en="A book launch")
    kept.log.sync()
    page.goto(url)
    shown = page.get_by_role("complementary", name="Promotion A book launch")
    expect(shown).to_be_visible()
    assert "; hit" in page.reload().headers["cache-status"]
    expect(shown).to_be_visible()

    with time_machine.travel(made.ends_at):
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(shown).to_have_count(0)


def test_the_keyboard_goes_past_a_promotion_by_its_first_link(page, url):
    promotion(title_en="A book launch", link="https://example.org/tickets")
    page.goto(url)
    skip = page.get_by_role("link", name="Skip the promotion")

    skip.focus()
    assert skip.bounding_box()["height"] > 20
    page.keyboard.press("Enter")

    expect(page.locator("#after-promotion")).to_be_focused()


def test_a_picture_that_comes_late_moves_nothing(page, url):
    poster = ImageFactory(file__width=600, file__height=900)
    promotion(title_en="A book launch", image=poster)
    page.route("**/originals/**", lambda route: None)
    page.goto(url, wait_until="domcontentloaded")
    expect(page.locator(".promotion")).to_have_css("display", "grid")
    # Words are as wide as their letters, which come by themselves.
    page.evaluate("document.fonts.ready")
    before = page.evaluate(HEIGHT)

    page.unroute("**/originals/**")
    page.goto(url)
    page.locator(".promotion img").scroll_into_view_if_needed()
    page.evaluate("document.fonts.ready")

    assert before > 200
    assert page.evaluate(HEIGHT) == before
