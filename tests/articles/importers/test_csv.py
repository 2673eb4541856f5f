"""CSV: each row is a Story, in all the languages that the table has columns for."""

import csv as library
import io
import json
from datetime import UTC, datetime

import pytest

from articles.importers.formats import FORMATS
from articles.importers.story import BadFile


@pytest.fixture
def table(read_as):
    return read_as("csv")


def test_a_row_has_its_words_in_each_language(table):
    story = table()[0]

    english, spanish = story.texts["en"], story.texts["es"]
    assert (story.external_id, story.source_language, story.is_whole) == ("12", "en", True)
    assert (english.title, spanish.title) == ("Ferry line opens again", "Vuelve el ferry")
    assert (english.standfirst, spanish.standfirst) == ("Two crossings a day.", "")
    assert english.body == "<p>The ferry; it sails\nfrom <b>Monday</b>.</p>"
    assert spanish.body == "<p>El ferry sale.</p>"
    assert english.published_at == spanish.published_at == datetime(2017, 11, 30, 12, tzinfo=UTC)
    assert (english.status, spanish.status) == ("published", "published")
    assert english.modified_at == datetime(2017, 12, 1, tzinfo=UTC)
    assert story.old_addresses == {"en": ("/ferry",), "es": ("/es/ferry",)}


def test_a_row_has_people_subjects_and_a_picture(table):
    story = table()[0]

    assert [byline.names[""] for byline in story.bylines] == ["Ana Duarte"]
    assert [(subject.names["en"], subject.kind) for subject in story.subjects] == [
        ("Economy", "category"),
        ("Ferries", "tag"),
        ("Syria", "tag"),
    ]
    (picture,) = story.pictures
    assert (picture.reference, picture.lead, picture.credit_line) == ("ferry.jpg", True, "Ana Ríos")
    assert picture.caption == {"en": "The ferry", "es": "El ferry"}


def test_plain_text_is_paragraphs_and_names_are_divided(table):
    story = table()[1]

    assert story.texts["en"].body == "<p>A pier.</p><p>Two &amp; three.</p>"
    assert [byline.names[""] for byline in story.bylines] == ["Ana Duarte", "Omar Haddad"]
    assert story.texts["en"].published_at.year == 2099


def test_what_is_not_public_or_no_story_is_told_with_its_line(table):
    _ferry, _pier, private, untitled, wide = table()

    assert private.texts["en"].status == "draft"
    assert 'The source says "private", so it stays a draft.' in private.notes
    assert str(untitled) == 'Line 9, story "15": it has no headline; give it one.'
    assert str(wide).startswith(
        'Line 10, story "16": the row has 20 cells, and the table 19 columns;'
    )


def test_the_rows_of_one_id_are_its_languages_and_own_categories_are_known(table):
    data = "id,language,title,categories\n1,en,A,section/news; Sea\n1,es,B,\n1,es,C,\n"

    english, spanish, twice = table(data)

    assert [english.reading, spanish.reading] == ["en", "es"]
    assert english.categories == ("section/news",)
    assert [subject.names for subject in english.subjects] == [{"en": "Sea"}]
    assert "the id was used at line 3 already" in str(twice)


def test_a_mapping_file_tells_what_the_columns_are(table, tmp_path):
    place = tmp_path / "a.map.json"
    data = "Kopf,Leib,Sprache,Datum,body\n1,2,pt-BR,2017-01-01,x\n"
    place.write_text(
        json.dumps(
            {
                "Kopf": "title",
                "Leib": "body",
                "Sprache": "language",
                "Datum": "published_at",
                "body": None,
            }
        )
    )

    (story,) = table(data + "1,2,pt-BR,2017-01-01,x\n")[1:]

    assert "has no id" in str(story)
    place.write_text(
        json.dumps({"Kopf": "title", "Leib": "body:es", "Datum": "id", "Sprache": "title:es"})
    )
    (story,) = table(data)
    assert {code: text.title for code, text in story.texts.items()} == {"en": "1", "es": "pt-BR"}
    assert (story.external_id, story.texts["es"].body) == ("2017-01-01", "<p>2</p>")


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[]", "a.map.json: no object"),
        ('{"Kopf": "titel"}', '"titel" is no field; use one of id, title'),
        ('{"Fuß": "title"}', 'the table has no column "Fuß"'),
        ('{"Kopf": 7}', '"7" is no field'),
        ("{", "no JSON in line 1"),
    ],
)
def test_a_mapping_file_that_does_not_fit_is_refused(table, tmp_path, mapping, sentence):
    (tmp_path / "a.map.json").write_text(mapping)

    with pytest.raises(BadFile) as caught:
        table("Kopf,body\n1,2\n")
    assert sentence in str(caught.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_delimiter_and_the_encoding_are_found(table, delimiter, encoding):
    stream = io.StringIO()
    library.writer(stream, delimiter=delimiter).writerows(
        [["id", "title", "body"], ["1", "São, a; b", "c\n\nd"]]
    )

    (story,) = table(stream.getvalue().encode(encoding))

    assert story.texts["en"].title == "São, a; b"
    assert story.texts["en"].body == "<p>c</p><p>d</p>"
    assert any("CP1252" in note for note in story.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("data", ["a,b\n1,2\n", "\n", "kopf\n"])
def test_a_table_without_headlines_is_refused(table, data):
    with pytest.raises(BadFile, match="no column is a title"):
        table(data)


@pytest.mark.parametrize(
    ("head", "is_table"),
    [
        ("id,title,body\n", True),
        ("Headline;Published at;x\n", True),
        ('"title_es"\t"content"', True),
        ("title,price\n", False),
        ("The title, the body, and the rest of a sentence.", False),
        ("Headline\n\nWords, content.", False),
        ("<p>title,body", False),
    ],
)
def test_a_table_is_known_by_the_names_of_its_columns(head, is_table):
    assert FORMATS["csv"].sniff(head) is is_table
