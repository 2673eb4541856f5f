"""The working day on the first page: what waits for whom, and what it costs."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.actions import assigning, publishing, writing
from articles.admin.desk.day import day
from tests.articles.admin.conftest import Desk
from tests.factories import AuthorFactory, ImageFactory, edition, story

pytestmark = pytest.mark.django_db

MORNING = datetime(2030, 6, 1, 9, tzinfo=ZoneInfo("UTC"))


NOTHING = [("Stories that nobody has in hand", "")]


def told(desk):
    return {waiting.heading: waiting for waiting in day(desk.user, at=MORNING)}


def words(waiting):
    return [(entry.words, entry.note.partition(" · ")[0]) for entry in waiting.entries]


def test_an_editor_sees_what_waits_and_nothing_that_is_empty(
    editor, writer, second_editor, time_machine
):
    time_machine.move_to(MORNING, tick=False)
    editor = Desk(editor.user)  # whose login is of this morning
    assert words(told(editor)["In my hands"]) == NOTHING
    own = AuthorFactory(user=editor.user)
    story(title_en="Mine", title_es="Mío", authors=[own])
    held = story(live=["en"], title_en="Held")
    assigning.assign(held, "es", to=editor.user, by=second_editor.user)
    handed = story(title_en="Handed", source_language="en")
    publishing.submit(edition(handed), by=None)
    source = story(live=["en", "es"], title_en="Source", body_en="<p>a</p>", title_es="Fuente")
    source.body_en = "<p>b</p>"
    writing.save(source)
    for hours in (2, 16):
        story(live=["en"], at=MORNING + timedelta(hours=hours), title_en=f"In {hours}")
    gap = ImageFactory(file="", description="Lost")

    lists = told(editor)

    assert [entry.attributes["lang"] for entry in lists["My drafts"].entries] == ["es", "en"]
    assert {heading: words(waiting) for heading, waiting in lists.items()} == {
        "My drafts": [("Mío", "Español"), ("Mine", "English")],
        "In my hands": [("Held", "Español")],
        "For review": [("Handed", "English")],
        "Behind its source": [("Fuente", "Español")],
        "Scheduled today": [("In 2", "English")],
        "Missing file": [("Lost", "")],
    }
    for waiting in lists.values():
        # Where all of them stand shows as much as was counted.
        listed = editor.client.get(waiting.url).context_data
        # Two languages of one story that wait are two entries of the day, and one story of the list.
        stories = {entry.url.partition("#")[0] for entry in waiting.entries}
        assert len(listed["cl"].result_list if "cl" in listed else listed["rows"]) == len(stories)
    assert editor.client.get(lists["Missing file"].entries[0].url).context_data["original"] == gap
    assert words(told(writer)["In my hands"]) == NOTHING
    leads = told(writer)["In my hands"].entries[0].url
    assert editor.client.get(leads).context_data["rows"]


def test_whoever_has_nothing_in_hand_reads_so_before_the_link_to_what_nobody_has(writer):
    page = writer.client.get("/admin/").text

    sentence, link = map(page.index, ("Nothing is in your hands yet.", NOTHING[0][0]))
    assert sentence < link
    assert '<ul class="day__ways">' in page


def test_a_draft_under_the_headline_of_another_language_names_that_language(editor):
    mine = story(title_en="Mine", title_es="Mío")
    arabic = story(title_ar="لي", source_language="es")
    nameless = story(body_en="<p>Nameless</p>")
    for article, code in ((mine, "es"), (mine, "pt"), (arabic, "es"), (nameless, "en")):
        assigning.assign(article, code, to=editor.user, by=editor.user)

    shown = {
        (entry.note, entry.words): (entry.attributes["lang"], entry.borrowed)
        for entry in told(editor)["In my hands"].entries
    }

    assert shown == {
        ("Español", "Mío"): ("es", ""),
        ("Português", "Mine"): ("en", "headline in English"),
        ("Español", "لي"): ("ar", "headline in العربية"),
        ("English", f"#{nameless.pk}"): ("en", ""),
    }
    assert "<bdi>headline in English</bdi>" in editor.client.get("/admin/").text


def test_the_first_page_costs_the_same_with_one_entry_as_with_many(
    editor, django_assert_max_num_queries
):
    own = AuthorFactory(user=editor.user)
    for number in range(10):
        draft = story(title_en=f"Draft {number}", authors=[own])
        assigning.assign(draft, "es", to=editor.user, by=editor.user)
        publishing.submit(edition(story(title_en=f"Handed {number}")), by=None)
        ImageFactory(file="")

    with django_assert_max_num_queries(26):
        page = editor.client.get("/admin/").text

    assert page.count('class="day__note"') == 3 * 8
    assert page.count('<span class="day__number">10</span>') == 4
