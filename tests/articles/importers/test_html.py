"""Saved pages: what the page says of itself, and its main text, whatever the site calls it."""

import json
from datetime import UTC, datetime

import pytest

from articles.importers.formats import FORMATS
from articles.importers.story import BadFile

TIME = '<meta property="article:published_time" content="2017-11-30T12:00:00Z">'


@pytest.fixture
def page(read_as):
    """Return what is made of the typical page, or of one with this head and body."""
    read = read_as("html")

    def page(head=None, body="<p>B</p>", root=""):
        return read(
            None
            if head is None
            else f"<html{root}><head><title>A</title>{TIME}{head}</head><body>{body}</body></html>"
        )[0]

    return page


def test_a_page_has_its_words_times_people_and_subjects(page):
    story = page()

    text = story.texts["es"]
    assert (text.title, text.standfirst) == ("Vuelve el ferry tras dos años", "Dos salidas al día.")
    assert (text.status, text.published_at) == ("published", datetime(2017, 11, 30, 12, tzinfo=UTC))
    assert text.modified_at == datetime(2017, 12, 1, 9, 30, tzinfo=UTC)
    assert [(byline.names[""], byline.kind) for byline in story.bylines] == [
        ("Ana Duarte", "person"),
        ("Harbour Board", "organisation"),
    ]
    assert [(subject.names["es"], subject.kind) for subject in story.subjects] == [
        ("Economía", "category"),
        ("ferris", "tag"),
        ("Siria", "tag"),
    ]
    assert story.old_addresses == {"es": ("/es/2017/ferry/", "/es/2017/ferry/?a=1")}


def test_its_body_is_the_text_without_what_stands_around_it(page):
    story = page()

    body = " ".join(story.texts["es"].body.split())
    assert "<p>El ferry sale el <b>lunes</b>.</p>" in body
    assert '<img src="ferry_files/pier.jpg" alt="El muelle">' in body
    for words in ("Compartir", "Lea también", "By Ana", "alert", "Many words", "©", "dos años"):
        assert words not in body
    assert 'Left out, around the text: "Compartir"; "Lea también: el muelle".' in story.notes


def test_the_picture_of_the_page_leads_with_the_words_that_it_has_in_the_text(page):
    lead, pier = page().pictures

    assert (lead.reference, lead.lead) == ("https://harbour.example/media/ferry.jpg", True)
    assert (lead.caption, lead.credit_line) == ({"es": "El ferry en el muelle"}, "Ana Ríos")
    assert lead.alt == {"es": "Un ferry blanco"}
    assert (pier.reference, pier.lead, pier.alt) == (
        "ferry_files/pier.jpg",
        False,
        {"es": "El muelle"},
    )
    assert "ferry.jpg" not in page().texts["es"].body


def test_pages_that_name_each_other_have_one_id(page):
    links = '<link rel="alternate" hreflang="{}" href="https://a.example/{}/">'
    versions = links.format("es", "es/b") + links.format("en", "en/a")
    canonical = '<link rel="canonical" href="https://a.example/{}/">'

    assert page().external_id == "https://harbour.example/en/2017/ferry/"
    assert page(versions + canonical.format("es/b")).external_id == "https://a.example/en/a/"
    assert page(versions + canonical.format("c")).external_id == "https://a.example/c/"
    assert (page("").external_id, page("").is_named) == ("a", False)
    assert page().is_named


@pytest.mark.parametrize(
    "body",
    [
        '<div itemprop="articleBody"><p>Text here.</p></div><article><p>{long}</p></article>',
        '<article><p>{long}</p><div class="td x post-content"><p>Text here.</p></div></article>',
        "<div><p>{long}</p></div><article><p>Text here.</p></article>",
        "<ul><li><p><a>{long}</a></p></li></ul><div><p>Text here.</p><p>More and more.</p></div>",
        '<div class="ads"><p>{long}</p></div><div itemprop="articleBody">Text here.</div>',
        "Text here.",
    ],
)
def test_the_text_is_where_the_page_marks_it_or_where_it_is_densest(page, body):
    text = page("", body.format(long="Furniture " * 20)).texts["en"].body

    assert "Text here." in text
    assert "Furniture" not in text


def test_the_text_in_json_ld_stands_in_where_the_page_has_none(page):
    facts = {
        "@type": "ReportageNewsArticle",
        "articleBody": "One & two.\n\nThree.",
        "author": "Ana",
    }

    story = page(
        f'<script type="application/ld+json">{json.dumps([facts])}</script>', '<div id="app"></div>'
    )

    assert story.texts["en"].body == "<p>One &amp; two.</p><p>Three.</p>"
    assert [byline.names[""] for byline in story.bylines] == ["Ana"]


def test_a_page_that_says_little_is_read_by_what_it_shows(page):
    shown = '<h1>Head &amp; line</h1><a rel="author">By Ana</a><article><time datetime="2017-11-29T00:00Z"></time><p>B</p></article><a rel="tag">Ports</a>'

    story = page("", shown, root=' lang="pt-BR"')

    assert story.texts["pt-br"].title == "Head & line"
    assert [byline.names[""] for byline in story.bylines] == ["Ana"]
    assert [subject.names["pt-br"] for subject in story.subjects] == ["Ports"]


@pytest.mark.parametrize(
    "facts",
    [
        "7",
        "[[[]]]",
        "null",
        '{"@graph": 3}',
        '{"@type": "NewsArticle", "author": 3, "image": [{}], "headline": ["x"], "url": {}, "keywords": [1, {}], "inLanguage": {}, "articleBody": 3, "datePublished": 7}',
    ],
)
def test_facts_of_the_wrong_kind_are_as_good_as_none(page, facts):
    assert (
        page(f'<script type="application/ld+json">{facts}</script>').texts["en"].status
        == "published"
    )


def test_a_page_in_another_encoding_says_so(read_as):
    data = '<html><head><meta charset="windows-1252"><title>São</title></head><body><p>Já</p></body></html>'

    assert read_as("html")(data.encode("cp1252"))[0].texts["en"].title == "São"


@pytest.mark.parametrize("data", ["<!-- a -->", "<html></html>", "<html lang=ja><title>a</title>"])
def test_what_is_no_story_is_refused(read_as, data):
    with pytest.raises(BadFile):
        read_as("html")(data)


@pytest.mark.parametrize(
    ("head", "is_page"),
    [
        ("<!DOCTYPE html><p>", True),
        ("<!-- saved from url=(0)x -->\n<html>", True),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', True),
        ("<div>", False),
        ("Words <html>", False),
    ],
)
def test_a_page_is_known_by_its_first_tag(head, is_page):
    assert FORMATS["html"].sniff(head) is is_page
