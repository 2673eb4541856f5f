"""Words that could not be saved: nothing that was typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.articles.admin.conftest import Desk, FormReader
from tests.factories import PASSWORD, AuthorFactory, ImageFactory, TagFactory, story

CHANGE = "articles_article_change"
ORIGIN = "http://testserver"


def log_in(desk, page):
    """Sign in on a login page, with everything that it holds."""
    form = LoginReader(page.content.decode())
    fields = form.values | {"username": [desk.user.username], "password": [PASSWORD]}
    return desk.client.post("/admin/login/", fields, headers={"user-agent": "x"})


class LoginReader(FormReader):
    def handle_starttag(self, tag, attrs):
        self.inside = True
        super().handle_starttag("none" if tag == "form" else tag, attrs)


def test_after_a_new_login_the_words_are_in_the_form_again_and_not_saved(editor):
    article = story(title_en="A", body_en="<p>One</p>", images=[ImageFactory()])
    opened, long = editor.form(CHANGE, article.pk), "<p>" + "word " * 400_000 + "</p>"
    editor.client.logout()

    fields = {"body_en": long, "uses-0-alt_en": "Alt", "tags": ["Raqqa"]}
    page = editor.save(CHANGE, article.pk, form=opened, fields=fields)
    assert "What you wrote is not lost" in page.content.decode()
    response = log_in(editor, page)

    assert response.url == reverse(f"admin:{CHANGE}", args=[article.pk])
    again = editor.client.get(response.url).content.decode()
    values = FormReader(again).values
    assert "You were signed out while you wrote." in again
    assert (values["body_en"], values["uses-0-alt_en"]) == ([long], ["Alt"])
    assert values["tags"] == ["Raqqa"]
    assert Article.objects.get().body_en == "<p>One</p>"
    assert editor.form(CHANGE, article.pk).values["body_en"] == ["<p>One</p>"]
    editor.save(CHANGE, article.pk, form=FormReader(again))
    assert Article.objects.get().body_en == long.replace(" </p>", "</p>") or long


@pytest.mark.parametrize("noun", ["tag", "author", "category", "image"])
def test_the_words_of_every_form_are_kept(editor, noun):
    field = {"tag": "name", "author": "name_en", "category": "name_en", "image": "description"}[
        noun
    ]
    name = f"articles_{noun}_add"
    form = editor.form(name)
    editor.client.logout()

    response = log_in(editor, editor.save(name, form=form, fields={field: "Words"}))

    again = FormReader(editor.client.get(response.url).content.decode())
    assert again.values[field] == ["Words"]


def test_a_wrong_password_keeps_the_words_in_the_login_page(editor):
    form = editor.form("articles_tag_add")
    editor.client.logout()
    page = LoginReader(
        editor.save("articles_tag_add", form=form, fields={"name": "A"}).content.decode()
    )

    wrong = editor.client.post(
        "/admin/login/", page.values | {"username": ["x"], "password": ["y"]}
    )

    assert LoginReader(wrong.content.decode()).values["unsaved"] == page.values["unsaved"]


@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        ({"origin": ORIGIN}, True),
        ({"referer": f"{ORIGIN}/admin/"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": f"{ORIGIN}.evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_an_old_token_gives_the_words_of_our_own_pages_back(editor, headers, is_kept):
    article = story(title_en="A")
    form = editor.form(CHANGE, article.pk)
    client = Client(enforce_csrf_checks=True)
    client.cookies = editor.client.cookies
    path = reverse(f"admin:{CHANGE}", args=[article.pk])

    response = client.post(
        path,
        form.values | {"title_en": ["Words"]} | {"csrfmiddlewaretoken": ["x" * 64]},
        headers=headers,
    )

    assert response.status_code == (302 if is_kept else 403)
    assert Article.objects.get().title_en == "A"
    shown = FormReader(client.get(path).content.decode()).values["title_en"]
    assert shown == (["Words"] if is_kept else ["A"])


def test_the_words_of_a_story_that_was_deleted_stand_in_the_form_of_a_new_one(editor, said):
    article = story(title_en="A", images=[ImageFactory()], authors=[AuthorFactory()])
    form = editor.form(CHANGE, article.pk)
    article.delete()

    fields = {"title_en": "Words", "uses-0-caption_en": "Caption"}
    response = editor.save(CHANGE, article.pk, form=form, fields=fields)
    page = editor.client.get(response.url).content.decode()
    assert "This was deleted while you wrote." in page
    made = editor.save("articles_article_add", form=FormReader(page))
    assert made.status_code == 302, [
        made.context["errors"],
        made.context["adminform"].form.errors,
    ]

    again = Article.objects.get()
    assert (again.title_en, again.uses.get().caption_en) == ("Words", "Caption")
    assert again.bylines.count() == 1


def test_a_password_is_never_kept(administrator):
    form = administrator.form("users_user_add")
    administrator.client.logout()

    page = administrator.save("users_user_add", form=form, fields={"password1": "secret words"})

    assert page.status_code == 302
    assert not administrator.client.session.get("unsaved")


def test_words_that_nobody_signed_are_not_shown(editor):
    client, article = Client(), story(title_en="A")
    fields = {"username": editor.user.username, "password": PASSWORD, "unsaved": "forged"}

    client.post("/admin/login/", fields)

    assert "unsaved" not in client.session
    assert Desk(editor.user).form(CHANGE, article.pk).values["title_en"] == ["A"]
    assert TagFactory()
