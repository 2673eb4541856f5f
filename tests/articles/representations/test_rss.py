from dataclasses import replace
from xml.etree import ElementTree

import pytest

from articles.representations.rss import NAMESPACES, rss
from tests.articles.representations import feeding


@pytest.fixture
def channel(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://news.example", "The Paper"
    return ElementTree.fromstring(rss(feeding.feed())).find("channel")


def words(element, path):
    return [child.text for child in element.findall(path, NAMESPACES)]


def test_a_channel_says_what_it_is_where_it_stands_and_when_it_changed(channel):
    assert words(channel, "title") == ["Océano – The Paper"]
    assert words(channel, "link") == ["https://news.example/es/region/oceano/"]
    assert words(channel, "language") == ["es"]
    assert words(channel, "lastBuildDate") == ["Sun, 16 Jun 2019 09:00:00 +0000"]
    assert channel.find("atom:link", NAMESPACES).attrib["href"].endswith("/oceano/feed.rss")


def test_a_list_is_described_by_its_title():
    root = ElementTree.fromstring(rss(feeding.feed()))

    assert words(root, "channel/description") == words(root, "channel/title")


def test_an_item_says_everything_of_its_story(channel):
    item = channel.findall("item")[0]

    assert words(item, "title") == ["El mar & <la> sal"]
    assert words(item, "guid") == ["tag:news.example,2026:story-12-es"]
    assert item.find("guid").attrib == {"isPermaLink": "false"}
    assert words(item, "link") == ["https://news.example/es/2019/06/15/el-mar/"]
    assert [link.attrib["href"] for link in item.findall("atom:link", NAMESPACES)] == [
        "https://news.example/en/2019/06/15/sea/"
    ]
    assert words(item, "pubDate") == ["Sat, 15 Jun 2019 12:00:00 +0000"]
    assert (
        words(item, "dc:creator") == words(item, "atom:author/atom:name") == ["Ana Duarte", "Ben"]
    )
    assert words(item, "atom:contributor/atom:name") == ["Cleo"]
    assert words(item, "atom:author/atom:uri")[0] == "https://news.example/es/author/ana-duarte/"
    assert words(item, "category") == ["Océano", "Sal"]
    assert "<p>Agua</p>" in words(item, "content:encoded")[0]


def test_a_picture_keeps_its_credit_licence_and_caption(channel):
    (picture,) = channel.findall("item/media:content", NAMESPACES)

    assert picture.attrib["url"] == "https://news.example/media/sea.jpg"
    assert words(picture, "media:description") == ["Waves & wind"]
    assert words(picture, "media:credit") == ["A. Painter / Sea"]
    assert words(picture, "media:copyright") == ["© Sea"]
    assert picture.find("media:license", NAMESPACES).attrib == {"url": "https://l.example/"}


def test_the_file_of_a_picture_whose_bytes_are_known_is_the_enclosure(channel, settings):
    unknown = replace(feeding.STORY, shown=[feeding.picture(light_bytes=0)])

    (enclosure,) = channel.findall("item/enclosure")

    assert enclosure.attrib == {
        "url": "https://news.example/media/sea-640.jpg",
        "length": "1234",
        "type": "image/jpeg",
    }
    assert b"<enclosure" not in rss(feeding.feed(unknown))


def test_an_item_of_a_bare_story_has_nothing_empty(channel):
    assert [child.tag.partition("}")[2] or child.tag for child in channel.findall("item")[1]] == [
        *("title", "link", "guid", "pubDate", "encoded")
    ]
