"""https://www.jsonfeed.org/version/1.1/"""

import json

import pytest

from articles.representations.jsonfeed import jsonfeed
from tests.articles.representations import feeding


@pytest.fixture
def made(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://news.example", "The Paper"
    return json.loads(jsonfeed(feeding.feed()))


def test_a_feed_says_what_it_is_and_where_it_stands(made):
    assert {name: value for name, value in made.items() if name != "items"} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Océano – The Paper",
        "home_page_url": "https://news.example/es/region/oceano/",
        "feed_url": "https://news.example/es/region/oceano/feed.json",
        "language": "es",
    }


def test_an_item_says_everything_of_its_story(made):
    item = made["items"][0]
    html = item.pop("content_html")

    assert "<p>Agua</p>" in html
    assert item == {
        "id": "tag:news.example,2026:story-12-es",
        "url": "https://news.example/es/2019/06/15/el-mar/",
        "title": "El mar & <la> sal",
        "summary": "Sube.",
        "image": "https://news.example/media/sea.jpg",
        "date_published": "2019-06-15T12:00:00+00:00",
        "date_modified": "2019-06-16T09:00:00+00:00",
        "authors": [
            {"name": "Ana Duarte", "url": "https://news.example/es/author/ana-duarte/"},
            {"name": "Ben", "url": "https://news.example/es/author/ben/"},
        ],
        "_translators": [{"name": "Cleo", "url": "https://news.example/es/author/cleo/"}],
        "tags": ["Océano", "Sal"],
        "language": "es",
        "_languages": {"en": "https://news.example/en/2019/06/15/sea/"},
        "attachments": [
            {
                "url": "https://news.example/media/sea-640.jpg",
                "mime_type": "image/jpeg",
                "title": "Waves & wind",
                "size_in_bytes": 1234,
                "_credit": "A. Painter / Sea",
                "_copyright": "© Sea",
                "_license": "https://l.example/",
            }
        ],
        "_topics": {
            "Océano": "https://news.example/es/region/oceano/",
            "Sal": "https://news.example/es/tag/sal/",
        },
    }


def test_an_item_of_a_bare_story_has_nothing_empty(made):
    assert list(made["items"][1]) == [
        *("id", "url", "title", "content_html", "date_published", "date_modified", "language")
    ]
