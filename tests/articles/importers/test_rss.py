"""Feeds: each item is a Story in one language, or says in one sentence why it is none."""

import json
from datetime import UTC, datetime

import pytest

from articles.importers import rss
from articles.importers.story import BadFile, BadStory

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pt-BR"><author><name>Rita</name></author>{}</feed>'
ENTRY = "<entry><id>urn:a</id><title>Cais</title><updated>2017-11-30T12:00:00Z</updated>{}</entry>"


@pytest.fixture
def feed(read_as):
    return read_as("rss")


def test_an_item_has_its_words_people_and_subjects(feed):
    story, *_others = feed()

    assert (story.external_id, story.source_language, story.is_whole) == (
        "urn:harbour:12",
        "en",
        False,
    )
    text = story.texts["en"]
    assert (text.title, text.standfirst) == ("Ferry line opens & again", "Two crossings a day.")
    assert text.status == "published"
    assert text.published_at == datetime(2017, 11, 30, 12, tzinfo=UTC)
    assert text.modified_at == datetime(2017, 12, 1, 9, 30, tzinfo=UTC)
    assert [byline.names for byline in story.bylines] == [{"": "Ana Duarte"}, {"": "Omar Haddad"}]
    assert [subject.names for subject in story.subjects] == [{"": "Ferries"}, {"": "Syria"}]
    assert story.old_addresses == {"en": ("/2017/ferry/?edition=2",)}


def test_pictures_of_the_body_and_beside_it_are_gaps_with_their_words(feed):
    story, *_others = feed()

    lead, inside = story.pictures
    assert (lead.lead, lead.caption, lead.credit_line) == (
        True,
        {"en": "The ferry at the pier"},
        "Ana Ríos",
    )
    assert (inside.lead, inside.caption, inside.alt) == (
        False,
        {"en": "The pier"},
        {"en": "A pier"},
    )
    assert inside.source_url == "https://harbour.example/media/pier.jpg"
    assert 'src="https://harbour.example/media/pier.jpg"' in story.texts["en"].body
    assert "figcaption" not in story.texts["en"].body
    assert "count.example" not in story.texts["en"].body
    assert 'href="https://harbour.example/2016/pier/"' in story.texts["en"].body
    assert "Left out, no picture: https://harbour.example/talk.mp3" in story.notes


def test_what_an_item_lacks_is_told(feed):
    _first, untitled, nameless, foreign = feed()

    assert untitled.texts["es"].title == "El muelle abre […]"
    assert untitled.texts["es"].status == "draft"
    assert "It has no headline; its first words stand for one." in untitled.notes
    assert "It has no time of publication, so it stays a draft." in untitled.notes
    assert isinstance(nameless, BadStory)
    assert str(nameless) == "Line 27: it has no id; give it one that never changes."
    assert 'its language is "ja", which this site does not have' in str(foreign)


def test_an_item_without_a_time_takes_that_of_the_run(feed):
    story = feed(published_at=datetime(2018, 1, 1, tzinfo=UTC))[1]

    assert (story.texts["es"].status, story.texts["es"].published_at.year) == ("published", 2018)


def test_atom_is_read_with_what_its_feed_says(feed):
    content = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Um <b>cais</b></p></div></content>'
    blogger = '<category scheme="http://schemas.google.com/g/2005#kind" term="…#{}"/>'
    draft = '<c:control xmlns:c="http://www.w3.org/2007/app"><c:draft>yes</c:draft></c:control>'
    entries = [content, blogger.format("post") + draft, blogger.format("comment")]

    story, hidden = feed(
        ATOM.format(
            "".join(
                ENTRY.format(entry).replace("urn:a", f"urn:{n}") for n, entry in enumerate(entries)
            )
        )
    )

    assert "<p>Um <b>cais</b></p>" in story.texts["pt-br"].body
    assert [byline.names for byline in story.bylines] == [{"": "Rita"}]
    assert story.texts["pt-br"].published_at == datetime(2017, 11, 30, 12, tzinfo=UTC)
    assert (hidden.texts["pt-br"].status, hidden.subjects) == ("draft", ())


def test_the_begin_of_the_text_is_no_standfirst(feed):
    begin = "<summary>The ferry. It sails […]</summary><content type='html'>&lt;p>The ferry.&lt;/p>&lt;p>It sails now.</content>"

    assert feed(ATOM.format(ENTRY.format(begin)))[0].texts["pt-br"].standfirst == ""


def test_a_json_feed_is_read(feed):
    item = {
        "id": "7",
        "url": "https://a.example/ferry",
        "title": "Ferry",
        "content_html": "<p>Words</p>",
        "date_published": "2017-11-30T12:00:00+02:00",
        "authors": [{"name": "Ana"}],
        "tags": ["Ferries", 7],
        "image": "https://a.example/i.jpg",
        "attachments": [{"url": "https://a.example/j.png", "mime_type": "image/png"}, 3],
    }
    head = {"version": "https://jsonfeed.org/version/1.1", "language": "es"}

    story, refused, listed = feed(json.dumps(head | {"items": [item, {"id": "8"}, [1]]}))

    assert story.texts["es"].published_at == datetime(2017, 11, 30, 10, tzinfo=UTC)
    assert [picture.reference[-5:] for picture in story.pictures] == ["i.jpg", "j.png"]
    assert [subject.names for subject in story.subjects] == [{"": "Ferries"}, {"": "7"}]
    assert str(refused) == 'Item 2, story "8": it has no headline; give it one.'
    assert "no object" in str(listed)


@pytest.mark.parametrize(
    "data",
    [
        "<rss><channel/></rss>",
        '{"version": "https://jsonfeed.org/version/1", "items": 3}',
        "{",
        "[]" * 99,
    ],
)
def test_a_file_without_items_is_refused(feed, data):
    with pytest.raises(BadFile):
        feed(data)


def test_an_id_that_stands_twice_is_refused_the_second_time(feed):
    story, again = feed(ATOM.format(ENTRY.format("") * 2))

    assert story.external_id == "urn:a"
    assert (
        str(again)
        == 'Line 1, story "urn:a": the id was used at line 1 already; give each story an id of its own.'
    )


@pytest.mark.parametrize(
    ("head", "is_feed"),
    [
        ('<rss version="2.0">', True),
        ('<entry xmlns="http://www.w3.org/2005/Atom">', True),
        ('<rdf:RDF xmlns="http://purl.org/rss/1.0/">', True),
        ('{"version": "https://jsonfeed.org/version/1.1"', True),
        ('<rdf:RDF xmlns="urn:a">', False),
        ('<rss xmlns:wp="http://wordpress.org/export/1.2/">', False),
        ("<entry>", False),
        ('{"version": "1"}', False),
        ("Words about <rss>", False),
    ],
)
def test_a_feed_is_known_by_its_first_tag_or_its_version(head, is_feed):
    assert rss.sniff(head) is is_feed
