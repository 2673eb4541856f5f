"""A public page costs the same number of queries whatever its length, and at most eight."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from articles.actions import correcting, publishing
from articles.derived import addresses
from articles.models import Category, Comment, OwnPage, Tag, Wording
from articles.pages import feed
from newsroom.db.keyset import Cursor
from newsroom.site import actions as site_actions, pictures
from newsroom.site.models import SiteSettings
from tests import factories, pages
from tests.newsroom.site.uploads import drawing, photograph

# Also where the work is done in a fixture: a run without a marked test has no database.
# Once: how many statements there are depends on no database; test_plans.py counts those of an archive's pages on both.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

MOST = 8
MANY = 40
"""So many corrections, changes and threads of comments stand on a page."""

STORIES = feed.NUMBER + 10
"""More than a feed or a page of a list holds beside those that were there when there was one of everything; so many pictures, links, tags, people and categories has the longest story."""

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)
LONG_AGO, MUCH_LATER = Cursor(AT - timedelta(days=1), 1), Cursor(AT + timedelta(days=1), 1)

LISTS = {
    "front": "/en/",
    "front in another language": "/es/",
    "own page": "/en/about/",
    "region": "/en/region/atlantis/",
    "region in another language": "/es/region/atlantis/",
    "region within a region": "/en/region/atlantis/harbour/",
    "section": "/en/section/tides/",
    "tag": "/en/tag/water/",
    "tag in another language": "/es/tag/water/",
    "author": "/en/author/ana-duarte/",
    "month": "/en/archive/2019/06/",
    "day": "/en/archive/2019/06/15/",
    "archive": "/en/archive/",
    "corrections": "/en/corrections/",
    "feed of the corrections": "/en/corrections/feed.atom",
    "tags": "/en/tag/",
    "authors": "/en/author/",
    "read API, for people": "/en/api/",
    "sitemaps": "/sitemap.xml",
    "sitemap of lists": "/en/sitemap.xml",
    "all feeds": "/en/feeds.opml",
    "sitemap of a month": "/en/archive/2019/06/sitemap-1.xml",
    "sitemap of news": "/news-sitemap.xml",
    "search": "/en/search/?q=the+story",
    "search that finds nothing": "/en/search/?q=nothingness",
    "feed": "/en/feed.atom",
    "feed of a region": "/en/region/atlantis/feed.rss",
    "feed of a tag": "/en/tag/water/feed.json",
    "feed of an author": "/en/author/ana-duarte/feed.atom",
    "what programs are told first": "/en/llms.txt",
    "region in the lite edition": "/en/lite/region/atlantis/",
    "front as Markdown": "/en/index.md",
    "region as Markdown": "/es/region/atlantis/index.md",
    "older page of a region": f"/en/region/atlantis/?before={MUCH_LATER}",
    "newer page of a region": f"/en/region/atlantis/?after={LONG_AGO}",
    "older page of a month": f"/en/archive/2019/06/?before={MUCH_LATER}",
    "newer page of a month": f"/en/archive/2019/06/?after={LONG_AGO}",
}
NO_STORIES = {
    "home": ("/", 302),
    "unknown address": ("/en/no/such/page/", 404),
    "unknown story": ("/en/2019/06/15/no-such-story/", 404),
    "unknown region": ("/en/region/no-such-place/", 404),
    "unknown tag": ("/en/tag/no-such-tag/", 404),
    "unknown author": ("/en/author/nobody/", 404),
}


def queries(path, *, status=200):
    """Return the statements of one request that nothing has been cached for, but what a process keeps in memory."""
    with pages.statements() as captured:
        response = Client().get(path)
    assert response.status_code == status
    return [query["sql"] for query in captured.captured_queries]


class Newsroom:
    """Stories that share one region inside another, a section, a tag, an author and a picture."""

    def __init__(self):
        root = factories.CategoryFactory(name_en="Atlantis", slug_es="atlantis")
        harbour = factories.CategoryFactory(name_en="Harbour", slug_es="harbour", parent=root)
        section = factories.CategoryFactory(name_en="Tides", kind="section")
        poster = factories.ImageFactory()
        factories.promotion(live=["en", "es"], image=poster)
        factories.promotion(live=["en", "es"], category=root, image=poster)
        factories.own_page(live=["en", "es"], kind="about", title_en="About", title_es="About")
        self.stories = []
        self.shared = {
            "categories": [harbour, section],
            "tags": [factories.TagFactory(name="Water")],
            "authors": [factories.AuthorFactory(name_en="Ana Duarte")],
            "images": [factories.ImageFactory()],
        }

    def publish(self, **own):
        number = len(self.stories)
        languages = ["en"] if number % 10 else ["en", "es"]
        moment = AT + timedelta(minutes=number)
        story = factories.story(live=languages, at=moment, **self.shared | own)
        self.stories.append(story)
        return factories.edition(story)

    def publish_full(self, things):
        """Publish a story with so many pictures, links, tags, categories and credits."""
        images = factories.ImageFactory.create_batch(things)
        body = "".join(
            f'<p>See <a data-article="{other.pk}">this</a>.</p>'
            f'<aside data-article="{other.pk}"></aside><figure data-image="{image.pk}"></figure>'
            for other, image in zip(self.stories[:things], images, strict=True)
        )
        categories = factories.CategoryFactory.create_batch(things - 1)
        running = [
            factories.TagFactory(kind=kind) for kind in (Tag.Kind.SERIES, Tag.Kind.STORYLINE)
        ]
        for _number in range(things):
            self.publish(tags=running)
        return self.publish(
            body_en=body,
            images=images,
            categories=[*self.shared["categories"], *categories],
            tags=[*running, *factories.TagFactory.create_batch(things)],
            authors=factories.AuthorFactory.create_batch(things),
        )


def discussed(edition, number):
    """Give an edition so many comments, each with an answer; return it."""
    for position in range(number):
        values = {"edition": edition, "state": "published", "written_at": AT, "name": "Ana"}
        head = Comment.objects.create(words=f"Number {position}", **values)
        Comment.objects.create(words="Indeed.", parent=head, **values)
    return edition


def reworded(edition, number):
    """Give an edition so many changes of its words; return it."""
    words = [[f"Number {position}", "", ["So it was."]] for position in range(number)]
    Wording.objects.bulk_create(
        Wording(edition=edition, words=wording, replaced_at=AT) for wording in words
    )
    return edition


def corrected(edition, number):
    """Give an edition so many corrections; return it."""
    for position in range(number):
        notes = {"en": f"Number {position}"}
        correcting.record(edition.article, notes, by=correcting.SYSTEM, now=AT + timedelta(days=1))
    edition.refresh_from_db()
    return edition


def furnish_site():
    """Give the site a look and words of its own, a page of each kind, and a menu with one of everything."""
    site = site_actions.settings_row()
    site.logo, site.logo_dark = (pictures.prepared(drawing(), "logo") for _ in range(2))
    site.icon = pictures.prepared(photograph(180, 180), "icon")
    site.sharing = pictures.prepared(photograph(600, 315, "JPEG"), "sharing")
    site.accent, site.zone, site.own_digits = "#005ea5", "Asia/Tokyo", ["ar"]
    site.contact, site.accounts = "desk@news.example", "https://social.example/@paper"
    site.allows_training, site.licence = False, "https://example.org/by"
    texts = [site_actions.texts_in(code) for code in ("en", "es")]
    for text in texts:
        text.name = text.strapline = text.legal_name = text.copyright = text.sharing_alt = "Words"
    site_actions.save(site, texts)
    for kind in OwnPage.Kind:
        if kind != OwnPage.Kind.ABOUT:
            factories.menu_entry(page=factories.own_page(live=["en", "es"], kind=kind))
    factories.menu_entry(link="https://shop.example/", label_en="Shop")
    for category in Category.objects.filter(parent=None):
        factories.menu_entry(category=category)


def count():
    """Return kind of page -> (statements where there is one of everything, where there are many)."""
    newsroom = Newsroom()
    corrected(newsroom.publish(), 1)
    few = {kind: queries(path) for kind, path in LISTS.items()}
    few["story"] = queries(corrected(newsroom.publish_full(1), 1).url)
    few["story as Markdown"] = queries(f"{newsroom.publish_full(1).url}index.md")
    few["comments"] = queries(discussed(newsroom.publish(), 1).comments_url)
    site_actions.save(SiteSettings(shows_changes=True))
    few["history"] = queries(reworded(newsroom.publish(), 1).history_url)
    furnish_site()
    while len(newsroom.stories) < STORIES:
        newsroom.publish()
    corrected(newsroom.publish(), MANY)
    many = {kind: queries(path) for kind, path in LISTS.items()}
    many["story"] = queries(corrected(newsroom.publish_full(STORIES), MANY).url)
    many["story as Markdown"] = queries(f"{newsroom.publish_full(STORIES).url}index.md")
    many["comments"] = queries(discussed(newsroom.publish(), MANY).comments_url)
    many["history"] = queries(reworded(newsroom.publish(), MANY).history_url)
    return {kind: (few[kind], many[kind]) for kind in many}


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
            by_kind = count()
        transaction.set_rollback(True)
    return by_kind


@pytest.mark.parametrize("kind", [*LISTS, "story", "story as Markdown", "comments", "history"])
def test_a_page_costs_the_same_with_one_of_everything_and_with_many(counted, kind):
    few, many = counted[kind]

    # One story has nothing by which a search could be narrowed down, so that nothing need have a name.
    spared = 2 if kind == "search" else 0
    assert len(few) + spared == len(many), "\n".join(many)


@pytest.mark.parametrize("kind", [*LISTS, "story", "story as Markdown", "comments", "history"])
def test_a_page_costs_eight_queries_at_most(counted, kind):
    assert len(counted[kind][1]) <= MOST


@pytest.mark.parametrize("kind", NO_STORIES)
def test_an_address_without_stories_costs_eight_queries_at_most(kind):
    path, status = NO_STORIES[kind]

    assert len(queries(path, status=status)) <= MOST


def test_a_story_that_is_not_in_this_language_costs_eight_queries_at_most():
    path = factories.live_edition("en", at=AT).url.replace("/en/", "/es/", 1)

    assert len(queries(path, status=404)) <= MOST


def test_a_withdrawn_story_costs_eight_queries_at_most():
    edition = factories.live_edition(at=AT)
    publishing.withdraw(edition, by=publishing.SYSTEM, reason="It was not so.")

    assert len(queries(edition.url, status=410)) <= MOST


def test_an_old_address_costs_eight_queries_at_most():
    edition = factories.live_edition(at=AT)
    addresses.add(edition, path="/old/path/")

    assert len(queries("/old/path/", status=301)) <= MOST
