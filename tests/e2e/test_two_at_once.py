"""Two people at one story: whatever both wrote is kept, and a translation follows its source block by block."""

import re

import pytest
import reversion
from playwright.sync_api import expect

from articles.models import Article, Edition
from tests.e2e import audit
from tests.e2e.test_body_editor import click, editor, open_story, save, settle
from tests.factories import edition, story

pytestmark = pytest.mark.django_db(transaction=True)

CLASH = "[role=group].clash"


ASIDE = re.compile("/admin/(autosave|presence)/")


def leave_aside(context):
    """Answer in place of the server what pages tell it by themselves, which another save would have to wait for."""
    context.route(ASIDE, lambda route: route.fulfill(status=204))


@pytest.fixture(autouse=True)
def saves_one_by_one(context):
    leave_aside(context)


@pytest.fixture
def colleague(new_profile, sign_in, complaints):
    """The page of somebody else, who is signed in, too."""
    context = new_profile()
    leave_aside(context)
    sign_in(context, "colleague")
    return complaints.listen(context.new_page())


def both_open(article, *people):
    for person in people:
        person.goto(f"/admin/articles/article/{article.pk}/change/")
        # The tab that was used last is open.
        person.get_by_role("tab", name="English").click()
        expect(editor(person)).to_be_visible()


def add(person, after, words):
    """Type behind the last word of a paragraph."""
    click(person, editor(person).get_by_text(after))
    person.keyboard.press("End")
    person.keyboard.type(words)
    settle(person)


def test_what_two_people_write_at_once_is_merged_or_shown_to_the_second(desk, colleague):
    article = story(
        title_en="A",
        title_es="B",
        body_en="<p>The ferry.</p><p>The bridge.</p>",
        body_es="<p>b</p>",
    )
    with reversion.create_revision():
        article.save()

    # Different languages, and different paragraphs of one: nobody is asked.
    both_open(article, desk, colleague)
    add(desk, "The ferry.", " It sails.")
    save(desk)
    add(colleague, "The bridge.", " It holds.")
    colleague.get_by_role("tab", name="Español").click()
    colleague.locator("#id_title_es").fill("El puente")
    save(colleague)
    expect(colleague.locator(CLASH)).to_have_count(0)
    stored = Article.objects.get()
    assert (stored.title_en, stored.title_es) == ("A", "El puente")
    assert words(stored) == ["The ferry. It sails.", "The bridge. It holds."]

    # The same sentence: the second sees what it was, what is saved by now and the own words, and chooses.
    both_open(article, desk, colleague)
    add(desk, "The bridge.", " Open.")
    save(desk)
    add(colleague, "The bridge.", " Closed.")
    colleague.get_by_role("button", name="Save and continue editing").click()
    clash = colleague.locator(CLASH)
    was, theirs, mine = (clash.locator(".clash__text").nth(number) for number in range(3))
    expect(was).to_have_text("The bridge. It holds.")
    expect(theirs).to_contain_text("The bridge. It holds. Open.")
    expect(mine).to_contain_text("The bridge. It holds. Closed.")
    assert words(Article.objects.get())[1].endswith("Open.")
    assert audit.faults(colleague, widths=(390, 1440)) == []

    # On a phone the bar of buttons stands over no choice that is open.
    colleague.set_viewport_size({"width": 390, "height": 800})
    bar = colleague.locator(".submit-row")
    expect(bar).to_have_css("position", "static")
    clash.get_by_role("radio", name="Both, one after the other").check()
    expect(bar).to_have_css("position", "sticky")
    save(colleague)

    merged = words(Article.objects.get())
    assert merged[0] == "The ferry. It sails."
    assert all(any(sentence in line for line in merged) for sentence in ("Open.", "Closed."))


def words(article):
    return [part.split("<p>")[1] for part in article.body_en.split("</p>") if "<p>" in part]


def test_a_change_of_the_source_is_found_and_rewritten_by_the_keyboard(desk):
    article = story(
        live=["en", "es"],
        title_en="The ferry",
        title_es="El ferri",
        body_en="<p>It sails at nine.</p><p>It takes ten cars.</p>",
        body_es="<p>Zarpa a las nueve.</p><p>Lleva diez coches.</p>",
    )
    open_story(desk, article)
    add(desk, "It takes ten cars.", " And bicycles.")
    save(desk)
    assert edition(article, "es").blocks_behind == 1

    desk.goto(f"/admin/articles/article/{article.pk}/side-by-side/es/")
    behind = desk.locator(".pair--behind")
    expect(behind).to_have_count(1)
    expect(behind.locator("ins")).to_have_text("And bicycles.")
    number = int(behind.get_attribute("id").removeprefix("block-"))
    desk.get_by_label("Headline", exact=True).focus()
    for _block in range(number - 1):
        desk.keyboard.press("Alt+ArrowDown")
    expect(behind.locator("[contenteditable=true]")).to_be_focused()
    settle(desk)
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Y bicicletas.")
    desk.keyboard.press("Alt+Enter")
    desk.get_by_role("button", name="Save", exact=True).last.press("Enter")

    expect(desk.get_by_text("0 behind")).to_be_visible()
    expect(behind).to_have_count(0)
    assert Edition.objects.get(article=article, language="es").blocks_behind == 0
    desk.goto(edition(article, "es").url)
    expect(desk.locator(".article-body")).to_contain_text("Lleva diez coches. Y bicicletas.")
