"""Saved is not changed: a story that is opened and saved as it is leaves no trace in any table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings as example_settings, strategies as st
from hypothesis.extra.django import TestCase

from articles import roles
from articles.actions import publishing
from articles.importers.run import Options, run
from articles.models import Article, Byline
from articles.texts import column
from tests.articles.admin.conftest import Desk, FormReader, member_of
from tests.factories import (
    BylineFactory,
    CategoryFactory,
    ImageFactory,
    ImageUseFactory,
    edition,
    release,
    story,
)

# About what forms send; others ask the same of both databases.
pytestmark = pytest.mark.once

CHANGE = "articles_article_change"
ON_SITE = ("en", "es", "pt", "ar")
STATES = ("none", "draft", "in review", "scheduled", "published", "withdrawn")
NOTED = {"django_session", "django_admin_log", "newsroom_autosave"}
"""The tables in which a visit leaves a trace."""

HARD = [
    " x ",
    "a\u00a0b\u00a0",
    "é",
    "e\u0301",
    "ş",
    "🙂",
    "\u200f",
    "\u200b",
    "&amp;",
    "<b>",
    '"',
    "'",
]
HARD += ["&lt;p&gt;", "0", "None", "false", "\\", "</textarea>", "ﬁ", "ﬁ\ufeff", "\u2028", "[]"]
MORE = ["\n", "\n\nx", "x\n", "\t", "a\r\nb", "a\rb"]
NAMES = ["C", "C++", "País", "Pais", 'one "two"', "a, b", "EE. UU.", "<i>", "حلب", "0"]

words = st.lists(
    st.sampled_from(HARD) | st.text(st.characters(exclude_categories=["C"])), max_size=3
)
line = words.map(" ".join).map(lambda text: " ".join(text.splitlines())[:200])
lines = st.lists(line | st.sampled_from(MORE), max_size=3).map("".join)
headline = line.map(lambda text: f"x{text}")
empty = st.sampled_from([None, ""])
body = st.lists(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2", "blockquote", "div"]), lines)
    | lines
    | st.just('<p><a href="https://example.com/?a=1&amp;b=2">x</a><br>y</p>\r\n<p></p>'),
    max_size=3,
).map("<p>x</p>".join)
text_of_a_language = st.fixed_dictionaries(
    {
        "state": st.sampled_from(STATES),
        "title": headline,
        "standfirst": empty | lines,
        "body": empty | body,
        "none": empty,
        "alt": empty | line,
        "caption": empty | lines,
    }
)


def make(drawn, source, credits, tags, pictures):
    """Return a story whose languages are in the states that were drawn."""
    texts = {}
    for language, one in drawn.items():
        is_empty = one["state"] == "none" and language != source
        for name in ("title", "standfirst", "body"):
            texts[column(name, language)] = one["none"] if is_empty else one[name]
        if one["state"] not in {"none", "draft"}:
            texts[column("body", language)] = f"<p>Words</p>{one['body'] or ''}"
    article = story(source_language=source, tags=tags, categories=[CategoryFactory()], **texts)
    for language, one in drawn.items():
        if one["state"] not in {"none", "draft"}:
            bring(edition(article, language), one["state"])
    for position, (role, language) in enumerate(credits):
        BylineFactory(article=article, role=role, language=language, position=position)
    for position, file in enumerate(pictures):
        words = {
            column(name, language): one[name]
            for language, one in drawn.items()
            for name in ("alt", "caption")
        }
        image = ImageFactory(file="") if file == "gap" else ImageFactory()
        ImageUseFactory(article=article, image=image, position=position * 3, **words)
    return article


def bring(draft, state):
    now = timezone.now()
    if state == "in review":
        publishing.submit(draft, by=publishing.SYSTEM, now=now)
    else:
        release(draft, at=now + timedelta(days=9) if state == "scheduled" else None)
    if state == "withdrawn":
        publishing.withdraw(draft, by=publishing.SYSTEM, now=now, reason="Wrong.")


def rows():
    """Return each table with its rows."""
    with connection.cursor() as cursor:
        by_table = {}
        for table in set(connection.introspection.table_names(cursor)) - NOTED:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            by_table[table] = sorted(map(repr, cursor.fetchall()))
        return by_table


def as_a_browser_sends(form):
    """Return a form with the line ends that a browser makes of whatever stands in its fields."""
    form.values = {
        name: [
            "\r\n".join(value.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
            for value in values
        ]
        for name, values in form.values.items()
    }
    return form


class TestUnchanged(TestCase):
    def test_a_line_end_that_no_browser_sends_back_is_no_change(self):
        article = story(title_en="A", standfirst_en="One\rTwo")
        desk = Desk(member_of(roles.EDITOR))
        before = rows()

        desk.save(CHANGE, article.pk, form=as_a_browser_sends(desk.form(CHANGE, article.pk)))

        assert rows() == before

    @example_settings(
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        max_examples=20,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(
        drawn=st.fixed_dictionaries(dict.fromkeys(ON_SITE, text_of_a_language)),
        source=st.sampled_from(ON_SITE),
        credits=st.lists(
            st.tuples(st.sampled_from(Byline.Role.values), st.sampled_from(["", *ON_SITE])),
            max_size=2,
        ),
        tags=st.lists(st.sampled_from(NAMES), unique=True, max_size=3),
        pictures=st.lists(st.sampled_from(["gap", "file"]), max_size=2),
    )
    def test_a_story_that_is_saved_as_it_is_leaves_every_row_as_it_was(
        self, drawn, source, credits, tags, pictures
    ):
        article = make(drawn, source, credits, tags, pictures)
        desk = Desk(member_of(roles.EDITOR))
        before = rows()

        page = desk.open(CHANGE, article.pk).content.decode()
        response = desk.save(CHANGE, article.pk, form=as_a_browser_sends(FormReader(page)))

        assert response.status_code == 302, response.context_data["errors"]
        assert rows() == before


@pytest.mark.django_db
def test_a_correction_of_the_source_is_taken_over_after_a_save_that_changed_nothing(
    editor, tmp_path
):
    page = tmp_path / "ferries.txt"
    page.write_text("Ferries stay\n\nThe ferries stay in the harbour.\n\nNobody sails.\n")
    run([page], Options(language="en"))
    article = Article.objects.get()
    editor.save(CHANGE, article.pk)
    page.write_text("Ferries stay\n\nThe ferries stay in the harbour.\n\nNobody sails today.\n")

    results = []
    run([page], Options(language="en"), step=results.append)

    (result,) = results
    article.refresh_from_db()
    assert (result.outcome, result.notes) == ("updated", ())
    assert "Nobody sails today." in article.body_en
