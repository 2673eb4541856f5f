"""Words that could not be saved: nothing that was typed is lost."""

import pytest
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from articles.models import Article
from tests.articles.admin.conftest import Desk, FormReader
from tests.factories import PASSWORD, AuthorFactory, ImageFactory, TagFactory, story

CHANGE = "articles_article_change"
ORIGIN = "http://testserver"
BACKEND = "django.contrib.auth.backends.ModelBackend"

# What was typed goes through forms and pages, and to no table.
pytestmark = pytest.mark.once


def log_in(desk, page, user=None, client=None, **fields):
    """Sign in on a login page, with everything that it holds."""
    form, username = LoginReader(page.content.decode()), (user or desk.user).username
    fields = form.values | {"username": [username], "password": [PASSWORD]} | fields
    return (client or desk.client).post(
        "/admin/login/", fields, headers={"user-agent": "x", "origin": ORIGIN}
    )


def signed_out(desk):
    """Return the login page that holds the words of a tag, sent without a session."""
    form = desk.form("articles_tag_add")
    desk.client.logout()
    return desk.save("articles_tag_add", form=form, fields={"name": "Words"})


def tag_shown(desk, path):
    return FormReader(desk.client.get(path).content.decode()).values["name"]


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
    assert "offered to you later, in its form and on the first page" in page.content.decode()
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
    assert Article.objects.get().body_en == long


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


def test_the_words_of_a_story_that_is_had_back_are_kept(editor):
    article = story(title_en="A")
    editor.save(CHANGE, article.pk, fields={"title_en": "B"})
    version, name = Version.objects.get().pk, "articles_article_recover"
    article.delete()
    form = editor.form(name, version)
    editor.client.logout()

    response = log_in(editor, editor.save(name, version, form=form, fields={"title_en": "Words"}))
    again = FormReader(editor.client.get(response.url).content.decode())

    assert again.values["title_en"] == ["Words"]
    assert not Article.objects.exists()
    editor.save(name, version, form=again, button=("_save", "1"))
    assert Article.objects.get().title_en == "Words"


def test_failed_logins_keep_the_words_in_the_login_page(editor):
    page = signed_out(editor)
    held = LoginReader(page.content.decode()).values["unsaved"]

    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        page = log_in(editor, page, password=["wrong"])
        assert LoginReader(page.content.decode()).values["unsaved"] == held

    assert page.status_code == 429
    reset()
    assert tag_shown(editor, log_in(editor, page).url) == ["Words"]


def test_the_words_in_a_login_page_let_nobody_in_but_their_writer(editor, second_editor):
    page = signed_out(editor)

    refused = log_in(editor, page, user=second_editor.user)

    name = editor.user.username
    assert f"Only {name} can log in here" in refused.content.decode()
    assert "_auth_user_id" not in editor.client.session
    assert tag_shown(editor, log_in(editor, refused).url) == ["Words"]


def test_words_whose_writer_is_gone_are_given_to_nobody(editor, second_editor):
    page = signed_out(editor)
    editor.user.delete()

    refused = log_in(second_editor, page)

    assert "whose account is gone" in refused.content.decode()
    assert "unsaved" not in second_editor.client.session


@pytest.mark.parametrize("name", ["users_user_change", "auth_group_change"])
def test_forms_of_people_and_groups_give_words_back_too(administrator, name):
    key = administrator.user.pk if "user" in name else Group.objects.create(name="Desk").pk
    field = "first_name" if "user" in name else "name"
    form = administrator.form(name, key)
    administrator.client.logout()

    page = administrator.save(name, key, form=form, fields={field: "Words"})
    again = administrator.client.get(log_in(administrator, page).url).content.decode()

    assert FormReader(again).values[field] == ["Words"]


def test_a_writer_that_another_thing_was_signed_for_is_none(editor):
    packed = LoginReader(signed_out(editor).content.decode()).values["unsaved"]

    page = editor.client.post(reverse("admin:articles_tag_add"), {"name": "x", "writer": packed})

    assert "What you wrote is not lost" not in page.content.decode()


def test_an_old_page_of_somebody_else_asks_for_their_login(editor, second_editor):
    form = editor.form("articles_tag_add")
    client = Client(enforce_csrf_checks=True)
    client.cookies = second_editor.client.cookies
    path = reverse("admin:articles_tag_add")

    page = client.post(path, form.values | {"name": ["Words"]}, headers={"origin": ORIGIN})

    assert "What you wrote is not lost" in page.content.decode()
    assert FormReader(client.get(path).content.decode()).values["name"] == [""]


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_login_page_with_an_old_token_keeps_its_words(editor, is_signed_in):
    page = signed_out(editor)
    if is_signed_in:
        editor.client.force_login(editor.user, backend=BACKEND)
    client = Client(enforce_csrf_checks=True)
    client.cookies = editor.client.cookies

    response = log_in(editor, page, client=client, csrfmiddlewaretoken=["x" * 64])

    if not is_signed_in:
        response = log_in(editor, response)
    assert tag_shown(editor, response.url) == ["Words"]


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
        made.context_data["errors"],
        made.context_data["adminform"].form.errors,
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
