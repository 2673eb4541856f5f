"""The front page and a story on paper: words that stand free, addresses instead of links, and nothing to press."""

import pytest
from django.conf import settings

from tests.e2e.crowding import CROWDED
from tests.factories import CategoryFactory, ImageFactory, edition, live_edition, story

pytestmark = pytest.mark.django_db(transaction=True)

PAPER = {"width": 718, "height": 1047}
"""The part of A4 between its margins, in pixels of CSS."""

TO_PRESS = (
    "nav, button, input, select, .skip-link, .share__ways, .footer__links, .pager, .comments-link"
)
BEHIND = "link => getComputedStyle(link, '::after').content"


def whole(path):
    """Return an address as it is written out: with the host."""
    return f"{settings.SITE_URL}{path}"


@pytest.fixture
def paper(page):
    """A page as a printer has it."""
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    return page


def assert_for_paper(paper):
    paper.evaluate("document.fonts.ready")
    assert paper.evaluate(CROWDED) == []
    assert paper.evaluate("document.documentElement.scrollWidth") == PAPER["width"]
    assert [one.inner_text() for one in paper.locator(TO_PRESS).all() if one.is_visible()] == []


def test_the_front_page_on_paper_has_all_stories_and_no_navigation(paper):
    regions = [CategoryFactory(name_en=name) for name in ("Syria", "Yemen")]
    titles = [f"Counterrevolutionary number {number} of a long headline" for number in range(14)]
    for number, title in enumerate(titles):
        images = [ImageFactory()] if number % 3 else []
        story(live=["en"], title_en=title, categories=[regions[number % 2]], images=images)

    paper.goto("/en/")

    assert_for_paper(paper)
    headlines = paper.locator(".card__headline").all()
    assert len(headlines) > 10
    assert all(headline.is_visible() for headline in headlines)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_story_on_paper_says_where_it_and_its_links_stand(paper, language):
    other = live_edition(language)
    text = "The first boat left at dawn with forty people, two goats and the post of a week. " * 8
    body = (
        f'<p>{text}<a data-article="{other.article_id}">Read this</a>.</p><h2>A heading</h2>'
        f'<p><a href="https://site.example/boats">The list</a> {text}</p>'
    )
    article = story(
        live=[language], images=[ImageFactory()], tags=["Boats"], **{f"body_{language}": body}
    )

    paper.goto(edition(article, language).url)

    assert_for_paper(paper)
    own, theirs = paper.locator(".article-body a").all()
    assert own.evaluate(BEHIND) == f'" ({whole(other.url)})"'
    assert theirs.evaluate(BEHIND) == '" (https://site.example/boats)"'
    address = paper.locator(".share__address")
    assert address.is_visible()
    assert address.inner_text() == whole(edition(article, language).url)
