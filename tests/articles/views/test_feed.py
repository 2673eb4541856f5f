import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.actions import publishing
from articles.models import Category
from tests import factories

# Feeds are read on both databases by pages/test_feed.py and by test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@pytest.fixture
def shelves():
    """Return the address of each list that holds one story, in Spanish."""
    tag = factories.TagFactory(name="Water", label_es="Agua")
    author = factories.AuthorFactory(name_en="Ana")
    region, section = (
        factories.CategoryFactory(name_en=name, name_es=name, kind=kind, parent=None)
        for name, kind in (("Atlantis", "region"), ("Tides", "section"))
    )
    factories.story(live=["es"], tags=[tag], authors=[author], categories=[region, section])
    things = tag, author, region, section
    return ["/es/", *(shelf.url_in("es") for shelf in things)]


@pytest.mark.parametrize("form", TYPES)
def test_every_list_has_a_feed_in_every_form(client, shelves, form):
    for url in shelves:
        answer = client.get(f"{url}feed.{form}")

        assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[form]), url
        read = json.loads if form == "json" else ElementTree.fromstring
        read(answer.content)


def test_every_feed_names_the_hubs_and_its_own_address_once(client, shelves, settings):
    settings.WEBSUB_HUBS = ["https://one.example/", "https://two.example/?a=b&c"]
    for url in shelves:
        for form in TYPES:
            answer = client.get(f"{url}feed.{form}")

            own = f"{settings.SITE_URL}{url}feed.{form}"
            assert answer["Link"].count("rel=") == 3
            assert answer["Link"].endswith(f'<{own}>; rel="self"')
            assert [hub for hub in settings.WEBSUB_HUBS if f'<{hub}>; rel="hub"' in answer["Link"]]
            assert _hubs(answer.content, form) == settings.WEBSUB_HUBS


def _hubs(content, form):
    """Return the hubs that a feed itself names."""
    if form == "json":
        return [hub["url"] for hub in json.loads(content)["hubs"] if hub["type"] == "WebSub"]
    links = ElementTree.fromstring(content).iter("{http://www.w3.org/2005/Atom}link")
    return [link.get("href") for link in links if link.get("rel") == "hub"]


def test_every_list_leads_to_its_feeds(client, shelves):
    for url in shelves:
        words = client.get(url).content.decode()

        assert 'type="application/atom+xml" title="' in words.partition("</head>")[0]
        for form in TYPES:
            assert f'href="{url}feed.{form}"' in words.partition("</head>")[2]


def test_all_feeds_of_a_language_are_in_one_file_to_which_lists_lead(client, shelves):
    words = client.get("/es/").content.decode()
    assert 'href="/es/feeds.opml"' in words.partition("</head>")[2]
    answer = client.get("/es/feeds.opml")

    root = ElementTree.fromstring(answer.content)
    feeds = [outline for outline in root.iter("outline") if "xmlUrl" in outline.attrib]
    assert answer["Content-Type"] == "text/x-opml; charset=utf-8"
    assert [group.get("text") for group in root.find("body")] == [
        *("Newsroom", "Regiones", "Secciones", "Temas", "Autores")
    ]
    paths = {feed.get("xmlUrl").removeprefix(settings.SITE_URL) for feed in feeds}
    assert paths == {f"{url}feed.rss" for url in shelves}
    assert all(client.get(path).status_code == 200 for path in paths)
    assert {feed.get("htmlUrl") for feed in feeds} == {settings.SITE_URL + url for url in shelves}
    assert "Agua" in {feed.get("text") for feed in feeds}
    assert client.get("/en/feeds.opml").status_code == 404


def test_no_page_leads_to_a_feed_that_is_not_there(client, shelves):
    empty = factories.CategoryFactory(name_en="Empty", parent=None).url_in("es")

    for url in ("/en/", empty, "/es/archive/"):
        assert "feed.atom" not in client.get(url).content.decode()
        assert client.get(f"{url}feed.atom").status_code == 404


def test_the_feed_of_a_renamed_list_leads_to_its_new_one_in_one_hop(client, shelves):
    region = Category.objects.get(slug_es="atlantis")
    region.slug_es = "lemuria"
    region.save()

    answer = client.get("/es/region/atlantis/feed.rss")

    assert (answer.status_code, answer["Location"]) == (301, "/es/region/lemuria/feed.rss")


def test_the_feed_of_a_list_under_a_name_of_another_language_leads_to_its_own(client, shelves):
    answer = client.get("/es/tag/water/feed.json")

    assert (answer.status_code, answer["Location"]) == (301, "/es/tag/agua/feed.json")


def test_the_name_of_a_tag_that_only_a_draft_has_is_not_told(client):
    tag = factories.TagFactory(name="Secret", label_es="Secreto")
    factories.story(live=[], tags=[tag])

    assert client.get("/es/tag/secret/feed.atom").status_code == 404


def test_a_story_is_there_from_its_minute_on_and_gone_when_it_is_withdrawn(client):
    soon = factories.story(live=["en"], at=timezone.now() + timedelta(hours=1))
    story = factories.story(live=["en"], title_en="Here")
    assert b"Here" in client.get("/en/feed.atom").content
    assert factories.edition(soon).title.encode() not in client.get("/en/feed.atom").content

    publishing.withdraw(factories.edition(story), by=publishing.SYSTEM, reason="No.")

    assert client.get("/en/feed.atom").status_code == 404


def test_a_feed_is_kept_and_made_anew_when_a_word_of_it_changes(client):
    assert reverse("articles:front", kwargs={"language": "en"}) == "/en/"
    factories.story(live=["en"])

    answer = client.get("/en/feed.atom")

    assert {"list:all:en", "settings"} <= answer.cache_tags.keys()
    assert any(name.startswith("text:") for name in answer.cache_tags)
