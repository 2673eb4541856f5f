"""Two people at one story: nobody saves over what they have not seen."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from articles import roles
from articles.models import Article
from tests.factories import edition, story

CHANGE = "articles_article_change"


def test_a_stale_save_is_refused_and_says_who_saved(editor, second_editor):
    article = story(title_en="A", body_en="<p>One</p>")
    mine = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"body_en": "<p>Two</p>"})

    response = editor.save(CHANGE, article.pk, form=mine, fields={"body_en": "<p>Three</p>"})

    page = response.content.decode()
    assert response.status_code == 200
    assert Article.objects.get(pk=article.pk).body_en == "<p>Two</p>"
    assert "Not saved: Rui Lima saved this story" in page
    assert "Three" in page
    assert re.search(r'class="clash__text"[^>]*><p>Two</p>', page)


def test_a_stale_verb_does_nothing(editor, second_editor):
    article = story(title_en="A", body_en="<p>One</p>")
    mine = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"body_en": "<p>Two</p>"})

    editor.save(CHANGE, article.pk, form=mine, button=("_verb", "publish:en"))

    assert edition(article).status == "draft"


def test_a_stale_save_goes_through_once_its_writer_has_seen_the_other_text(editor, second_editor):
    article = story(title_en="A", body_en="<p>One</p>")
    mine = editor.form(CHANGE, article.pk)
    second_editor.save(CHANGE, article.pk, fields={"body_en": "<p>Two</p>"})
    response = editor.save(CHANGE, article.pk, form=mine, fields={"body_en": "<p>Three</p>"})
    seen = re.search(r'name="overwrite" value="(\d+)"', response.content.decode())[1]

    fields = {"body_en": "<p>Three</p>", "overwrite": seen}
    editor.save(CHANGE, article.pk, form=mine, fields=fields)

    assert Article.objects.get(pk=article.pk).body_en == "<p>Three</p>"


def test_having_seen_one_text_does_not_allow_saving_over_the_next(editor, second_editor):
    article = story(title_en="A", body_en="<p>One</p>")
    mine = editor.form(CHANGE, article.pk)
    seen = Article.objects.get(pk=article.pk).rev + 1
    second_editor.save(CHANGE, article.pk, fields={"body_en": "<p>Two</p>"})
    second_editor.save(CHANGE, article.pk, fields={"body_en": "<p>Two and a half</p>"})

    fields = {"body_en": "<p>Three</p>", "overwrite": str(seen)}
    editor.save(CHANGE, article.pk, form=mine, fields=fields)

    assert Article.objects.get(pk=article.pk).body_en == "<p>Two and a half</p>"


def test_a_form_without_its_counter_is_refused(editor):
    article = story(title_en="A")
    form = editor.form(CHANGE, article.pk)
    del form.values["based_on"]

    editor.save(CHANGE, article.pk, form=form, fields={"title_en": "B"})

    assert Article.objects.get(pk=article.pk).title_en == "A"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_moment_one_wins(editor):
    roles.ensure()
    article = story(title_en="A", body_en="<p>One</p>")
    form = editor.form(CHANGE, article.pk)
    address = reverse(f"admin:{CHANGE}", args=[article.pk])

    def save(number):
        values = form.values | {"body_en": [f"<p>Text {number}</p>"], "_continue": ["1"]}
        try:
            return editor.client.__class__(headers={"cookie": cookie}).post(address, values)
        finally:
            connection.close()

    cookie = f"sessionid={editor.client.session.session_key}"
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(save, range(5)))

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 302]
    winner = next(n for n, answer in enumerate(answers) if answer.status_code == 302)
    assert Article.objects.get(pk=article.pk).body_en == f"<p>Text {winner}</p>"
