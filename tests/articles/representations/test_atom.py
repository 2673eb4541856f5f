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


def found(element, path):
    return element.findall("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))


def words(element, path):
    return [each.text for each in found(element, path)]


def test_a_feed_says_what_it_is_where_it_stands_and_when_it_changed(root):
    assert root.attrib[LANGUAGE] == "es"
    assert words(root, "id") == ["tag:news.example,2026:list-category-7-es"]
    assert words(root, "title") == ["Océano – The Paper"]
    assert words(root, "updated") == ["2019-06-16T09:00:00+00:00"]
    assert words(root, "author/name") == ["The Paper"]
    assert {each.attrib["rel"]: each.attrib["href"] for each in found(root, "link")} == {
        "self": "https://news.example/es/region/oceano/feed.atom",
        "alternate": "https://news.example/es/region/oceano/",
    }


def test_an_entry_says_everything_of_its_story(root):
    story, _bare = found(root, "entry")

    assert words(story, "id") == ["tag:news.example,2026:story-12-es"]
    assert words(story, "title") == ["El mar & <la> sal"]
    assert [(each.attrib["hreflang"], each.attrib["href"]) for each in found(story, "link")] == [
        ("es", "https://news.example/es/2019/06/15/el-mar/"),
        ("en", "https://news.example/en/2019/06/15/sea/"),
    ]
    assert words(story, "published") == ["2019-06-15T12:00:00+00:00"]
    assert words(story, "updated") == ["2019-06-16T09:00:00+00:00"]
    assert words(story, "author/name") == ["Ana Duarte", "Ben"]
    assert words(story, "contributor/name") == ["Cleo"]
    assert [(each.attrib["term"], each.attrib["label"]) for each in found(story, "category")] == [
        ("tag:news.example,2026:category-7", "Océano"),
        ("tag:news.example,2026:tag-3", "Sal"),
    ]
    assert words(story, "summary") == ["Sube."]
    (content,) = found(story, "content")
    assert content.attrib == {"type": "html"}
    assert "<p>Agua</p>" in content.text
    assert 'src="https://news.example/media/sea.jpg"' in content.text


def test_an_entry_of_a_bare_story_has_what_must_be_there_and_nothing_empty(root):
    _story, bare = found(root, "entry")

    assert [each.tag.partition("}")[2] for each in bare] == [
        *("id", "title", "link", "published", "updated", "content")
    ]
