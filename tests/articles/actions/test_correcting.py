"""Corrections: who tells readers what was wrong, in which language, and what follows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from reversion.models import Version

from articles.actions import correcting, pairing, publishing, restoring, writing
from articles.models import Article, Correction, Event, Item, Join
from articles.texts import column
from newsroom.db import locks
from tests import factories

# Every database gives back what it was given: what is asked here is who may say what, and what follows.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

OUT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = OUT + timedelta(days=3)
SYSTEM = publishing.SYSTEM


@pytest.fixture
def article():
    return factories.story(live=["en", "es"], at=OUT)


def record(article, *, now=NOW, by=SYSTEM, **notes):
    return correcting.record(article, notes, by=by, now=now)


def told(article, language):
    """Return what readers of a language are told, as (kind, note)."""
    return [row[1::2] for row in factories.edition(article, language).corrections or ()]


def updated(article):
    return dict(article.editions.values_list("language", "modified_at"))


def test_a_note_is_told_in_its_language_and_moves_its_time_of_change_alone(article):
    record(article, en="It was  400,\nnot 4000.")

    assert told(article, "en") == [["correction", "It was 400, not 4000."]]
    assert told(article, "es") == []
    assert updated(article) == {"en": NOW, "es": None}


def test_a_second_language_gets_its_own_note_later_and_the_first_stays(article):
    correction = record(article, en="It was 400.")
    later = NOW + timedelta(hours=5)
    correcting.save(correction, {"es": "Eran 400."}, by=SYSTEM, now=later)

    assert told(article, "en") == [["correction", "It was 400."]]
    assert told(article, "es") == [["correction", "Eran 400."]]
    assert updated(article) == {"en": NOW, "es": later}
    assert Correction.objects.get().published_at == NOW


def test_a_second_correction_stands_first_and_its_time_follows_the_one_before(article):
    record(article, en="It was 400.")
    later = NOW + timedelta(days=1)
    record(article, en="The name is Ana.", now=later)

    edition = factories.edition(article)
    assert [note for _kind, note in told(article, "en")] == ["The name is Ana.", "It was 400."]
    assert (edition.modified_at, edition.earlier_changes) == (later, [NOW.isoformat()])


def test_what_says_nothing_new_writes_nothing(article):
    correction = record(article, en="It was 400.")
    before = updated(article), Event.objects.count(), Item.objects.get(language="en").version

    correcting.save(correction, {"en": " It was  400."}, by=SYSTEM, now=NOW + timedelta(hours=9))

    assert (
        updated(article),
        Event.objects.count(),
        Item.objects.get(language="en").version,
    ) == before


def test_another_kind_is_told_everywhere_and_dates_no_change(article):
    correction = record(article, en="It was 400.", es="Eran 400.")
    correction.kind = correcting.Kind.CLARIFICATION
    correcting.save(correction, {}, by=SYSTEM, now=NOW + timedelta(days=1))

    assert told(article, "es") == [["clarification", "Eran 400."]]
    assert updated(article) == {"en": NOW, "es": NOW}


def test_a_note_that_is_emptied_goes_from_its_language_and_the_last_one_cannot(article):
    correction = record(article, en="It was 400.", es="Eran 400.")
    correcting.save(correction, {"es": ""}, by=SYSTEM)
    assert (told(article, "en"), told(article, "es")) == ([["correction", "It was 400."]], [])

    with pytest.raises(ValidationError):
        correcting.save(correction, {"en": ""}, by=SYSTEM)
    assert told(article, "en")


def test_one_that_is_taken_back_is_gone_in_every_language(article):
    first = record(article, en="It was 400.", es="Eran 400.")
    record(article, en="The name is Ana.", now=NOW + timedelta(days=1))
    correcting.take_back(first, by=SYSTEM)
    correcting.take_back(first, by=SYSTEM)

    assert told(article, "en") == [["correction", "The name is Ana."]]
    assert factories.edition(article, "es").corrections is None


def test_only_who_may_publish_tells_readers_of_a_mistake(article):
    writer = factories.UserFactory()
    with pytest.raises(PermissionDenied):
        record(article, en="It was 400.", by=writer)
    correction = record(article, en="It was 400.", by=factories.UserFactory(is_superuser=True))
    with pytest.raises(PermissionDenied):
        correcting.take_back(correction, by=writer)

    assert correction.by is not None
    assert Event.objects.filter(verb="correct").get().language == "en"


@pytest.mark.parametrize(
    ("live", "at"), [([], None), (["en"], NOW + timedelta(days=900))], ids=["draft", "scheduled"]
)
def test_a_story_that_nobody_has_read_has_nothing_to_correct(live, at):
    article = factories.story(live=live, at=at, title_en="The tide")

    with pytest.raises(ValidationError):
        record(article, en="It was 400.")
    assert not Correction.objects.exists()


def test_a_withdrawn_story_can_be_corrected_and_is_told_once_it_is_back(article):
    edition = factories.edition(article)
    publishing.withdraw(edition, by=SYSTEM, reason="It was not so.")
    record(article, en="It was 400.")

    assert told(article, "en") == [["correction", "It was 400."]]
    assert updated(article)["en"] is None


def test_it_is_dated_when_readers_were_told_and_never_in_the_future(article):
    before, later = NOW - timedelta(days=1), NOW + timedelta(days=1)
    assert correcting.record(article, {"en": "A"}, by=SYSTEM, at=before, now=NOW).published_at == (
        before
    )
    with pytest.raises(ValidationError):
        correcting.record(article, {"en": "A"}, by=SYSTEM, at=later, now=NOW)


def test_a_note_waits_for_the_edition_of_its_language(article):
    record(article, en="It was 400.", pt="Eram 400.")
    article = Article.objects.get(pk=article.pk)
    article.title_pt = "A maré"
    writing.save(article)

    assert told(article, "pt") == [["correction", "Eram 400."]]


def test_who_was_given_the_story_before_is_told_of_another_version(article):
    before = Item.objects.get(language="en").version
    record(article, en="It was 400.")

    assert Item.objects.get(language="en").version == before + 1
    assert Item.objects.get(language="es").version == 1


def test_what_is_missing_is_named_for_languages_that_readers_have(article):
    correction = record(article, en="It was 400.")

    assert correcting.lacking(correction, at=NOW) == ["es"]
    correction = correcting.save(correction, {"es": "Eran 400."}, by=SYSTEM)
    assert correcting.lacking(correction, at=NOW) == []


def test_two_stories_that_are_joined_keep_their_corrections_and_part_with_them(article):
    other = factories.story(live=["pt"], source_language="pt", at=OUT)
    mine, theirs = record(article, en="It was 400."), record(other, pt="Eram 400.")
    editor = factories.UserFactory(is_superuser=True)

    pairing.join(article, other, by=editor)
    assert set(article.corrections.all()) == {mine, theirs}
    assert told(article, "pt") == [["correction", "Eram 400."]]
    assert told(article, "en") == [["correction", "It was 400."]]

    parted = pairing.part(Join.objects.get(), by=editor)
    assert list(parted.corrections.all()) == [theirs]
    assert told(parted, "pt") == [["correction", "Eram 400."]]
    assert told(article, "en") == [["correction", "It was 400."]]


def test_going_back_to_older_words_keeps_what_readers_were_told(article):
    editor = factories.UserFactory(is_superuser=True)
    article.title_en = "Older"
    with locks.writing(comment="older", by=editor):
        writing.save(article)
    version = Version.objects.get_for_object(article).first()
    article = Article.objects.get(pk=article.pk)
    article.title_en = "Newer"
    writing.save(article)
    record(article, en="It was 400.", es="Eran 400.")

    restoring.go_back(article, version, languages=["en"], shared=True, by=editor, comment="Back.")

    assert Article.objects.get(pk=article.pk).title_en == "Older"
    assert told(article, "en") == [["correction", "It was 400."]]
    assert getattr(Correction.objects.get(), column("note", "es")) == "Eran 400."
