"""NITF: a document is a Story in one language, and its pictures stay where they are."""

import re
from datetime import UTC, datetime

import pytest

from articles.importers import nitf
from articles.importers.story import BadFile
from tests import samples

WORDS = "<nitf{}><head><docdata{}>{}</docdata></head><body><body.head><hedline><hl1>A</hl1></hedline>{}</body.head><body.content>{}</body.content></body></nitf>"


@pytest.fixture
def document(read_as):
    return read_as("nitf")


@pytest.fixture
def one(document):
    """Return what is made of a document with these parts."""

    def one(
        root="",
        docdata="",
        data='<date.issue norm="20171130T120000Z"/>',
        head="",
        content="<p>B</p>",
    ):
        return document(WORDS.format(root, docdata, data, head, content))[0]

    return one


def test_a_document_has_its_words_times_people_and_subjects(document):
    (story,) = document()

    text = story.texts["en"]
    assert (story.external_id, story.is_whole) == ("ferry.12", False)
    assert (text.title, text.standfirst) == ("Ferry line opens again", "Two crossings a day.")
    assert (text.status, text.published_at) == ("published", datetime(2017, 11, 30, 18, tzinfo=UTC))
    assert [byline.names[""] for byline in story.bylines] == ["Ana Duarte", "Omar Haddad"]
    assert [subject.names[""] for subject in story.subjects] == ["Shipping", "Ferries", "Tartus"]


def test_the_body_is_html_with_its_pictures_in_their_places(document):
    (story,) = document()

    lead, pier = story.pictures
    assert (lead.reference, lead.lead, lead.alt) == ("ferry.jpg", True, {"en": "A white ferry"})
    assert (lead.caption, lead.creator, lead.credit_line) == (
        {"en": "The ferry at the pier"},
        "Ana Ríos",
        "Ana Ríos/Harbour Board",
    )
    assert (pier.reference, pier.lead, pier.caption) == ("pier.jpg", False, {"en": "The pier"})
    words = re.sub("[ \n]+", " ", story.texts["en"].body).replace("> <", "><")
    assert "<p>The ferry of Harbour\xa0Lines sails <em>from Monday</em>.</p>" in words
    assert (
        '<h2>The pier</h2><img src="pier.jpg"><p>It costs 4 &lt; 5. <a href="https://harbour.example/pier">More</a></p>'
        in words
    )
    assert "<blockquote><p>We are glad.</p><cite>The captain</cite></blockquote>" in words
    assert '<table><tr><th>Day</th><td colspan="2">9 h</td></tr></table>' in words
    assert words.strip().endswith("<p>Rita Sá helped.</p>")
    assert "Hidden" not in words
    assert "ferry.jpg" not in words
    assert "Left out, no picture: tour.mp4" in story.notes


def test_a_document_without_an_id_is_known_by_its_path(one):
    assert one(data='<doc-id regsrc="EP"/>').external_id == "a"
    assert not one(data='<doc-id regsrc="EP"/>').is_named
    assert one(data='<doc-id id-string="b"/>').is_named


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("<byline>By Alan Karben, <byttl>EP Aerospace Writer</byttl>.</byline>", ["Alan Karben"]),
        ("<byline><byttl>Sports Network</byttl></byline>", ["Sports Network"]),
        ("<byline>Ana Duarte and Omar Haddad</byline>", ["Ana Duarte", "Omar Haddad"]),
        ("<byline> By </byline>", ["By"]),
        ("<byline/>", []),
    ],
)
def test_the_line_of_names_gives_the_people(one, head, names):
    assert [byline.names[""] for byline in one(head=head).bylines] == names


@pytest.mark.parametrize(
    ("docdata", "status"),
    [
        ("", "published"),
        ("usable", "published"),
        ("embargoed", "published"),
        ("withheld", "draft"),
        ("canceled", "withdrawn"),
    ],
)
def test_the_state_is_that_of_the_agency(one, docdata, status):
    said = docdata and f' management-status="{docdata}"'

    assert one(docdata=said).texts["en"].status == status


def test_the_language_is_that_of_the_document(one):
    assert list(one(root=' xml:lang="pt-BR"').texts) == ["pt-br"]
    assert 'its language is "ja"' in str(one(root=' xml:lang="ja"'))


def test_a_file_without_a_document_is_refused(document):
    with pytest.raises(BadFile, match="it holds no nitf"):
        document("<a/>")


def test_a_document_is_known_by_its_first_tag():
    assert nitf.sniff('<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "x"><nitf>')
    assert not nitf.sniff("<newsItem><nitf>")


@samples.needed
def test_the_documents_of_others_are_read(document):
    files = sorted((samples.FOLDER / "nitf").rglob("*example*.xml"))

    stories = [document(path.read_bytes())[0] for path in files]

    assert len(stories) > 1
    assert all(story.texts["en"].status == "published" and story.bylines for story in stories)
