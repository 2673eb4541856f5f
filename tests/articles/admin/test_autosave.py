"""What is typed is kept while it is typed, offered back to whoever typed it, and forgotten when it is saved."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.comparing.wordings import HEADLINE
from articles.models import Article, Tag
from newsroom.forms import autosaves
from newsroom.models import Autosave
from tests.articles.admin.conftest import FormReader
from tests.factories import CategoryFactory, ImageFactory, TagFactory, story

OFFER = 'class="autosaves__one"'
CHANGE, ADD = "articles_article_change", "articles_article_add"


def keep(desk, form, path, title="Ş", **fields):
    """Send what stands in an open form, as its page does; return the status."""
    query = urlencode({"path": path, "title": title})
    sent = form.values | {name: [words] for name, words in fields.items()}
    return desk.client.post(f"/admin/autosave/?{query}", sent).status_code


def place(name, *args):
    return reverse(f"admin:{name}", args=args)


def bring(desk, button="bring"):
    """Press a button of what is offered; return the page to which it leads."""
    key = Autosave.objects.filter(is_saved=False).latest("at").key
    return desk.client.post(place("bring_view", key), {button: "1"}, follow=True).content.decode()


def test_words_of_a_closed_tab_are_offered_and_saved_only_by_save(editor):
    article = story(title_en="A", title_es="B", body_es="<p>Uno</p>")
    path = place(CHANGE, article.pk)
    # The last character is one that no text can hold.
    assert keep(editor, editor.form(CHANGE, article.pk), path, body_es="<p>Şeş</p>\x00") == 204

    assert OFFER in editor.open(CHANGE, article.pk).content.decode()
    assert path in editor.client.get("/admin/").content.decode()
    again = FormReader(bring(editor))

    assert again.values["body_es"] == ["<p>Şeş</p>"]
    assert Article.objects.get().body_es == "<p>Uno</p>"
    editor.save(CHANGE, article.pk, form=again)
    assert Article.objects.get().body_es == "<p>Şeş</p>"
    assert not autosaves.offered(editor.user)


@pytest.mark.once
def test_words_typed_beside_the_source_outlive_the_session_and_come_with_a_step_back(editor):
    article = story(title_en="A", title_es="B", body_en="<p>One</p>", body_es="<p>Uno</p>")
    beside = "articles_article_side_by_side_change", article.pk, "es"
    before = editor.form(*beside)
    (name,) = (name for name, words in before.values.items() if words == ["<p>Uno</p>"])
    assert keep(editor, before, place(*beside), **{name: "<p>Şeş</p>"}) == 204
    editor.client.logout()
    editor.client.force_login(editor.user, backend="django.contrib.auth.backends.ModelBackend")

    assert OFFER in editor.open(*beside).text
    again = FormReader(bring(editor))
    assert again.values[name] == ["<p>Şeş</p>"]
    editor.save(*beside, form=again)
    assert OFFER not in editor.open(*beside).text

    # A browser that goes back shows the page as it was: what was saved of it stays, what is changed there now is saved.
    editor.save(*beside, form=before, fields={f"of-{HEADLINE}": "C"})
    saved = Article.objects.get()
    assert (saved.title_es, saved.body_es) == ("C", "<p>Şeş</p>")


@pytest.mark.once
def test_what_others_saved_meanwhile_stays(editor, second_editor):
    article = story(title_en="A", title_es="B")
    form = editor.form(CHANGE, article.pk)
    keep(editor, form, place(CHANGE, article.pk), title_es="Mía")
    second_editor.save(CHANGE, article.pk, fields={"title_en": "Theirs"})

    editor.save(CHANGE, article.pk, form=FormReader(bring(editor)))

    saved = Article.objects.get()
    assert (saved.title_en, saved.title_es) == ("Theirs", "Mía")


@pytest.mark.parametrize("title", ["Typed", "A"])
@pytest.mark.once
def test_a_saved_form_is_forgotten_and_what_still_comes_of_it_is_too_late(editor, title):
    article = story(title_en="A")
    form, path = editor.form(CHANGE, article.pk), place(CHANGE, article.pk)
    assert keep(editor, form, path, title_en=title) == 204
    assert keep(editor, form, path, title_en=title) == 204

    editor.save(CHANGE, article.pk, form=form, fields={"title_en": title})

    assert keep(editor, form, path, title_en=title) == 200
    assert not autosaves.offered(editor.user)
    assert not Autosave.objects.get().fields


@pytest.mark.once
def test_a_form_that_was_saved_in_a_window_of_its_own_is_forgotten(editor):
    form = editor.form("articles_tag_add")
    keep(editor, form, place("articles_tag_add"), name="Words")

    editor.save("articles_tag_add", form=form, fields={"name": "Words", "_popup": "1"})

    assert Tag.objects.get().name == "Words"
    assert not autosaves.offered(editor.user)
    assert editor.client.cookies["saved_forms"].value == form.values["autosave"][0]


@pytest.mark.once
def test_a_form_that_was_refused_is_still_kept(editor):
    form = editor.form("articles_tag_add")
    keep(editor, form, place("articles_tag_add"), name="Words")

    editor.save("articles_tag_add", form=form, fields={"name": ""})

    assert len(autosaves.offered(editor.user)) == 1
    assert "saved_forms" not in editor.client.cookies


@pytest.mark.once
def test_two_new_stories_in_two_tabs_are_two(editor):
    for title in ("One", "Two"):
        keep(editor, editor.form(ADD), place(ADD), title_en=title)

    assert editor.open(ADD).content.decode().count(OFFER) == 2
    first = FormReader(bring(editor))
    assert first.values["title_en"] == ["Two"]
    editor.save(ADD, form=first)
    assert [autosave.fields["title_en"] for autosave in autosaves.offered(editor.user)] == [["One"]]


@pytest.mark.once
def test_words_about_what_was_deleted_meanwhile_are_those_of_a_new_one(editor):
    tag = TagFactory()
    form = editor.form("articles_tag_change", tag.pk)
    keep(editor, form, place("articles_tag_change", tag.pk), name="Words")
    tag.delete()

    page = bring(editor)

    assert "This was deleted while you wrote." in page
    editor.save("articles_tag_add", form=FormReader(page))
    assert Tag.objects.get().name == "Words"


@pytest.mark.once
def test_what_is_thrown_away_is_gone(editor):
    keep(editor, editor.form(ADD), place(ADD), title_en="One")

    page = bring(editor, button="drop")

    assert OFFER not in page
    assert not autosaves.offered(editor.user)


@pytest.mark.once
def test_nobody_sees_the_words_of_somebody_else(editor, second_editor):
    article = story(title_en="A")
    form, path = editor.form(CHANGE, article.pk), place(CHANGE, article.pk)
    keep(editor, form, path, title_en="Mine")

    assert OFFER not in second_editor.open(CHANGE, article.pk).content.decode()
    key = Autosave.objects.get().key
    second_editor.client.post(place("bring_view", key), {"drop": "1"})
    # A form that was opened by somebody else who signed in here before.
    assert keep(second_editor, form, path, title_en="Theirs") == 403

    assert Autosave.objects.get().fields["title_en"] == ["Mine"]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/en/", {}),
        ("/admin/", {}),
        ("/nowhere/", {}),
        ("", {}),
        (None, {"autosave": "x" * 32}),
        (None, {"autosave": ""}),
        (None, {"password1": "secret"}),
    ],
)
@pytest.mark.once
def test_only_the_words_of_a_form_of_the_admin_are_kept(editor, path, fields):
    assert keep(editor, editor.form(ADD), place(ADD) if path is None else path, **fields) == 400

    assert not Autosave.objects.exists()


@pytest.mark.once
def test_nothing_is_kept_for_who_is_signed_out(editor):
    form = editor.form(ADD)
    editor.client.logout()

    assert keep(editor, form, place(ADD)) == 302
    assert not Autosave.objects.exists()


def test_words_are_kept_for_a_month_and_of_fifty_forms(editor):
    def typed(key):
        words = {"path": place(ADD), "title": "", "fields": {"title_en": ["A"]}}
        autosaves.store(editor.user, key=f"{key:032x}", **words)

    with time_machine.travel(timezone.now() - autosaves.KEPT - timedelta(days=1)):
        typed(0)
    for key in range(1, autosaves.MOST + 2):
        typed(key)
    # What is saved pushes out no words.
    for key in range(100, 100 + autosaves.MOST):
        autosaves.close(editor.user, f"{key:032x}")

    kept = autosaves.offered(editor.user)
    assert [int(autosave.key, 16) for autosave in kept] == list(range(autosaves.MOST + 1, 1, -1))


def here(desk, article, **fields):
    """Say that a story is open, as its page does; return the answer."""
    query = urlencode({"path": place(CHANGE, article.pk)})
    return desk.client.post(f"/admin/presence/?{query}", fields)


@pytest.mark.once
def test_a_page_says_who_else_has_it_open(editor, second_editor, writer):
    article = story(title_en="A")
    assert here(editor, article).content == b""
    assert "has this open" not in editor.open(CHANGE, article.pk).content.decode()

    assert "Eva Ortiz has this open, too." in here(second_editor, article).content.decode()
    assert (
        "Eva Ortiz and Rui Lima have this open" in writer.open(CHANGE, article.pk).content.decode()
    )
    here(editor, article, leave="1")
    with time_machine.travel(timezone.now() + timedelta(seconds=80)):
        assert here(writer, article).content == b"Rui Lima has this open, too."
    with time_machine.travel(timezone.now() + timedelta(seconds=100)):
        assert here(writer, article).content == b""
    assert editor.client.post("/admin/presence/?path=/en/").status_code == 400


@pytest.mark.once
def test_who_translates_a_story_is_told_of_who_edits_it_and_the_other_way_round(
    editor, second_editor
):
    article, beside = story(title_en="A"), "articles_article_side_by_side_change"
    other = story(title_en="B", pk=int(f"{article.pk}0"))
    here(editor, article)

    page = second_editor.open(beside, article.pk, "es").text
    assert "Eva Ortiz has this open, too." in page
    assert "has this open" not in second_editor.open(CHANGE, other.pk).text
    query = urlencode({"path": place(beside, article.pk, "es")})
    told = second_editor.client.post(f"/admin/presence/?{query}")
    assert told.text == "Eva Ortiz has this open, too."
    assert here(editor, article).content == b"Rui Lima has this open, too."
    second_editor.client.post(f"/admin/presence/?{query}", {"leave": "1"})
    assert here(editor, article).content == b""


@pytest.mark.once
def test_a_second_window_of_ones_own_is_nobody_else(editor):
    article = story(title_en="A")
    here(editor, article)

    page = editor.open("articles_article_side_by_side_change", article.pk, "es").text

    assert "has this open" not in page


@pytest.mark.once
def test_nobody_is_told_of_who_has_a_page_of_another_thing_open(editor, second_editor):
    # Its number stands in the address of every image.
    category = CategoryFactory()
    image = ImageFactory(pk=category.pk)
    editor.client.post(f"/admin/presence/?path={place('articles_category_change', category.pk)}")

    assert "has this open" in second_editor.open("articles_category_change", category.pk).text
    assert "has this open" not in second_editor.open("articles_image_change", image.pk).text
