"""What stands at the end of a story: of its region first, then of what lies around that."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.actions import writing
from articles.models import Category, Edition
from articles.pages import story as stories
from articles.pages.story import more
from tests import factories

# What is chosen and in which order is decided here; the statements are asked of both databases by test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def publish(number, *, hours, **shared):
    """Publish stories an hour apart; return their ids, the newest first."""
    made = [
        factories.live_edition(at=AT - timedelta(hours=hours + n), **shared) for n in range(number)
    ]
    return [edition.pk for edition in made]


def read(edition):
    tree = Category.tree(language=edition.language, article=edition.article_id)
    loaded = stories.find(edition.slug, language=edition.language)
    return stories.read(loaded, tree=tree, at=AT).more


@pytest.fixture
def syria():
    return factories.CategoryFactory(name_en="Syria")


@pytest.fixture
def edition(syria):
    return factories.live_edition(at=AT - timedelta(days=9), categories=[syria])


@pytest.mark.parametrize("number", range(more.NUMBER + 2))
def test_its_own_region_comes_first_then_the_one_above_then_the_newest(edition, syria, number):
    near = publish(number, hours=3, categories=[syria])
    around = publish(1, hours=2, categories=[syria.parent])
    others = publish(more.NUMBER, hours=1)

    further = read(edition)

    assert [card.pk for card in further.cards] == [*near, *around, *others][: more.NUMBER]
    names = {more.NUMBER: "Syria", more.NUMBER + 1: "Syria", more.NUMBER - 1: "Middle East"}
    assert str(further.category) == names.get(number, "None")


def test_a_story_of_no_category_leads_to_the_newest_of_its_language():
    edition = factories.live_edition(at=AT - timedelta(days=9))
    factories.live_edition("es", at=AT)
    newest = publish(2, hours=1)

    further = read(edition)

    assert ([card.pk for card in further.cards], further.category) == (newest, None)


def test_what_stands_beside_the_story_is_not_there_a_second_time(edition, syria):
    *near, related = publish(more.NUMBER + 1, hours=3, categories=[syria])
    article = edition.article
    article.related = [
        Edition.objects.get(pk=near[0]).article_id,
        Edition.objects.get(pk=related).article_id,
    ]
    writing.save(article)

    cards = read(edition).cards
    assert [card.pk for card in cards][: more.NUMBER - 1] == near[1:]
    assert not {near[0], related} & {card.pk for card in cards}


def test_the_only_story_leads_to_none(edition):
    assert read(edition).cards == []


def test_a_list_counts_down_to_the_last_story_that_was_taken_from_it(edition, syria):
    publish(2, hours=3, categories=[syria])
    publish(9, hours=1)

    further = read(edition)

    assert [(edge.category, edge.since) for edge in further.edges] == [
        (syria.pk, None),
        (syria.parent.pk, None),
        (None, further.cards[-1].published_at),
    ]
