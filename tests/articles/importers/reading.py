"""What tests of story pages read them with."""

from html import unescape

from articles.importers import page
from articles.importers.context import Context

CATEGORIES = {
    "News": "section/news",
    "Transport": "section/transport",
    "North Coast": "region/north-coast",
    "North Coast & Islands": "region/north-coast-islands",
    "Islands": "region/islands",
    "Noticias": "section/news",
    "Costa Norte": "region/north-coast",
    "Notícias": "section/news",
    "أخبار": "section/news",
    "الساحل الشمالي": "region/north-coast",
}


def context(*, language="en", categories=CATEGORIES, published_at=None):
    return Context(
        languages=("en", "es", "pt", "ar"),
        identify=lambda _path: ("a-page", language),
        categories=categories,
        published_at=published_at,
    )


def read(text, *, language="en", **told):
    return page.parse(text, external_id="a-page", language=language, context=context(**told))


def body(story):
    return story.texts[story.source_language].body.split("\n")


def paragraphs(story):
    return [unescape(block[3:-4]) for block in body(story) if block.startswith("<p>")]
