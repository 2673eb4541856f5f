"""The rows of corrections on the page of a story: who writes them, and what becomes of what two people write."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import correcting
from articles.models import Correction, Event
from tests import factories
from tests.articles.admin.conftest import Desk

# What is asked is what a form takes and shows; both databases keep the same rows.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

CHANGE = "articles_article_change"
NEW = {"corrections-TOTAL_FORMS": "1", "corrections-0-kind": "correction"}


@pytest.fixture
def desk():
    return Desk(factories.UserFactory(is_staff=True, is_superuser=True))


@pytest.fixture
def article():
    return factories.story(live=["en", "es"], at=timezone.now() - timedelta(days=2))


def record(article, **notes):
    return correcting.record(article, notes, by=correcting.SYSTEM)


def test_a_new_row_is_told_in_the_languages_that_have_a_note(desk, article):
    desk.save(CHANGE, article.pk, fields=NEW | {"corrections-0-note_en": "It was 400."})

    correction = Correction.objects.get()
    assert (correction.note_en, correction.by) == ("It was 400.", desk.user)
    assert not correction.note_es
    assert factories.edition(article).corrections
    assert factories.edition(article, "es").modified_at is None
    assert "There is no note yet in: Español." in desk.open(CHANGE, article.pk).content.decode()


def test_a_translator_adds_the_note_of_her_language_later(desk, article):
    record(article, en="It was 400.")
    desk.save(CHANGE, article.pk, fields={"corrections-0-note_es": "Eran 400."})

    assert Correction.objects.get().note_en == "It was 400."
    assert factories.edition(article, "es").corrections[0][3] == "Eran 400."


def test_a_save_that_changes_no_row_writes_none(desk, article):
    record(article, en="It was 400.")
    before = Event.objects.count(), factories.edition(article).modified_at
    desk.save(CHANGE, article.pk, fields={})
    desk.save(CHANGE, article.pk, fields={"title_es": "La marea"})

    assert (Event.objects.count(), factories.edition(article).modified_at) == before


def test_a_row_without_any_note_is_not_taken_and_one_that_is_removed_is_gone(desk, article):
    refused = desk.save(CHANGE, article.pk, fields=NEW | {"corrections-0-kind": "clarification"})
    assert "Say what was wrong in one language at least" in refused.content.decode()
    assert not Correction.objects.exists()

    record(article, en="It was 400.")
    desk.save(CHANGE, article.pk, fields={"corrections-0-DELETE": "on"})
    assert not Correction.objects.exists()
    assert factories.edition(article).corrections is None


def test_two_who_reword_one_note_see_what_the_other_wrote(desk, article):
    correction = record(article, en="It was 400.")
    opened = desk.form(CHANGE, article.pk)
    correcting.save(correction, {"en": "It was 40."}, by=correcting.SYSTEM)
    answer = desk.save(
        CHANGE, article.pk, form=opened, fields={"corrections-0-note_en": "It was 44."}
    )

    assert Correction.objects.get().note_en == "It was 40."
    assert "It was <del>400</del><ins>40</ins>." in answer.content.decode()


def test_a_language_that_somebody_else_wrote_meanwhile_stays(desk, article):
    correction = record(article, en="It was 400.")
    opened = desk.form(CHANGE, article.pk)
    correcting.save(correction, {"es": "Eran 400."}, by=correcting.SYSTEM)
    desk.save(CHANGE, article.pk, form=opened, fields={"corrections-0-note_en": "It was 44."})

    told = Correction.objects.get()
    assert (told.note_en, told.note_es) == ("It was 44.", "Eran 400.")


def test_a_story_that_nobody_has_read_has_no_rows(desk):
    draft = factories.story(title_en="The tide", body_en="<p>A</p>")

    assert "corrections-TOTAL_FORMS" not in desk.form(CHANGE, draft.pk).values


def test_a_writer_sees_what_readers_were_told_and_changes_nothing(editor, writer):
    article = factories.story(live=["en"], authors=[factories.AuthorFactory(user=writer.user)])
    record(article, en="It was 400.")
    page = writer.open(CHANGE, article.pk).content.decode()

    assert "It was 400." in page
    assert "corrections-0-note_en" not in page
    assert "corrections-0-note_en" in editor.open(CHANGE, article.pk).content.decode()
