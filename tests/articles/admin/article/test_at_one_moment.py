"""Several requests save a story at one moment: the database lets one of them win."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from articles import roles
from articles.models import Article
from tests.factories import story

CHANGE = "articles_article_change"

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"),
    pytest.mark.django_db(transaction=True),
]


def test_the_same_form_sent_twice_at_one_moment_makes_one_story(editor):
    roles.ensure()
    values = editor.form("articles_article_add").values | {"title_en": ["A"], "_save": ["1"]}
    cookie = f"sessionid={editor.client.session.session_key}"

    def send(_number):
        try:
            client = editor.client.__class__(headers={"cookie": cookie})
            return client.post("/admin/articles/article/add/", values).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(send, range(3))) == [302, 302, 302]
    assert Article.objects.count() == 1


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
