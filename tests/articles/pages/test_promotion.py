"""Which promotion stands in a place, and what readers see of it."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.pages import promotion as promotions
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 30, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def shown(place="story", owner=0, *, language="en", at=NOW):
    promotion = promotions.read(place, owner, language=language, at=at).promotion
    return promotion and promotion.pk


def test_a_promotion_is_shown_from_its_start_to_the_minute_of_its_end():
    made = factories.promotion(starts_at=NOW, lasts=HOUR)
    instant = timedelta.resolution

    assert shown(at=NOW - instant) is None
    assert shown(at=NOW) == made.pk
    assert shown(at=NOW + HOUR - instant) == made.pk
    assert shown(at=NOW + HOUR) is None


def test_the_highest_priority_stands_and_of_equals_what_started_last():
    first = factories.promotion(starts_at=NOW - HOUR)
    later = factories.promotion(starts_at=NOW)
    assert shown() == later.pk

    factories.promotion(starts_at=NOW, priority=2, live=["es"])
    above = factories.promotion(starts_at=NOW - 2 * HOUR, priority=1)
    assert shown() == above.pk
    assert shown(at=NOW - HOUR) == above.pk
    assert first.pk not in {shown(), shown(at=NOW + HOUR)}


def test_it_stands_in_its_place_and_in_no_other():
    region, other = factories.CategoryFactory(), factories.CategoryFactory()
    tag = factories.TagFactory()
    on_region = factories.promotion(starts_at=NOW, category=region)
    on_tag = factories.promotion(starts_at=NOW, tag=tag)
    on_front = factories.promotion(starts_at=NOW, place="front")

    assert shown("category", region.pk) == on_region.pk
    assert shown("category", other.pk) is None
    assert shown("tag", tag.pk) == on_tag.pk
    assert shown("front") == on_front.pk
    assert shown() is None


@pytest.mark.parametrize(
    "values", [{"live": ["es"], "title_en": "Draft"}, {"live": ["en", "es"], "title_en": ""}]
)
def test_it_is_not_shown_in_a_language_that_it_lacks(values):
    made = factories.promotion(starts_at=NOW, **values | {"title_en": "Lost"})
    type(made).objects.update(title_en=values["title_en"])

    assert shown(language="en") is None
    assert shown(language="es") == made.pk


def test_a_language_has_the_picture_and_link_of_all_or_its_own():
    poster, spanish = factories.ImageFactory.create_batch(2)
    own = {"es": {"image": spanish, "link": "https://example.org/es"}}
    factories.promotion(
        starts_at=NOW, live=["en", "es"], image=poster, link="https://example.org/", own=own
    )

    both = [promotions.read("story", language=code, at=NOW).promotion for code in ("en", "es")]

    assert [promotion.use.image.pk for promotion in both] == [poster.pk, spanish.pk]
    assert [promotion.link for promotion in both] == [
        "https://example.org/",
        "https://example.org/es",
    ]


def test_a_picture_whose_right_has_ended_leaves_the_words():
    poster = factories.ImageFactory(valid_until=NOW)
    factories.promotion(starts_at=NOW - HOUR, image=poster)

    assert promotions.read("story", language="en", at=NOW - HOUR).promotion.use.picture
    assert promotions.read("story", language="en", at=NOW).promotion.use.picture is None
