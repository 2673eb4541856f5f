"""How the parts of public pages stand in a real browser: rows are full, columns end together."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Image
from articles.pages import front as fronts
from articles.renditions import WIDTHS
from tests.factories import CategoryFactory, ImageFactory, edition, story

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
BOTTOMS = """() => [".front__lead .card__time", ".front__cards > :last-child"].map(part =>
    document.querySelector(part).getBoundingClientRect().bottom)"""
TOPS = """parts => parts.map(part => document.querySelector(part).getBoundingClientRect().top)"""


def publish(number, *, hours=0, **shared):
    for hour in range(number):
        at = AT + timedelta(hours=hours + hour)
        story(live=["en"], at=at, images=[ImageFactory()], **shared)


def open_front(page, *, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/en/")
    # Words are as wide as their letters: before these have come, a column may end a pixel elsewhere.
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("words", [1, 12, 40], ids=["short", "middling", "long"])
def test_the_columns_at_the_top_end_on_one_line(page, words):
    publish(fronts.SECONDS)
    publish(1, hours=99, title_en=" ".join(["Word"] * words), standfirst_en="Word. " * words)

    open_front(page, width=1440)

    bottoms = page.evaluate(BOTTOMS)
    # Rows share their height in fractions of a pixel.
    assert max(bottoms) - min(bottoms) < 1


def test_a_story_of_no_category_begins_with_its_time(page):
    publish(1, hours=2)
    publish(1, hours=1, categories=[CategoryFactory(name_en="Syria")])
    story(live=["en"], at=AT)

    open_front(page, width=1440)

    named, bare = (
        page.evaluate(TOPS, [f"{card} .card__time", f"{card} .card__headline"])
        for card in (".front__cards > :first-child", ".front__cards > :last-child")
    )
    assert named[0] > named[1]
    assert bare[0] < bare[1]


def test_a_picture_that_does_not_come_makes_no_page_wider(context):
    # Of its own, as the browser complains of the picture.
    page = context.new_page()
    image = ImageFactory(file__width=1600)
    # As it is known of pictures that are made: none of these files is there.
    Image.objects.filter(pk=image.pk).update(available={image.rendition_key: {"jpeg": WIDTHS}})
    article = story(live=["en"], at=AT, images=[image])
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(edition(article).url)

    assert page.locator(".picture img").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
