"""NewsML-G2: each news item is a Story in one language, and the pictures of a message stand with their stories."""

from datetime import UTC, datetime

import pytest

from articles.importers import newsml_g2
from articles.importers.story import BadFile
from tests import samples


@pytest.fixture
def message(read_as):
    return read_as("newsml-g2")


def test_an_item_has_its_words_times_people_and_subjects(message):
    story = message()[0]

    text = story.texts["es"]
    assert (story.external_id, story.is_whole) == ("urn:newsml:harbour.example:ferry", False)
    assert (text.title, text.standfirst) == ("Vuelve el ferry", "Dos salidas al día.")
    assert text.body == "<p>El <b>ferry</b> &amp; el muelle.</p>"
    assert text.status == "published"
    assert text.published_at == datetime(2017, 12, 1, 18, tzinfo=UTC)
    assert text.modified_at == datetime(2017, 12, 2, 9, 30, tzinfo=UTC)
    assert [byline.names[""] for byline in story.bylines] == ["Ana Duarte"]
    assert [subject.names for subject in story.subjects] == [
        {"en": "shipping", "es": "navegación"},
        {"es": "Puertos"},
        {"es": "Entrevista"},
        {"es": "ferris"},
    ]
    assert story.old_addresses == {"es": ("/es/ferry/",)}
    assert story.related == ("urn:newsml:harbour.example:pier",)


def test_the_pictures_of_a_message_stand_with_the_story_that_names_them(message):
    graphic, photo = message()[0].pictures

    assert (graphic.reference, graphic.kind, graphic.lead) == (
        "https://harbour.example/map.png",
        "graphic",
        True,
    )
    assert (photo.reference, photo.caption) == ("./ferry.jpg", {"es": "El ferry en el muelle"})
    assert (photo.creator, photo.credit_line) == ("Ana Ríos", "Ana Ríos/Harbour")
    assert photo.copyright_notice == "© Ana Ríos"


def test_a_picture_alone_is_no_story(message):
    assert str(message()[1]) == (
        'Line 43, story "urn:newsml:harbour.example:lonely": it is a picture without a text; '
        "import the story that shows it."
    )


def test_a_document_of_nitf_gives_what_the_item_does_not_say(message):
    _ferry, _lonely, story, _plain = message()

    text = story.texts["en"]
    assert (text.title, text.standfirst, text.body) == (
        "Dock",
        "Short.",
        "<p>A dock.</p><h2>Deep</h2>",
    )
    assert text.status == "withdrawn"
    assert [(byline.names[""], byline.kind) for byline in story.bylines] == [
        ("Sports Network", "organisation")
    ]


def test_plain_text_is_paragraphs(message):
    story = message()[-1]

    assert story.texts["en"].body == "<p>One &lt; two.</p><p>Three.</p>"
    assert [byline.names[""] for byline in story.bylines] == ["Ana Duarte", "Omar Haddad"]


def test_a_file_without_items_is_refused(message):
    with pytest.raises(BadFile, match="it holds no newsItem"):
        message("<newsMessage/>")


def test_a_message_is_known_by_its_first_tag():
    assert newsml_g2.sniff("<nar:newsMessage xmlns:nar='x'>")
    assert newsml_g2.sniff("<newsItem guid='a'>")
    assert not newsml_g2.sniff("<nitf><newsItem>")


@samples.needed
def test_the_items_of_others_are_read_or_refused_in_a_sentence(message):
    answers = {}
    for path in sorted((samples.FOLDER / "newsml" / "newsml-g2").glob("*.xml")):
        if newsml_g2.sniff(path.read_text()):
            (answers[path.name[:10]],) = message(path.read_bytes())

    story = answers["LISTING_2_"]
    assert "Et, sent luptat luptat" in story.texts["en"].body
    assert len(story.subjects) == 3
    assert answers["LISTING_1_"].texts["en"].status == "draft"
    assert "it is a picture without a text" in str(answers["LISTING_3_"])
    assert "it has no headline" in str(answers["LISTING_29"])
