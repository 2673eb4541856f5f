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

SMALLEST = 24
"""The least size in pixels of what lies on the link of a card, for a finger (WCAG 2.5.8)."""

LARGEST, MOST = 0.85, 52 * 16
"""How much of the screen a picture takes at most, and its largest height in pixels."""

PARTS = ("story", "story__header", "story__facts", "story__lead", "article-body")
FITS = """() => [...document.querySelectorAll(".card__picture img")].map(picture =>
    [picture.closest(".card").querySelector(".card__link").textContent, getComputedStyle(picture).objectFit])"""
GAPS = """() => {
  const boxes = [...document.querySelectorAll(".front__cards > *")].map(card => card.getBoundingClientRect())
  return boxes.slice(1).map((box, place) => box.top - boxes[place].bottom)
}"""
APART = """parts => {
  const [one, other] = [...document.querySelectorAll(parts)].map(part => part.getBoundingClientRect())
  return other.top - one.bottom
}"""
WEIGHT = "part => Number(getComputedStyle(document.querySelector(part)).fontWeight)"
SLANT = "part => getComputedStyle(document.querySelector(part)).fontStyle"
LOOK = """part => {
  const style = getComputedStyle(document.querySelector(part))
  return {weight: style.fontWeight, leading: parseFloat(style.lineHeight) / parseFloat(style.fontSize)}
}"""


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


def test_a_story_of_no_category_or_of_a_genre_alone_begins_with_its_time(page):
    opinion = CategoryFactory(kind="section", is_genre=True, name_en="Opinion")
    publish(1, hours=3)
    publish(1, hours=2, categories=[CategoryFactory(name_en="US")])
    publish(1, hours=1, categories=[opinion])
    story(live=["en"], at=AT)

    open_front(page, width=1440)

    named, genre, bare = (
        page.evaluate(TOPS, [f"{card} .card__time", f"{card} .card__headline"])
        for card in (f".front__cards > :nth-child({place})" for place in (1, 2, 3))
    )
    assert named[0] > named[1]
    assert genre[0] < genre[1]
    assert bare[0] < bare[1]
    time, label = page.evaluate(TOPS, [".card--genre .card__time", ".card--genre .kicker"])
    assert abs(time - label) <= 1
    box = page.locator(".card .kicker__link", has_text="US").first.bounding_box()
    assert min(box["width"], box["height"]) >= SMALLEST


def test_a_row_of_a_list_fills_its_line_with_the_summary_beside_the_headline(page):
    publish(2, standfirst_en="Word by word. " * 12, tags=["Boats"])
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto("/en/tag/boats/")

    row, headline, summary, time = (
        page.locator(f".card--row{part}").bounding_box()
        for part in ("", " .card__headline", " .card__standfirst", " .card__time")
    )
    assert summary["x"] + summary["width"] == pytest.approx(row["x"] + row["width"], abs=1)
    assert summary["x"] >= headline["x"] + headline["width"]
    assert time["x"] == summary["x"]
    assert time["y"] + time["height"] <= summary["y"]
    assert abs(headline["y"] - summary["y"]) < headline["height"] / 2


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


def test_a_portrait_is_as_high_as_the_screen_and_a_small_picture_no_wider_than_its_file(page):
    page.set_viewport_size({"width": 1440, "height": 900})
    high, small = (ImageFactory(file__width=width, file__height=1400) for width in (900, 300))
    for image in (high, small):
        page.goto(edition(story(live=["en"], images=[image])).url)
        box = page.locator(".story__lead img").bounding_box()
        assert box["height"] == pytest.approx(min(LARGEST * 900, MOST), abs=1)
        assert box["width"] <= image.width

    page.set_viewport_size({"width": 1440, "height": 2000})
    assert page.locator(".story__lead img").bounding_box()["height"] == pytest.approx(MOST, abs=1)


def test_a_wide_picture_is_no_wider_than_its_file(page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(edition(story(live=["en"], images=[ImageFactory(file__width=300)])).url)

    assert page.locator(".story__lead img").bounding_box()["width"] == 300


def test_a_graphic_is_whole_wherever_it_stands_and_a_photograph_fills_its_place(page):
    for number in range(fronts.SECONDS + 4):
        kind = Image.Kind.GRAPHIC if number % 2 else Image.Kind.PHOTO
        image = ImageFactory(kind=kind, file__width=400, file__height=400)
        story(live=["en"], title_en=kind, images=[image])

    open_front(page, width=1440)

    fits = page.evaluate(FITS)
    assert {*map(tuple, fits)} == {("graphic", "contain"), ("photo", "cover")}
    assert len(fits) > 3


def test_no_column_is_stretched_so_that_a_hole_stands_between_its_stories(page):
    publish(fronts.SECONDS)
    publish(1, hours=99, title_en="Word " * 30, standfirst_en="Word. " * 60)

    open_front(page, width=1440)

    gaps = page.evaluate(GAPS)
    assert len(gaps) > 1
    assert max(gaps) <= 24 + 1


STORY = """<p>One <em>word</em> of text.</p><h2>A heading</h2><h3>A small heading</h3>
<blockquote><p>First.</p><p>Second.</p></blockquote><ul><li><p>A.</p><p>B.</p></li></ul>
<table><tr><th scope="col">Year</th></tr><tr><td>1234</td></tr><tr><td>99</td></tr></table>"""


@pytest.fixture
def told(page):
    """The page of a story in English and in Arabic, of which the first is open in a wide window."""
    article = story(
        live=["en", "ar"],
        images=[ImageFactory(file__width=1600, file__height=1000)],
        tags=["Boats"],
        standfirst_en="What it is about.",
        body_en=STORY,
        body_ar=STORY,
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(edition(article).url)
    page.evaluate("document.fonts.ready")
    return page, article


def test_the_page_of_a_story_has_two_edges_and_the_text_stands_in_the_middle(told):
    page, _article = told

    boxes = {name: page.locator(f".{name}").bounding_box() for name in PARTS}

    assert len({round(box["x"]) for box in boxes.values()}) == 1
    rights = {name: round(box["x"] + box["width"]) for name, box in boxes.items()}
    assert len({*rights.values()} - {rights["article-body"]}) == 1
    assert rights["article-body"] < rights["story__lead"]
    left = boxes["story"]["x"]
    assert left == pytest.approx(1440 - rights["story"], abs=1)


def test_what_stands_in_a_text_is_told_apart(told):
    page, article = told

    assert page.evaluate(APART, ".article-body blockquote p") > 5
    assert page.evaluate(APART, ".article-body li p") > 5
    small, text = (page.evaluate(WEIGHT, f".article-body > {name}") for name in ("h3", "p"))
    assert small >= text + 200
    assert (
        page.locator(".table-number").first.evaluate("cell => getComputedStyle(cell).textAlign")
        == "end"
    )
    assert page.evaluate(SLANT, ".article-body em") == "italic"

    page.goto(edition(article, "ar").url)
    assert page.evaluate(SLANT, ".article-body em") == "normal"
    assert page.evaluate(WEIGHT, ".article-body em") >= 600


def test_words_of_another_script_in_a_page_have_their_own_leading_and_weight(page, complaints):
    article = story(live=["en"])
    page.goto(edition(article).url)
    own = page.evaluate(LOOK, "h1")

    page.goto(f"/ar{edition(article).url[3:]}")

    complaints.clear()  # of the story that is not there in Arabic
    theirs = page.evaluate(LOOK, "[lang=en] .choices__link, .choices__link[lang=en]")
    assert theirs["weight"] == own["weight"]
    assert theirs["leading"] < 1.3
