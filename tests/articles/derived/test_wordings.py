"""What is kept of a text that is reworded: what readers have read, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.actions import publishing, writing
from articles.comparing.wordings import HEADLINE
from articles.models import Article, Wording
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def edition(**more):
    return factories.live_edition(at=AT, title_en="The sea", body_en="<p>One.</p>", **more)


def reword(edition, *, hours, **texts):
    article = Article.objects.get(pk=edition.article_id)
    for name, words in texts.items():
        setattr(article, name, words)
    writing.save(article, now=AT + hours * HOUR)
    return article


def kept(language="en"):
    """Return (headline, body, hours after publication) of what is kept."""
    rows = Wording.objects.filter(edition__language=language).order_by("pk")
    return [
        (row.words[0], *row.words[2], row.replaced_at and (row.replaced_at - AT) / HOUR)
        for row in rows
    ]


def test_what_readers_have_read_is_kept_in_its_language_alone():
    published = edition(title_es="El mar", body_es="<p>Uno.</p>")
    reword(published, hours=2, title_en="The tide", title_es="La marea")
    reword(published, hours=5, body_en="<p>Two.</p>")

    assert kept() == [("The sea", "One.", 2), ("The tide", "One.", 5)]
    assert kept("es") == []


def test_changes_that_follow_each_other_are_one():
    published = edition()
    reword(published, hours=2, title_en="Draft")
    reword(published, hours=2.5, title_en="Draft again")
    reword(published, hours=3.2, title_en="The tide")

    assert kept() == [("The sea", "One.", 3.2)]


def test_what_is_not_live_leaves_nothing():
    scheduled = factories.story(live=["en"], at=AT + 5 * HOUR, title_en="Embargo")
    draft = factories.story(title_en="Draft", body_en="<p>No.</p>")
    for article in (scheduled, draft):
        article.title_en = "Other words"
        writing.save(article, now=AT)

    assert not Wording.objects.exists()


def test_another_form_or_a_save_leaves_nothing():
    reword(edition(), hours=2, body_en="<h2>One.</h2>")

    assert kept() == []


def test_words_of_a_withdrawn_time_are_never_kept():
    published = edition()
    publishing.withdraw(published, by=publishing.SYSTEM, reason="Wrong.", now=AT + HOUR)
    reword(published, hours=2, title_en="Never seen")
    reword(published, hours=5, title_en="Right")

    assert kept() == [("The sea", "One.", None)]
    publishing.restore(published, by=publishing.SYSTEM, now=AT + 7 * HOUR)
    assert kept() == [("The sea", "One.", 7)]


def test_a_cosmetic_change_is_one_of_which_all_was_called_so():
    published = edition(title_es="El mar", body_es="<p>Uno.</p>")
    article = reword(published, hours=2, title_en="The sea!", body_en="<p>One!</p>")
    body = next(
        block_id for block_id in writing.record_of(article).of_source() if block_id != HEADLINE
    )

    editor = factories.UserFactory(is_superuser=True)
    writing.call_cosmetic(article, [HEADLINE], by=editor)
    assert not Wording.objects.get().is_cosmetic
    writing.call_cosmetic(article, [body], by=editor)
    assert Wording.objects.get().is_cosmetic
    reword(published, hours=2.5, body_en="<p>No.</p>")
    assert not Wording.objects.get().is_cosmetic
