"""A small site with one of everything, and the people who work on it."""

import os
from datetime import UTC, datetime, timedelta

from articles.actions import commenting, correcting
from articles.models import Article, Category, CommentRule, Edition
from articles.texts import column
from newsroom.page import as_markdown, in_lite
from tests import factories
from tests.articles.admin.conftest import Desk
from tests.articles.exactness import drawn

BEGIN = datetime(2026, 3, 30, 9, tzinfo=UTC)
"""Near the end of a month, so that the clock soon fills another one."""

SEED = os.environ.get("EXACTNESS_SEED")

LANGUAGES = drawn.languages(SEED) if SEED else ("en", "ar")
"""Those of the site: with a seed the process has them too, see tests/environment.py; without one they are among those of the demo."""

OTHER = LANGUAGES[1]


def other(field, words):
    """Return words for a field in the second language, as an argument."""
    return {column(field, OTHER): words}


def build():
    """Make the site; the clock stands at BEGIN."""
    Category.objects.exclude(parent=None).delete()
    Category.objects.all().delete()
    make = factories.CategoryFactory
    east, europe = (
        make(name_en="East", position=10, **other("name", "Oriente")),
        make(name_en="Europe", position=20),
    )
    syria = make(name_en="Syria", parent=east, position=10, **other("name", "Siria"))
    france = make(name_en="France", parent=europe, position=15, **other("name", "Francia"))
    paris = make(name_en="Paris", parent=france, position=5)
    news = make(name_en="News", kind="section", **other("name", "Noticias"))
    make(name_en="Opinion", kind="section", is_genre=True)
    tags = [
        factories.TagFactory(name="Peace", kind="storyline", **other("label", "Paz")),
        factories.TagFactory(name="Water", kind="series"),
        factories.TagFactory(name="Salt"),
    ]
    ana, ben = (
        factories.AuthorFactory(name_en="Ana"),
        factories.AuthorFactory(name_en="Ben", bio_en="Writes."),
    )
    first, second, gap = (
        factories.ImageFactory(),
        factories.ImageFactory(licence="CC BY", licence_url="https://example.org/by"),
        factories.ImageFactory(file="", creator="Unknown"),
    )
    CommentRule.objects.create(days=2)
    plans = [
        {
            "live": ["en", OTHER],
            "categories": [syria, news],
            "images": [first],
            "tags": tags[:1],
            "authors": [ana],
        },
        {
            "live": ["en"],
            "categories": [syria, france],
            "images": [second, gap],
            "authors": [ana, ben],
        },
        {"live": ["en", OTHER], "categories": [paris, news], "tags": tags},
        {
            "live": [OTHER],
            "categories": [east],
            "images": [gap],
            "authors": [ben],
            "tags": tags[1:],
        },
        {
            "live": ["en"],
            "categories": [east, paris],
            "tags": tags[2:],
            **other("title", "Borrador"),
            **other("body", "<p>No.</p>"),
        },
        {"live": [], "title_en": "Draft", "body_en": "<p>Not yet.</p>", "categories": [news]},
    ]
    for number, plan in enumerate(plans):
        factories.story(**plan, at=BEGIN - timedelta(hours=5 * (len(plans) - number), minutes=7))
    _promote(first, east, tags[0])
    story = Article.objects.order_by("pk").first()
    body = f'<p>Read <a data-article="{story.pk}">this</a>.</p><aside data-article="{story.pk}"></aside>'
    factories.own_page(live=LANGUAGES, kind="about", body_en=body)
    factories.own_page(live=[OTHER], title_en="Draft")
    for edition in Edition.objects.live(at=BEGIN).order_by("pk")[:2]:
        comment = commenting.write(edition, name="Cora", words="So it was.", sender=str(edition))
        commenting.moderate(comment, "publish", by=commenting.SYSTEM)
    correcting.record(story, {"en": "It was not so."}, by=commenting.SYSTEM)


def _promote(image, category, tag):
    """Promote something in every place: now, and at the foot of stories something else after that."""
    hour = timedelta(hours=1)
    both = {"live": LANGUAGES, "starts_at": BEGIN - hour}
    factories.promotion(**both, lasts=3 * hour, image=image, link="https://example.org/")
    factories.promotion(live=[OTHER], starts_at=BEGIN + hour, lasts=3 * hour, priority=1)
    factories.promotion(**both, place="front", event_at=BEGIN + 24 * hour, event_zone="Asia/Tokyo")
    factories.promotion(**both, category=category, lasts=5 * hour)
    factories.promotion(**both, tag=tag)


def first_addresses():
    """Return where readers begin; they follow links from there."""
    addresses = ["/sitemap.xml", "/news-sitemap.xml"]
    for code in LANGUAGES:
        addresses += [
            f"/{code}/archive/2026/03/sitemap-1.xml",
            f"/{code}/archive/2026/04/sitemap-1.xml",
            f"/{code}/",
            f"/{code}/feed.rss",
            f"/{code}/feeds.opml",
            f"/{code}/sitemap.xml",
            f"/{code}/news-sitemap.xml",
            f"/{code}/feed.json",
            f"/{code}/index.md",
            f"/{code}/llms.txt",
            f"/{code}/lite/",
            f"/{code}/archive/",
            f"/{code}/corrections/",
            f"/{code}/tag/",
            f"/{code}/api/",
            f"/{code}/author/",
            f"/{code}/archive/2026/03/",
            f"/{code}/archive/2026/04/",
            f"/{code}/archive/2026/03/30/",
        ]
        addresses += [category.url_in(code) for category in Category.objects.all()]
        addresses += [as_markdown(addresses[-1]), in_lite(addresses[-2])]
    return addresses


def desk():
    """Return the desk of somebody who may do everything."""
    return Desk(factories.UserFactory(is_staff=True, is_superuser=True))


def articles():
    return Article.objects.order_by("pk")
