"""Corrections that a source tells: brought once, reworded with it, and gone with it, but for what was changed here."""

from datetime import UTC, datetime

import pytest

from articles.actions import correcting
from articles.exporters.story import story_of
from articles.importers import writer
from articles.importers.story import Correction, Story, Text
from articles.models import Article, Correction as Row, Origin
from tests import factories

# What an import makes of what was given before; both databases keep the same rows.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

OUT, TOLD = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 4, 9, tzinfo=UTC)
SYSTEM = correcting.SYSTEM


def bring(*, publish=True, **told):
    """Import a story in two languages with corrections: reference -> notes; return the outcome."""
    public = {"status": "published", "published_at": OUT} if publish else {}
    texts = {code: Text(title=f"Pier {code}", body="<p>A</p>", **public) for code in ("en", "es")}
    corrections = tuple(
        Correction(reference=reference, published_at=TOLD, notes=notes)
        for reference, notes in told.items()
    )
    story = Story(external_id="pier", source_language="en", texts=texts, corrections=corrections)
    result = writer.save(story, source="wire", publish=publish)
    assert not result.problems
    return result.outcome


def notes():
    return [(row.note_en or "", row.note_es or "") for row in Row.objects.order_by("pk")]


def test_they_come_once_with_their_day_and_date_no_change():
    assert bring(a={"en": "It was 400."}) == writer.Outcome.CREATED
    assert bring(a={"en": "It was 400."}) == writer.Outcome.UNCHANGED

    assert Row.objects.get().published_at == TOLD
    edition = factories.edition(Article.objects.get())
    assert (edition.modified_at, len(edition.corrections)) == (None, 1)


def test_another_language_and_another_correction_come_later():
    bring(a={"en": "It was 400."})
    assert bring(a={"en": "It was 400.", "es": "Eran 400."}, b={"en": "B"}) == (
        writer.Outcome.UPDATED
    )
    assert notes() == [("It was 400.", "Eran 400."), ("B", "")]


def test_what_was_reworded_here_stays_and_what_was_taken_back_here_is_not_told_again():
    bring(a={"en": "It was 400."}, b={"en": "B"})
    first, second = Row.objects.order_by("pk")
    correcting.save(first, {"en": "It was 40."}, by=SYSTEM)
    correcting.take_back(second, by=SYSTEM)
    bring(a={"en": "It was 4."}, b={"en": "B, again"})

    assert notes() == [("It was 40.", "")]


def test_what_the_source_tells_no_more_goes_but_for_what_was_told_here():
    bring(a={"en": "It was 400."}, b={"en": "B"})
    article = Article.objects.get()
    correcting.record(article, {"en": "Ours."}, by=SYSTEM)
    correcting.save(Row.objects.get(note_en="B"), {"es": "Nuestra"}, by=SYSTEM)
    bring()

    assert notes() == [("", "Nuestra"), ("Ours.", "")]


def test_one_that_is_here_already_is_not_told_a_second_time():
    bring(a={"en": "It was 400."})
    Origin.objects.update(given={})
    bring(a={"en": "It was 400."})

    assert notes() == [("It was 400.", "")]


def test_they_wait_until_readers_have_the_story():
    bring(a={"en": "It was 400."}, publish=False)
    assert notes() == []

    bring(a={"en": "It was 400."})
    assert notes() == [("It was 400.", "")]


def test_an_export_holds_them_under_the_names_of_their_source():
    bring(a={"en": "It was 400.", "es": "Eran 400."})
    article = Article.objects.get()
    ours = correcting.record(article, {"es": "Nuestra"}, by=SYSTEM, kind="clarification")

    first, second = story_of(Article.objects.get()).corrections
    told = {"en": "It was 400.", "es": "Eran 400."}
    assert first == Correction(reference="a", published_at=TOLD, notes=told)
    assert (second.reference, second.kind, second.notes) == (
        f"correction-{ours.pk}",
        "clarification",
        {"es": "Nuestra"},
    )
