from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from tests import factories
from tests.articles.representations.test_sitemaps import SPACES

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)


def addresses(client, path):
    """Return the paths that a sitemap names."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    found = ElementTree.fromstring(answer.content).iter(f"{{{SPACES['s']}}}loc")
    return [each.text.removeprefix(settings.SITE_URL) for each in found]


def test_from_robots_on_every_story_is_found_and_every_address_answers(client):
    stories = [factories.story(live=codes, at=AT) for codes in (["en", "es"], ["ar"])]
    lines = client.get("/robots.txt").content.decode().splitlines()

    maps = [
        line.removeprefix(f"Sitemap: {settings.SITE_URL}") for line in lines if "Sitemap" in line
    ]

    found = [
        url
        for path in addresses(client, maps[0])
        if "/archive/" in path
        for url in addresses(client, path)
    ]
    assert sorted(found) == sorted(
        edition.url for story in stories for edition in story.editions.filter(status="published")
    )
    assert all(client.get(url).status_code == 200 for url in found)
    # No sitemap may be empty.
    assert addresses(client, maps[1]) == ["/en/", "/es/", "/pt/", "/ar/"]


def test_every_list_with_a_story_is_found_and_every_address_answers(client):
    region, section = (
        factories.CategoryFactory(name_en=name, kind=kind, parent=None)
        for name, kind in (("Atlantis", "region"), ("Tides", "section"))
    )
    empty = factories.CategoryFactory(name_en="Lemuria", parent=None)
    inner = factories.CategoryFactory(name_en="Harbour", parent=region)
    tag, author = factories.TagFactory(name="Salt"), factories.AuthorFactory(name_en="Ana")
    factories.story(live=["en"], at=AT, categories=[inner, section], tags=[tag], authors=[author])

    assert "/en/sitemap.xml" in addresses(client, "/sitemap.xml")
    assert "/es/sitemap.xml" not in addresses(client, "/sitemap.xml")
    found = addresses(client, "/en/sitemap.xml")
    assert found == [
        *("/en/", "/en/region/atlantis/", "/en/region/atlantis/harbour/", "/en/section/tides/"),
        *("/en/tag/", "/en/tag/salt/", "/en/author/", "/en/author/ana/"),
        *("/en/archive/", "/en/archive/2019/06/"),
    ]
    assert empty.url_in("en") not in found
    assert all(client.get(url).status_code == 200 for url in found)


def test_a_story_of_today_is_news(client):
    story = factories.story(live=["en"], at=timezone.now())

    assert addresses(client, "/news-sitemap.xml") == [factories.edition(story).url]


@pytest.mark.parametrize(
    "path",
    [
        *("/sitemap.xml", "/en/sitemap.xml", "/en/feeds.opml"),
        *("/en/archive/2019/06/sitemap-1.xml", "/en/archive/2019/13/sitemap-1.xml"),
        *("/en/archive/0000/01/sitemap-1.xml", "/en/archive/2019/06/sitemap-0.xml"),
    ],
)
def test_where_there_is_no_story_there_is_no_sitemap(client, path):
    assert client.get(path).status_code == 404


def test_a_part_that_a_month_does_not_have_is_not_there(client):
    factories.story(live=["en"], at=AT)

    assert client.get("/en/archive/2019/06/sitemap-1.xml").status_code == 200
    assert client.get("/en/archive/2019/06/sitemap-2.xml").status_code == 404
