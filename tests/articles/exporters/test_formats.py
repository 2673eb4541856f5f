"""The formats of others: valid by their schemas where those lie beside the project, and with all that readers see."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator
from lxml import etree

from articles.actions import publishing
from articles.body import clean
from articles.exporters import csv as tables, newsml_g2, ninjs, nitf, wxr
from articles.exporters.choice import Choice
from articles.exporters.items import news_items
from articles.exporters.media import Media
from articles.exporters.names import Numbers
from articles.exporters.story import stories_of
from articles.importers import wxr as reader
from articles.importers.context import Context
from articles.importers.story import Story
from articles.models import Article, Comment
from tests import factories, samples

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

BODY = """<p>One <strong>two</strong> <a href="https://a.example/?a=1&amp;b">three</a> <em>four</em>
<a data-article="{other}">five</a>.</p><h2>Six</h2><h3>Seven</h3><ul><li>Eight</li></ul><ol><li><p>Nine</p></li></ol>
<blockquote><p>Ten</p><p>Words<br>more<cite>Rita</cite></p></blockquote><blockquote data-pull>Pull</blockquote>
<table><caption>Cap</caption><thead><tr><th>A</th></tr></thead><tbody><tr><td>Eleven</td></tr></tbody></table>
<figure data-image="{image}"></figure><aside data-article="{other}"></aside><p><span lang="es">Doce</span><sub>2</sub></p>
<div data-embed="https://www.youtube.com/watch?v=abc"></div>"""


@pytest.fixture
def items():
    """Return the items of a site with a story of everything, in two languages, and a draft."""
    other, image = factories.story(live=["en"]), factories.ImageFactory(passing_on="yes")
    body = BODY.format(other=other.pk, image=image.pk)
    factories.story(
        live=["en", "ar"],
        at=datetime(2017, 11, 30, 12, tzinfo=UTC),
        title_en='“A” & <b> \x0b"',
        standfirst_en="Summary",
        body_en=body,
        images=[factories.ImageFactory(passing_on="yes"), image],
        categories=[factories.CategoryFactory(name_en="Syria", name_ar="سوريا")],
        tags=["Raqqa"],
        authors=[factories.AuthorFactory(name_en="Ana"), factories.AuthorFactory(name_en="Ben")],
    )
    factories.story(title_en="Draft")
    return lambda: news_items(Choice(), at=timezone.now())


def schema(path):
    if not path.exists():
        pytest.skip("no samples lie beside the project")
    return etree.XMLSchema(etree.parse(path))


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def test_ninjs_is_what_the_read_api_gives_a_line_for_each_live_text(items):
    told = [json.loads(line) for line in ninjs.pieces(items())]

    assert [news_item["language"] for news_item in told] == ["en", "en", "ar"]
    assert told[1]["headlines"][0]["value"].startswith("“A” & <b>")
    if samples.NINJS.exists():
        validator = Draft202012Validator(json.loads(samples.NINJS.read_text()))
        assert [
            error.message for news_item in told for error in validator.iter_errors(news_item)
        ] == []


def test_newsml_g2_is_one_message_that_its_schema_allows(items):
    message = etree.fromstring("".join(newsml_g2.pieces(items())).encode())

    named = {"g2": newsml_g2.NAMESPACE, "h": "http://www.w3.org/1999/xhtml"}
    elements = message.findall("g2:itemSet/g2:newsItem", named)
    assert [element.find(".//g2:language", named).get("tag") for element in elements] == [
        "en",
        "en",
        "ar",
    ]
    assert elements[1].findtext(".//g2:headline", "", named).startswith("“A” & <b>")
    assert "One two three four five." in words_of(elements[1].find(".//h:body", named))
    schema(samples.NEWSML).assertValid(message)


@pytest.mark.both
def test_nitf_is_a_file_for_each_text_that_its_schema_allows(items):
    told = dict(nitf.files(items()))

    assert [path.partition("/")[0] for path in told] == ["en", "en", "ar"]
    story = etree.fromstring(list(told.values())[1].encode())
    named = {"n": nitf.NAMESPACE}
    assert [words_of(byline) for byline in story.findall(".//n:byline", named)] == ["Ana", "Ben"]
    content = words_of(story.find(".//n:body.content", named))
    for words in ("One two three four five.", "Eight", "Ten", "Pull", "Eleven", "Doce"):
        assert words in content
    valid = schema(samples.NITF)
    for text in told.values():
        valid.assertValid(etree.fromstring(text.encode()))


def test_a_table_has_a_row_for_each_text_drafts_included(items):
    stories = stories_of(list(Choice().articles().order_by("pk")))

    text = "".join(tables.pieces(stories))
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))

    assert [(row["language"], row["status"]) for row in rows] == [
        ("en", "published"),
        ("en", "published"),
        ("ar", "published"),
        ("en", "draft"),
    ]
    assert (rows[1]["bylines"], rows[1]["tags"]) == ("Ana; Ben", "Raqqa")
    assert rows[1]["published_at"] == "2017-11-30T12:00:00Z"


@pytest.mark.both
def test_a_wordpress_export_is_read_again_as_the_same_posts(items, tmp_path):
    article = Article.objects.get(title_ar__contains="ar", body_en__contains="Eleven")
    Comment.objects.create(
        edition=factories.edition(article), name="Rita", words="A <b>\n\n& B ]]>", state="spam",
        written_at=datetime(2017, 12, 1, tzinfo=UTC), email="rita@example.org",
    )  # fmt: skip
    withdrawn = factories.story(live=["en"], title_en="Gone")
    publishing.withdraw(factories.edition(withdrawn), by=None, reason="It was false.")
    articles = list(Choice().articles().order_by("pk"))
    stories = stories_of(articles, names=Numbers(), called=Media().called)
    (tmp_path / "export.xml").write_text("".join(wxr.pieces(stories)), encoding="utf-8")

    context = Context(languages=("en", "ar"), identify=lambda _path: ("", "en"))
    read = list(reader.read(tmp_path / "export.xml", context))

    assert [type(story) for story in read] == [Story] * len(read)
    back = {text.title: (story, text) for story in read for text in story.texts.values()}
    whole, there = back['“A” & "']
    mine = stories[1].texts["en"]
    assert (there.standfirst, there.slug, there.status) == ("Summary", mine.slug, "published")
    assert there.published_at == mine.published_at
    assert [names for person in whole.bylines for names in person.names.values()] == ["Ana", "Ben"]
    assert [(subject.slug, *subject.names.values()) for subject in whole.subjects] == [
        ("syria", "Syria")
    ]
    assert [tag.name for tag in whole.tags] == ["Raqqa"]
    (comment,) = whole.comments
    assert (comment.words, comment.state, comment.email) == (
        "A <b>\n\n& B ]]>",
        "spam",
        "rita@example.org",
    )
    body = clean(there.body).html
    for words in ("<h2>Six</h2>", "<li>Eight</li>", "Eleven", "Doce", "youtube.com/watch?v=abc"):
        assert words in body
    assert "data-article" in there.body
    assert [picture.lead for picture in whole.pictures] == [True, False]
    assert all(picture.credit_line == "A. Painter" for picture in whole.pictures)
    assert {text.status for story, text in back.values() if text.title in {"Draft", "Gone"}} == {
        "draft"
    }
