"""RFC 4287."""

from xml.etree import ElementTree

import pytest

from articles.representations.atom import NAMESPACE, atom
from tests.articles.representations import feeding

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def root(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://news.example", "The Paper"
    return ElementTree.fromstring(atom(feeding.feed()))


def elements(element, path):
    return element.findall("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))


def words(element, path):
    return [child.text for child in elements(element, path)]


def test_a_feed_says_what_it_is_where_it_stands_and_when_it_changed(root):
    assert root.attrib[LANGUAGE] == "es"
    assert words(root, "id") == ["tag:news.example,2026:list-category-7-es"]
    assert words(root, "title") == ["Océano – The Paper"]
    assert words(root, "updated") == ["2019-06-16T09:00:00+00:00"]
    assert words(root, "author/name") == ["The Paper"]
    assert {link.attrib["rel"]: link.attrib["href"] for link in elements(root, "link")} == {
        "self": "https://news.example/es/region/oceano/feed.atom",
        "alternate": "https://news.example/es/region/oceano/",
    }


def test_an_entry_says_everything_of_its_story(root):
    story, _bare = elements(root, "entry")

    assert words(story, "id") == ["tag:news.example,2026:story-12-es"]
    assert words(story, "title") == ["El mar & <la> sal"]
    assert [(link.attrib["hreflang"], link.attrib["href"]) for link in elements(story, "link")] == [
        ("es", "https://news.example/es/2019/06/15/el-mar/"),
        ("en", "https://news.example/en/2019/06/15/sea/"),
    ]
    assert words(story, "published") == ["2019-06-15T12:00:00+00:00"]
    assert words(story, "updated") == ["2019-06-16T09:00:00+00:00"]
    assert words(story, "author/name") == ["Ana Duarte", "Ben"]
    assert words(story, "contributor/name") == ["Cleo"]
    assert [
        (category.attrib["term"], category.attrib["label"])
        for category in elements(story, "category")
    ] == [
        ("tag:news.example,2026:category-7", "Océano"),
        ("tag:news.example,2026:tag-3", "Sal"),
    ]
    assert words(story, "summary") == ["Sube."]
    (content,) = elements(story, "content")
    assert content.attrib == {"type": "html"}
    assert "<p>Agua</p>" in content.text
    assert 'src="https://news.example/media/sea.jpg"' in content.text


def test_an_entry_of_a_bare_story_has_what_must_be_there_and_nothing_empty(root):
    _story, bare = elements(root, "entry")

    assert [child.tag.partition("}")[2] for child in bare] == [
        *("id", "title", "link", "published", "updated", "content")
    ]
