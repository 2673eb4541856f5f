"""A comment, from its writing to its appearance, as people with and without JavaScript do it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.actions import commenting
from articles.models import Comment, CommentRule
from newsroom.forms import open as open_forms
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

SENT = """(keys) => {
  const sent = []
  addEventListener("submit", (event) => {
    event.preventDefault()
    sent.push(event.submitter.value.split(":")[0])
  })
  for (const key of keys) document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
  return sent
}"""
"""What keys send that come before the next page."""

WORDS = "The bridge was closed before, in the flood of 1987."


@pytest.fixture
def edition(transactional_db, settings, live_server, monkeypatch):
    settings.SITE_URL = live_server.url
    # Nobody waits here: that a form may not be sent at once is shown in tests/articles/views/comment.
    monkeypatch.setattr(open_forms, "QUICK", -1)
    CommentRule.objects.create()
    at = timezone.now() - timedelta(hours=1)
    return factories.live_edition(title_en="A bridge is closed", at=at)


@pytest.fixture
def reader(new_profile):
    """A reader whose browser runs no script."""
    return new_profile(java_script_enabled=False).new_page()


def published(edition, words):
    comment = commenting.write(edition, name="Rana", words=words, sender="192.0.2.7")
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)
    return comment


def test_a_comment_is_written_held_approved_and_seen_without_javascript(
    edition, reader, page, sign_in
):
    reader.goto(edition.url)
    reader.get_by_text("Show comments").click()
    reader.get_by_role("link", name="Read the comments, or write one").click()
    reader.get_by_role("link", name="Write a comment").click()
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("alert")).to_contain_text("Write your comment first.")
    expect(reader.get_by_role("alert")).to_be_focused()
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_label("Your name")).to_be_focused()
    reader.keyboard.type("Ana")
    reader.get_by_label("Your comment").fill(WORDS)
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("status")).to_contain_text("reads it before it appears")
    own = reader.url
    reader.goto(edition.comments_url)
    expect(reader.get_by_text(WORDS)).to_have_count(0)

    sign_in(page.context)
    page.goto("/admin/articles/comment/")
    page.get_by_role("row").filter(has_text=WORDS).click()
    page.keyboard.press("p")
    expect(page.get_by_text("is now: Published.")).to_be_visible()

    reader.goto(edition.comments_url)
    expect(reader.get_by_text(WORDS)).to_be_visible()
    reader.goto(own)
    expect(reader.get_by_role("status")).to_contain_text("Everybody can read it now.")
    reader.get_by_text("Delete it").focus()
    for key in ("Enter", "Tab", "Enter"):
        reader.keyboard.press(key)
    expect(reader.get_by_role("status")).to_contain_text("It is deleted.")
    assert reader.context.cookies() == []


def test_comments_come_to_the_story_where_scripts_run(edition, page):
    published(edition, WORDS)

    page.goto(edition.url)
    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.get_by_text("Show comments").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("link", name="Answer").click()
    expect(page.get_by_role("heading", name="Answer Rana")).to_be_visible()
    assert page.url.endswith(f"/comments/write/?to={Comment.objects.get().pk}")


def test_keys_work_in_the_queue_alone(edition, page, sign_in):
    for number in range(4):
        commenting.write(edition, name="Rana", words=f"No {number}.", sender=f"192.0.2.{number}")
    sign_in(page.context)
    page.goto("/admin/articles/comment/")

    page.get_by_label("Search").fill("sssppp")
    assert Comment.objects.filter(state="pending").count() == 4
    page.get_by_role("row").filter(has_text="No 0.").click()
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_text("is now: Spam.")).to_be_visible()
    expect(page.locator("tr[data-current]")).to_contain_text("No 2.")
    page.keyboard.press("h")
    expect(page.get_by_text("is now: Hidden.")).to_be_visible()
    expect(page.locator("tr[data-current]")).to_contain_text("No 3.")
    page.keyboard.press("d")
    expect(page.get_by_text("is now: Deleted.")).to_be_visible()
    expect(page.locator("tr[data-current]")).to_contain_text("No 0.")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator("tr[data-current] input.action-select")).to_be_checked()

    states = dict(Comment.objects.values_list("words", "state"))
    assert states == {"No 0.": "pending", "No 1.": "spam", "No 2.": "hidden", "No 3.": "deleted"}


def test_a_key_that_comes_before_the_next_page_decides_nothing(edition, page, sign_in):
    for number in range(2):
        commenting.write(edition, name="Rana", words=f"No {number}.", sender=f"192.0.2.{number}")
    sign_in(page.context)
    page.goto("/admin/articles/comment/")
    page.get_by_role("row").filter(has_text="No 0.").click()

    assert page.evaluate(SENT, ["s", "h"]) == ["spam"]
