"""What a correction purges: the story in its language, the list of all, and every foot where it is the first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import correcting, publishing, writing
from articles.models import Article
from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = publishing.SYSTEM


@pytest.fixture
def article():
    return factories.story(live=["en", "es"], at=timezone.now() - timedelta(days=2))


def record(article, **notes):
    return correcting.record(article, notes, by=SYSTEM)


def test_the_first_of_a_language_purges_its_story_the_list_and_the_foot_of_that_language_alone(
    article,
):
    purges = Purges()
    record(article, en="It was 400.")

    purged = purges.now()
    assert {"corrections:en", "foot:en", "corrections:kept", f"article:{article.pk}:en"} <= purged
    assert not {tag for tag in purged if tag.endswith(":es")}
    assert purges.hard() == set()


def test_the_second_leaves_the_foot(article):
    record(article, en="It was 400.")
    purges = Purges()
    record(factories.story(live=["en"]), en="It was 40.")

    assert "corrections:en" in purges.now()
    assert not {"foot:en", "corrections:kept"} & purges.now()


def test_one_that_is_taken_back_must_not_be_seen_any_more(article):
    correction, purges = record(article, en="It was 400."), Purges()
    correcting.take_back(correction, by=SYSTEM)

    assert "corrections:en" in purges.hard()
    assert "foot:en" in purges.now()


def test_a_withdrawn_story_leaves_the_list(article):
    record(article, en="It was 400.", es="Eran 400.")
    purges = Purges()
    publishing.withdraw(factories.edition(article), by=SYSTEM, reason="It was not so.")

    assert "corrections:en" in purges.hard()
    assert not {"corrections:es", "foot:es"} & purges.now()


def test_other_words_of_the_story_leave_the_list(article):
    record(article, en="It was 400.")
    purges, article = Purges(), Article.objects.get(pk=article.pk)
    article.body_en = "<p>Other words.</p>"
    writing.save(article)

    assert "corrections:en" not in purges.now()


def test_a_scheduled_translation_plans_the_list(article):
    until = timezone.now() + timedelta(days=3)
    article.title_pt, article.body_pt = "A maré", "<p>A</p>"
    writing.save(article)
    record(article, en="It was 400.", pt="Eram 400.")
    purges = Purges()
    publishing.schedule(factories.edition(article, "pt"), by=SYSTEM, at=until)

    assert "corrections:pt" in purges.due()[until]
