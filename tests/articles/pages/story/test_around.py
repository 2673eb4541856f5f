"""What a story leads to: its series, the story so far, and related stories, live ones alone."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Category, Tag
from articles.pages import story as stories
from articles.pages.story import around
from tests import factories

# What is chosen and in which order is decided here; the statements are asked of both databases by test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def publish(number, **more):
    """Return a story that appeared after so many hours, in two languages unless `more` says otherwise."""
    return factories.story(**{"live": ["en", "es"], "at": AT + timedelta(hours=number)} | more)


def read(article, language="en"):
    edition = stories.find(factories.edition(article, language).slug, language=language)
    tree = Category.tree(language=language, article=article.pk)
    return stories.read(edition, tree=tree, at=AT + timedelta(days=30)).around


def ids(cards):
    return [card.article_id for card in cards]


def test_a_part_leads_to_the_parts_beside_it_in_its_language():
    tag = factories.TagFactory(name="Water", kind=Tag.Kind.SERIES)
    first, second, spanish, third = (
        publish(number, tags=[tag], live=live)
        for number, live in enumerate((["en", "es"], ["en", "es"], ["es"], ["en", "es"]))
    )

    assert [read(second).before.article_id, read(second).after.article_id] == [first.pk, third.pk]
    assert read(second, "es").after.article_id == spanish.pk
    assert (read(first).before, read(third).after) == (None, None)
    assert read(first).series.label == "Water"


def test_parts_of_one_moment_follow_each_other_and_none_is_left_out():
    tag = factories.TagFactory(kind=Tag.Kind.SERIES)
    one, two, three = (publish(0, tags=[tag]) for _number in range(3))

    assert [read(two).before.article_id, read(two).after.article_id] == [one.pk, three.pk]


def test_the_story_so_far_is_told_in_the_order_of_time_and_begins_with_the_second_story():
    tag = factories.TagFactory(name="Raqqa", kind=Tag.Kind.STORYLINE)
    first = publish(0, tags=[tag])
    alone = read(first)
    others = [publish(number, tags=[tag]) for number in range(1, around.SO_FAR + 1)]

    assert (alone.storyline, alone.so_far) == (None, ())
    assert ids(read(first).so_far) == [article.pk for article in others]
    assert read(first).storyline.label == "Raqqa"


def test_the_desk_names_related_stories_in_its_order_then_the_text_then_a_topic():
    topic = factories.TagFactory()
    alike = [publish(number, tags=[topic]) for number in range(5)]
    linked, chosen, other, draft = publish(9), publish(8), publish(7), publish(6, live=[])
    article = publish(
        10,
        tags=[topic],
        related=[chosen.pk, draft.pk, other.pk, 10**9],
        body_en=f'<p><a data-article="{linked.pk}">a</a></p><aside data-article="{other.pk}"></aside>',
    )

    assert ids(read(article).related) == [chosen.pk, other.pk, linked.pk, alike[-1].pk]
    assert ids(read(alike[0]).related) == [article.pk, alike[4].pk, alike[3].pk, alike[2].pk]
