"""What is typed outlives the tab, the session and the server."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from newsroom.models import Autosave
from newsroom.users.models import User
from tests.factories import story
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "What you write is kept, and not saved yet."
AWAY = "The site does not answer. What you write is kept in this browser."
ENDED = "You are signed out. Sign in again and reload this page"
OFFER = "did not save it"
ADDRESS = "**/admin/autosave/?*"
MOVED = """new Promise((tell) => {
  // Parts of a form may move, what stands below the offers may not.
  const parts = (entry) => entry.sources.filter(({ node, previousRect, currentRect }) =>
    node?.matches?.("#content > *") && previousRect.y !== currentRect.y)
  new PerformanceObserver((list) => tell(list.getEntries().flatMap(parts).map(({ node }) => node.tagName)))
    .observe({ type: "layout-shift", buffered: true })
  setTimeout(() => tell([]), 500)
})"""


def open_story(page):
    article = Article.objects.first() or story(title_en="A", body_en="<p>One</p>")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    return page


def type_into_body(page, words):
    body = page.locator("#panel-en .body-editor__text")
    body.click()
    page.keyboard.type(words)
    return body


def close(page):
    """Close a tab whatever it asks."""
    page.close(run_before_unload=False)


def left(page):
    """Return what of the words of forms this browser holds."""
    return page.evaluate("Object.keys(localStorage).filter(n => n.startsWith('autosave'))")


def expect_nothing_left(page):
    # The driver waits for a function by evaluating its words again, which our policy does not let it.
    wait_until(lambda: not left(page))


def test_a_closed_tab_takes_no_word_with_it(desk, context, complaints):
    open_story(desk)
    type_into_body(desk, "Şeş ")
    expect(desk.get_by_text(KEPT)).to_be_visible()
    close(desk)

    again = open_story(complaints.listen(context.new_page()))
    again.get_by_role("button", name="Show it again").click()

    expect(again.locator("#panel-en .body-editor__text")).to_contain_text("Şeş")
    again.get_by_role("button", name="Save and continue editing").click()
    expect(again.get_by_text("was changed successfully")).to_be_visible()
    expect(again.get_by_text(OFFER)).to_have_count(0)
    assert "Şeş" in Article.objects.get().body_en


def test_words_typed_while_the_server_is_gone_are_offered_when_it_is_back(
    desk, context, complaints
):
    open_story(desk)
    desk.route(ADDRESS, lambda route: route.abort())
    desk.get_by_label("Headline").first.fill("Gone")
    expect(desk.get_by_text(AWAY)).to_be_visible()
    # Saving now would lead to an error of the browser's.
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("It cannot be saved now")).to_be_visible()
    close(desk)
    assert not Autosave.objects.exists()
    # The console says that an address did not answer.
    complaints.clear()

    again = open_story(complaints.listen(context.new_page()))
    expect(again.get_by_text(OFFER)).to_be_visible()
    again.get_by_role("button", name="Show it again").click()

    expect(again.get_by_label("Headline").first).to_have_value("Gone")
    assert left(again) == []


def test_a_save_waits_until_the_site_answers(desk, complaints):
    open_story(desk)
    desk.route(ADDRESS, lambda route: route.fulfill(status=503))
    desk.get_by_label("Headline").first.fill("Late")
    expect(desk.get_by_text(AWAY)).to_be_visible()
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("It cannot be saved now")).to_be_visible()
    complaints.clear()
    desk.unroute(ADDRESS)

    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert Article.objects.get().title_en == "Late"
    complaints.clear()


def test_words_of_a_tab_that_is_closed_at_once_are_offered_on_the_next_page(
    desk, context, complaints
):
    open_story(desk)
    # However long it takes from the first letter to the end.
    desk.route(ADDRESS, lambda route: None)
    desk.get_by_label("Headline").first.fill("At once")
    close(desk)
    assert not Autosave.objects.exists()

    early = complaints.listen(context.new_page())
    early.route(ADDRESS, lambda route: None)
    open_story(early)
    # The server has not been told yet, and nothing of the page has moved.
    expect(early.get_by_text(OFFER)).to_be_visible()
    assert early.evaluate(MOVED) == []
    close(early)

    again = complaints.listen(context.new_page())
    again.goto("/admin/")
    again.locator(".waiting").get_by_role("link", name="A").click()
    again.get_by_role("button", name="Show it again").click()

    expect(again.get_by_label("Headline").first).to_have_value("At once")
    expect_nothing_left(again)


def test_the_browser_keeps_what_was_not_saved_and_nothing_that_was(desk, complaints):
    open_story(desk)
    form = desk.url
    desk.route(form, lambda route: route.abort())
    desk.get_by_label("Headline").first.fill("Away")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("chrome-error://**")
    complaints.clear()
    desk.unroute(form)

    desk.goto(form)
    desk.get_by_role("button", name="Show it again").click()
    expect(desk.get_by_label("Headline").first).to_have_value("Away")
    desk.get_by_role("button", name="Save", exact=True).click()

    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    expect_nothing_left(desk)
    assert Article.objects.get().title_en == "Away"
    assert not Autosave.objects.filter(is_saved=False).exists()


def test_who_logs_out_leaves_no_word_in_the_browser_that_the_server_has(desk, complaints):
    open_story(desk)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.route(ADDRESS, lambda route: route.abort())
    desk.get_by_label("Headline").first.fill("Gone")
    expect(desk.get_by_text(AWAY)).to_be_visible()
    assert len(left(desk)) == 1
    complaints.clear()
    desk.unroute(ADDRESS)

    desk.get_by_role("button", name="Log out").click()

    expect(desk.get_by_role("heading", name="Logged out")).to_be_visible()
    assert left(desk) == []
    assert Autosave.objects.get().fields["title_en"] == ["Gone"]


def test_who_is_signed_out_is_told_so_and_finds_the_words_again(desk, context, complaints, sign_in):
    open_story(desk)
    context.clear_cookies(name="sessionid")
    desk.get_by_label("Headline").first.fill("Signed out")
    expect(desk.get_by_text(ENDED)).to_be_visible()
    expect(desk.get_by_text(AWAY)).to_have_count(0)
    assert not Autosave.objects.exists()

    sign_in(context, user=User.objects.get())
    again = open_story(complaints.listen(context.new_page()))
    again.get_by_role("button", name="Show it again").click()

    expect(again.get_by_label("Headline").first).to_have_value("Signed out")


def test_two_at_one_story_see_each_other(desk, new_profile, sign_in):
    story(title_en="A")
    other = new_profile()
    sign_in(other, "colleague")
    with desk.expect_response("**/admin/presence/**"):
        open_story(desk)

    second = open_story(other.new_page())

    expect(second.get_by_text("editor has this open, too.")).to_be_visible()


def test_words_go_to_the_server_one_after_the_other(desk):
    """Else what was typed first could come last, and take the place of what was typed then."""
    held = []
    desk.clock.install()
    open_story(desk)
    desk.route(ADDRESS, lambda route: held.append(route))
    title = desk.get_by_label("Headline").first

    title.fill("First")
    with desk.expect_request(ADDRESS):
        desk.clock.run_for(3_000)
    title.fill("Second")
    desk.clock.run_for(3_000)
    expect(title).to_have_value("Second")
    assert len(held) == 1
    held[0].continue_()
    expect(desk.get_by_text(KEPT)).to_be_visible()
    with desk.expect_request(ADDRESS) as second:
        desk.clock.run_for(3_000)

    assert "Second" in second.value.post_data
