from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from articles.pages import sitemap as sitemaps
from tests import factories
from tests.articles.representations.test_sitemaps import SPACES

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)


def addresses(client, path):
    """Return the paths that a sitemap names."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    places = ElementTree.fromstring(answer.content).iter(f"{{{SPACES['s']}}}loc")
    return [place.text.removeprefix(settings.SITE_URL) for place in places]


def test_from_robots_on_every_story_is_found_and_every_address_answers(client):
    stories = [factories.story(live=codes, at=AT) for codes in (["en", "es"], ["ar"])]
    lines = client.get("/robots.txt").content.decode().splitlines()

    maps = [
        line.removeprefix(f"Sitemap: {settings.SITE_URL}") for line in lines if "Sitemap" in line
    ]

    urls = [
        url
        for path in addresses(client, maps[0])
        if "/archive/" in path
        for url in addresses(client, path)
    ]
    assert sorted(urls) == sorted(
        edition.url for story in stories for edition in story.editions.filter(status="published")
    )
    assert all(client.get(url).status_code == 200 for url in urls)
    news = addresses(client, maps[1])
    assert news == [f"/{code}/news-sitemap.xml" for code in ("en", "es", "pt", "ar")]
    # No sitemap may be empty.
    assert [addresses(client, path) for path in news] == [["/en/"], ["/es/"], ["/pt/"], ["/ar/"]]


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
    urls = addresses(client, "/en/sitemap.xml")
    assert urls == [
        *("/en/", "/en/region/atlantis/", "/en/region/atlantis/harbour/", "/en/section/tides/"),
        *("/en/tag/", "/en/tag/salt/", "/en/author/", "/en/author/ana/"),
        *("/en/archive/", "/en/archive/2019/06/"),
    ]
    assert empty.url_in("en") not in urls
    assert all(client.get(url).status_code == 200 for url in urls)


def test_a_story_of_today_is_news(client):
    story = factories.story(live=["en"], at=timezone.now())

    assert addresses(client, "/en/news-sitemap.xml") == [factories.edition(story).url]


@pytest.mark.parametrize(
    "path",
    [
        *("/sitemap.xml", "/en/sitemap.xml", "/en/feeds.opml"),
        *("/en/archive/2019/06/sitemap-1.xml", "/en/archive/2019/13/sitemap-1.xml"),
        *("/en/sitemap-1.xml", "/en/sitemap-2.xml"),
        *("/en/archive/0000/01/sitemap-1.xml", "/en/archive/2019/06/sitemap-0.xml"),
    ],
)
def test_where_there_is_no_story_there_is_no_sitemap(client, path):
    assert client.get(path).status_code == 404


def test_a_part_that_a_month_does_not_have_is_not_there(client):
    factories.story(live=["en"], at=AT)

    assert client.get("/en/archive/2019/06/sitemap-1.xml").status_code == 200
    assert client.get("/en/archive/2019/06/sitemap-2.xml").status_code == 404


def test_the_parts_of_lists_hold_each_list_once(client, monkeypatch):
    factories.story(live=["en"], at=AT, tags=[factories.TagFactory() for _each in range(4)])
    whole = addresses(client, "/en/sitemap.xml")
    monkeypatch.setattr(sitemaps, "MOST", 4)
    monkeypatch.setattr(sitemaps, "CROWDED", 1)

    files = [url for url in addresses(client, "/sitemap.xml") if "/archive/" not in url]

    assert len(files) == -(-len(whole) // 4) > 1
    assert [url for path in files for url in addresses(client, path)] == whole
    assert client.get("/en/sitemap-1.xml").status_code == 404


# --- By the schemas: sitemaps.org/schemas/sitemap/0.9 (sitemap.xsd, siteindex.xsd), and Google's of news ---

MAP, NEWS = (f"{{{SPACES[name]}}}" for name in "sn")
ORDER = {
    f"{MAP}urlset": [f"{MAP}url"],
    f"{MAP}sitemapindex": [f"{MAP}sitemap"],
    f"{MAP}url": [
        *(f"{MAP}{name}" for name in ("loc", "lastmod", "changefreq", "priority")),
        *(f"{NEWS}news", f"{{{SPACES['x']}}}link"),
    ],
    f"{MAP}sitemap": [f"{MAP}loc", f"{MAP}lastmod"],
    f"{NEWS}news": [f"{NEWS}{name}" for name in ("publication", "publication_date", "title")],
    f"{NEWS}publication": [f"{NEWS}name", f"{NEWS}language"],
}
"""Each element that holds others -> those that it may hold, in their order."""

MANY = {f"{MAP}url", f"{MAP}sitemap", f"{{{SPACES['x']}}}link"}
LIMITS = {f"{MAP}urlset": 50_000, f"{MAP}sitemapindex": 50_000}
LONGEST_ADDRESS, LARGEST_FILE, MOST_NEWS = 2048, 50 * 1024**2, 1000


def check(document):
    """Assert that a sitemap is valid: names, order and number of its elements, and what is in them."""
    root = ElementTree.fromstring(document)
    assert len(document) <= LARGEST_FILE
    assert 0 < len(root) <= LIMITS[root.tag]
    assert len(list(root.iter(f"{NEWS}news"))) <= MOST_NEWS
    for element in root.iter():
        names = [child.tag for child in element]
        order = ORDER.get(element.tag, [])
        assert set(names) <= set(order), element.tag
        assert names == sorted(names, key=order.index)
        assert all(names.count(name) == 1 for name in set(names) - MANY)
        if element.tag in {f"{MAP}url", f"{MAP}sitemap"}:
            assert f"{MAP}loc" in names
        if element.tag == f"{NEWS}news":
            assert names == order
    for place in root.iter(f"{MAP}loc"):
        assert place.text.startswith(f"{settings.SITE_URL}/")
        assert len(place.text) <= LONGEST_ADDRESS
        assert place.text.isascii()
    for name in (f"{MAP}lastmod", f"{NEWS}publication_date"):
        for moment in root.iter(name):
            assert datetime.fromisoformat(moment.text).tzinfo


def test_every_sitemap_is_valid_by_its_schema(client):
    region = factories.CategoryFactory(name_en="Atlantis", name_ar="أطلنطس", parent=None)
    for at in (AT, timezone.now()):
        texts = {"title_en": "A & <b>", "title_ar": "البحر"}
        factories.story(live=["en", "es", "ar"], at=at, categories=[region], **texts)
    indexes = ["/sitemap.xml", "/news-sitemap.xml"]

    files = [url for path in indexes for url in addresses(client, path)]

    assert len(files) > 10
    for path in (*indexes, *files):
        check(client.get(path).content)


@pytest.mark.parametrize(
    "wrong",
    [
        "<url><lastmod>2019-06-15T12:00:00Z</lastmod><loc>{here}/</loc></url>",
        "<url><lastmod>2019-06-15T12:00:00Z</lastmod></url>",
        "<url><loc>{here}/</loc><lastmod>2019-06-15T12:00:00</lastmod></url>",
        "<url><loc>https://elsewhere.example/</loc></url>",
        "<url><loc>{here}/</loc><loc>{here}/</loc></url>",
        "<url><loc>{here}/</loc><title>A</title></url>",
        "",
    ],
)
def test_the_check_refuses_what_the_schema_does(wrong):
    words = wrong.format(here=settings.SITE_URL)
    document = f'<urlset xmlns="{SPACES["s"]}">{words}</urlset>'

    with pytest.raises(AssertionError):
        check(document.encode())
