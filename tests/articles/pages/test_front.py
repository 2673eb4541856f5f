"""What leads a front page: the newest, with a picture on top; then each region, nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Category
from articles.pages import front as fronts
from tests import factories
from tests.factories import CategoryFactory, ImageFactory

# What is chosen and in which order is decided here; the statements are asked of both databases by test_exactness.py.
pytestmark = pytest.mark.once

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
NOW = AT + timedelta(days=30)
ON_TOP = 1 + 4
"""As many as stand on top where there are no pictures: the first, and a row."""


def front(language="en", at=NOW):
    return fronts.read(tree=Category.tree(language=language), at=at)


def ids(things):
    """Return the ids of editions, or of the cards of editions."""
    return [thing.pk for thing in things]


def stories(number, **shared):
    """Publish stories an hour apart; return them newest first."""
    made = [factories.live_edition(at=AT + timedelta(hours=n), **shared) for n in range(number)]
    return made[::-1]


def region(name="Syria"):
    return CategoryFactory(name_en=name)


@pytest.mark.django_db
def test_a_front_page_without_stories_is_empty():
    page = front()

    assert (page.lead, page.seconds, page.latest, page.blocks) == (None, [], [], [])


@pytest.mark.django_db
def test_the_newest_leads_then_the_next_and_latest_has_the_headlines_of_all():
    made = stories(15)

    page = front()

    assert ids([page.lead, *page.seconds]) == ids(made[:ON_TOP])
    assert ids(page.latest) == ids(made[: fronts.LATEST])
    assert not any(card.lead or card.standfirst or card.kicker for card in page.latest)


@pytest.mark.django_db
def test_latest_is_left_out_where_the_top_has_all():
    made = stories(ON_TOP)

    assert front().latest == []
    made.append(factories.live_edition(at=AT - timedelta(days=9)))
    assert ids(front().latest) == ids(made)


@pytest.mark.django_db
def test_latest_has_a_clock_for_the_day_of_the_newest_and_the_day_for_others():
    stories(14)

    times = [card.kind.time for card in front().latest]

    # An hour apart, from midnight on in Greenwich.
    assert times == ["clock"] * 2 + ["brief"] * 10


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(6))
def test_the_newest_picture_of_the_first_few_leads(place):
    made = stories(7)
    factories.ImageUseFactory(article=made[place].article, image=ImageFactory(), is_lead=True)

    page = front()

    assert page.lead.pk == made[place if place < fronts.LEADERS else 0].pk
    assert set(ids([page.lead, *page.seconds])) >= set(ids(made[: fronts.LEADERS]))


@pytest.mark.django_db
def test_a_picture_that_may_not_be_shown_does_not_lead():
    made = stories(2)
    factories.ImageUseFactory(article=made[1].article, image=ImageFactory(file=""), is_lead=True)

    assert front().lead.pk == made[0].pk


@pytest.mark.django_db
def test_a_region_shows_its_newest_that_are_not_on_top():
    old = stories(6, categories=[region()])
    for hours in range(ON_TOP):
        factories.live_edition(at=AT + timedelta(days=9, hours=hours))

    (block,) = front().blocks

    assert str(block.category) == "Middle East"
    assert ids(block.cards) == ids(old[: fronts.PER_REGION])
    assert {str(card.kicker) for card in block.cards} == {"Syria"}


@pytest.mark.django_db
@pytest.mark.parametrize("place", [*range(6), None])
def test_a_region_with_a_large_picture_leads_with_its_newest_one(place):
    made = stories(6, categories=[region()])
    for hours in range(ON_TOP):
        factories.live_edition(at=AT + timedelta(days=9, hours=hours))
    if place is not None:
        factories.ImageUseFactory(article=made[place].article, image=ImageFactory(), is_lead=True)

    (block,) = front().blocks

    shown, is_led = ids(made[: fronts.PER_REGION]), place in range(fronts.PER_REGION)
    first = made[place].pk if is_led else shown[0]
    assert ids(block.cards) == [first, *(pk for pk in shown if pk != first)]
    assert block.container.name == ("lead" if is_led else "headlines")


@pytest.mark.django_db
def test_what_a_region_has_no_room_for_is_left_for_the_next():
    for name in ("Syria", "Kenya"):
        stories(5, categories=[region(name)], images=[ImageFactory()])
    both = factories.live_edition(
        at=AT - timedelta(days=9), categories=[region("Syria"), region("Kenya")]
    )
    for hours in range(ON_TOP):
        factories.live_edition(at=AT + timedelta(days=9, hours=hours))

    page = front()

    assert [block.container.name for block in page.blocks] == ["lead", "pictures"]
    assert [len(block.cards) for block in page.blocks] == [5, 4]
    assert both.pk not in ids(card for block in page.blocks for card in block.cards)


@pytest.mark.django_db
def test_a_story_of_two_regions_stands_under_the_first_and_is_named_by_it():
    stories(1, categories=[region("Kenya"), region("Syria")])
    for hours in range(ON_TOP):
        factories.live_edition(at=AT + timedelta(days=9, hours=hours))

    (block,) = front().blocks

    assert str(block.category) == "Middle East"
    assert [str(card.kicker) for card in block.cards] == ["Syria"]


@pytest.mark.django_db
def test_what_is_not_live_in_this_language_takes_no_place():
    made = stories(3, categories=[region()])
    factories.live_edition("es", at=AT, categories=[region()])
    factories.live_edition(at=datetime(2999, 1, 1, tzinfo=UTC), categories=[region()])
    factories.story(title_en="Draft", categories=[region()])

    page = front()

    assert ids([page.lead, *page.seconds]) == ids(made)
    assert (page.latest, page.blocks) == ([], [])


class AnyFront(TestCase):
    """Whatever there is, a front page shows only the live, and nothing twice but in the river."""

    @hypothesis_settings(max_examples=8)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["en", "es"]),
                st.integers(-40, 40),
                st.sets(st.sampled_from(["Syria", "Kenya", "Cuba", "Fiji"])),
                st.booleans(),
            ),
            max_size=8,
        )
    )
    def test_nothing_stands_twice_and_nothing_is_missing(self, made):
        live = set()
        for language, hours, regions, pictured in made:
            edition = factories.live_edition(
                language,
                at=AT + timedelta(hours=hours),
                categories=[region(name) for name in regions],
                images=[ImageFactory()] if pictured else [],
            )
            if language == "en" and hours <= 0:
                live.add(edition.pk)

        page = front(at=AT)

        top = [page.lead, *page.seconds] if page.lead else []
        blocks = [card for block in page.blocks for card in block.cards]
        assert len({card.pk for card in top + blocks}) == len(top + blocks)
        assert set(ids(page.latest)) in (set(), live)
        assert set(ids(top + page.latest)) == live
        assert all(len(block.cards) <= fronts.PER_REGION for block in page.blocks)
