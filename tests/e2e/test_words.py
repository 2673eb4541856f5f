"""What a person wrote is never lost: a session that ended, an old page, and two editors of one story."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Tag
from articles.texts import column
from tests.e2e.test_two_at_once import leave_aside
from tests.factories import PASSWORD, ImageFactory, UserFactory, story

pytestmark = pytest.mark.django_db(transaction=True)

TABS = {"en": "English", "es": "Español"}


@pytest.fixture
def article():
    return story(title_en="A", title_es="B", body_en="<p>One.</p>", images=[ImageFactory()])


@pytest.fixture
def plain_desk(new_profile, sign_in):
    """A desk whose browser runs no script."""
    context = new_profile(java_script_enabled=False)
    sign_in(context)
    return context.new_page()


def open_story(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(page.locator("#panel-es")).to_be_attached()


def has_scripts(page):
    return page.get_by_role("tablist", name="Languages").count() > 0


def show(page, language):
    if has_scripts(page):
        page.get_by_role("tab", name=TABS[language]).click()


def body(page, language):
    """Return where the body is written: the editor, or the field under it without scripts."""
    if has_scripts(page):
        return page.locator(f"#panel-{language} .ProseMirror[contenteditable=true]")
    return page.locator(f"#id_body_{language}")


def write(page, language, words):
    """Write a headline, a body and a caption."""
    show(page, language)
    page.locator(f"#id_title_{language}").fill(f"{words} headline")
    body(page, language).fill(f"{words} body")
    page.locator(f"#id_uses-0-caption_{language}").fill(f"{words} caption")


def expect_in_form(page, language, words):
    expect(page.locator(f"#id_title_{language}")).to_be_attached()
    page.wait_for_load_state()
    show(page, language)
    expect(page.locator(f"#id_title_{language}")).to_have_value(f"{words} headline")
    if has_scripts(page):
        expect(body(page, language)).to_have_text(f"{words} body")
    expect(page.locator(f"#id_uses-0-caption_{language}")).to_have_value(f"{words} caption")


def save(page):
    page.get_by_role("button", name="Save and continue editing").locator("visible=true").click()


def is_stored(article, language, words):
    saved = Article.objects.get(pk=article.pk)
    use = saved.uses.get()
    texts = [getattr(saved, column(name, language)) for name in ("title", "body")]
    texts.append(getattr(use, column("caption", language)))
    return texts == [f"{words} headline", f"<p>{words} body</p>", f"{words} caption"]


def lose_session():
    Session.objects.all().delete()


def log_in(page, username, password=PASSWORD):
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("kind", ["desk", "plain_desk"])
def test_words_of_two_languages_outlive_the_session(request, article, kind):
    page = request.getfixturevalue(kind)
    open_story(page, article)
    write(page, "en", "English")
    write(page, "es", "Spanish")

    lose_session()
    save(page)
    expect(page.get_by_text("What you wrote is not lost")).to_be_visible()
    log_in(page, "editor", "a wrong password")
    expect(page.get_by_text("What you wrote is not lost")).to_be_visible()
    log_in(page, "editor")

    expect(page.get_by_text("You were signed out while you wrote.")).to_be_visible()
    expect_in_form(page, "en", "English")
    expect_in_form(page, "es", "Spanish")
    assert Article.objects.get().title_en == "A"
    save(page)
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert is_stored(article, "en", "English")
    assert is_stored(article, "es", "Spanish")


def test_two_tabs_lose_their_session_and_neither_loses_its_words(desk, complaints, article):
    other = complaints.listen(desk.context.new_page())
    open_story(desk, article)
    write(desk, "en", "English")
    other.goto("/admin/articles/tag/add/")
    other.locator("#id_name").fill("Raqqa")

    lose_session()
    save(desk)
    save(other)
    log_in(desk, "editor")
    expect_in_form(desk, "en", "English")
    log_in(other, "editor")
    expect(other.locator("#id_name")).to_have_value("Raqqa")
    for page in (desk, other):
        save(page)
        expect(page.locator(".messagelist .success")).to_be_visible()

    assert is_stored(article, "en", "English")
    assert Tag.objects.get().name == "Raqqa"


def test_nobody_else_is_given_the_words(desk, article):
    UserFactory(username="other", is_staff=True, is_superuser=True)
    open_story(desk, article)
    write(desk, "en", "English")

    lose_session()
    save(desk)
    log_in(desk, "other")
    expect(desk.get_by_text("Only editor can log in here")).to_be_visible()
    log_in(desk, "editor")

    expect_in_form(desk, "en", "English")


def test_an_old_page_gives_its_words_back(desk, article):
    # The console complains of what the server refuses.
    leave_aside(desk.context)
    open_story(desk, article)
    write(desk, "es", "Spanish")

    desk.context.clear_cookies(name="csrftoken")
    save(desk)

    expect(desk.get_by_text("What you wrote is here.")).to_be_visible()
    expect_in_form(desk, "es", "Spanish")
    save(desk)
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert is_stored(article, "es", "Spanish")


# --- Two editors of one story ---


@pytest.fixture
def second_desk(new_profile, sign_in, complaints):
    context = new_profile()
    sign_in(context, "second")
    return complaints.listen(context.new_page())


@pytest.mark.parametrize(("choice", "kept"), [("Save mine", "Mine"), ("Keep what is", "Theirs")])
def test_two_editors_of_one_field_are_shown_both_texts(desk, second_desk, article, choice, kept):
    for page in (desk, second_desk):
        open_story(page, article)
    desk.locator("#id_uses-0-caption_en").fill("Their caption")
    show(desk, "es")
    desk.locator("#id_title_es").fill("Theirs")
    save(desk)
    expect(desk.get_by_text("was changed successfully")).to_be_visible()

    second_desk.locator("#id_title_en").fill("My English")
    show(second_desk, "es")
    second_desk.locator("#id_uses-0-caption_es").fill("My caption")
    second_desk.locator("#id_title_es").fill("Mine")
    show(second_desk, "en")
    save(second_desk)

    clash = second_desk.get_by_role("group", name="Changed here and elsewhere")
    expect(clash).to_have_count(1)
    expect(clash).to_be_visible()
    expect(second_desk.get_by_role("tab", name="Español")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(clash).to_contain_text("editor has changed this, too")
    expect(clash.locator(".clash__text")).to_have_text(["Theirs", "Mine"])
    clash.get_by_text(choice).click()
    save(second_desk)
    expect(second_desk.get_by_text("was changed successfully")).to_be_visible()
    saved, use = Article.objects.get(pk=article.pk), article.uses.get()
    assert (saved.title_es, saved.title_en) == (kept, "My English")
    assert (use.caption_en, use.caption_es) == ("Their caption", "My caption")


def test_two_texts_of_a_narrow_field_stand_inside_its_column(desk, article):
    open_story(desk, article)
    Article.objects.update(source_language="pt")

    desk.locator("#id_source_language").select_option("es")
    save(desk)

    clash = desk.locator(".story__side .clash")
    expect(clash).to_be_visible()
    # Before all style sheets have come, everything has another width.
    desk.wait_for_load_state()
    column_width = desk.locator("#id_source_language").bounding_box()["width"]
    assert clash.bounding_box()["width"] == pytest.approx(column_width, abs=2)
    assert clash.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_going_back_after_a_save_makes_no_second_story(desk):
    desk.goto("/admin/articles/article/add/")
    desk.locator("#id_title_en").fill("The ferry")
    save(desk)
    desk.wait_for_url("**/change/")

    desk.go_back()
    expect(desk.locator("#id_title_en")).to_have_value("The ferry")
    save(desk)
    expect(desk.get_by_text("It was saved once, as “The ferry”.")).to_be_visible()

    desk.go_back()
    desk.locator("#id_title_en").fill("The ferry sails")
    save(desk)
    expect(desk.get_by_text("This form has made “The ferry” already")).to_be_visible()
    assert Article.objects.count() == 1

    expect(desk.locator("#id_title_en")).to_have_value("The ferry sails")
    save(desk)
    desk.wait_for_url("**/change/")
    assert Article.objects.count() == 2
