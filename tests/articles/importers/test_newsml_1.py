"""NewsML 1: a news item is a Story in each language that it has a text in, with the pictures beside it."""

from datetime import UTC, datetime

import pytest

from articles.importers import newsml_1
from articles.importers.story import BadFile


@pytest.fixture
def document(read_as):
    return read_as("newsml-1")


def test_an_item_has_its_words_times_people_and_subjects(document):
    story = document()[0]

    text = story.texts["es"]
    assert (story.external_id, story.is_whole) == (
        "urn:newsml:harbour.example:20171130:ferry",
        False,
    )
    assert (text.title, text.standfirst) == ("Vuelve el ferry a Ílhavo", "Corto.")
    assert text.body == "<p>El <em>ferry</em> &amp; el muelle.</p><h2>Precios</h2><p>Nada.</p>"
    assert (text.status, text.published_at) == ("published", datetime(2017, 12, 1, 18, tzinfo=UTC))
    assert text.modified_at == datetime(2017, 12, 2, 9, 30, tzinfo=UTC)
    assert [byline.names[""] for byline in story.bylines] == ["Ana Duarte"]
    assert [subject.names[""] for subject in story.subjects] == ["ferris", "puertos", "Transporte"]
    assert story.related == ("urn:newsml:harbour.example:20171129:pier",)


def test_each_picture_is_taken_once_at_its_widest_with_its_words(document):
    story = document()[0]
    photo, graphic = story.pictures

    assert (photo.reference, photo.lead, photo.kind) == ("./ferry.jpg", True, "photo")
    assert photo.caption == {"es": "El ferry en el muelle"}
    assert (photo.creator, photo.credit_line) == ("Ana Ríos", "Ana Ríos/Harbour")
    assert (graphic.reference, graphic.kind) == ("https://harbour.example/map.png", "graphic")
    assert "Left out, no picture: ferry.mp3" in story.notes


def test_an_item_in_two_languages_is_one_story_in_both(document):
    _ferry, english, portuguese, *_others = document()

    assert english.external_id == portuguese.external_id
    assert (english.texts["en"].title, portuguese.texts["pt"].title) == (
        "The bridge opens",
        "A ponte abre",
    )
    assert english.texts["en"].standfirst == "After a year."
    assert english.texts["en"].body == "<p>One &lt; two.</p><p>Three.</p>"
    assert portuguese.texts["pt"].body == "A <b>ponte</b> nova."
    assert [byline.names[""] for byline in english.bylines] == ["Ana Duarte", "Omar Haddad"]
    assert english.texts["en"].published_at == datetime(2017, 11, 30, 12, tzinfo=UTC)


def test_an_embargo_without_an_end_stays_a_draft(document):
    story = document()[-1]

    assert story.external_id == "urn:newsml:harbour.example:20171130:later"
    assert (story.texts["en"].status, story.texts["en"].body) == ("draft", "<p>Not <b>yet</b>.</p>")
    assert [picture.reference for picture in story.pictures] == ["one.jpg", "two.jpg"]


def test_a_part_of_another_role_serves_where_there_is_no_other_and_is_named_elsewhere(document):
    item = "<NewsIdentifier><NewsItemId>a</NewsItemId></NewsIdentifier>"
    part = '<Role FormalName="Background"/><ContentItem><DataContent>In 1903.</DataContent></ContentItem>'
    head = "<NewsLines><HeadLine>A</HeadLine></NewsLines>"
    (alone,) = document(
        f"<NewsML><NewsItem>{item}<NewsComponent>{head}{part}</NewsComponent></NewsItem></NewsML>"
    )

    assert alone.texts["en"].body == "<p>In 1903.</p>"
    assert "Left out, a part that is called background." in document()[0].notes


def test_a_picture_alone_is_no_story(document):
    assert str(document()[3]) == (
        'Line 72, story "urn:newsml:lonely": it has no text; import the story that it belongs to.'
    )


def test_a_file_without_items_is_refused(document):
    with pytest.raises(BadFile, match="it holds no NewsItem"):
        document("<NewsML/>")


def test_a_document_is_known_by_its_first_tag():
    assert newsml_1.sniff("<!DOCTYPE NewsML [<!ENTITY % a SYSTEM 'b'> %a;]><NewsML Version='1.2'>")
    assert not newsml_1.sniff("<newsMessage>")
