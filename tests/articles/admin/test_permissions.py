"""What the forms of the admin offer writers, editors, and those who may only look; who may ask for them at all: test_who_may.py."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from reversion.models import Version

from articles import roles
from articles.actions import publishing
from articles.models import Article, Author, Edition
from tests.factories import AuthorFactory, ImageFactory, edition, story

# Who may see and send which form; others ask the same of both databases.
pytestmark = pytest.mark.once

CHANGE = "articles_article_change"
ADD = "articles_article_add"
BODY = "<p>Some words.</p>"


@pytest.fixture
def own(writer):
    """A story in which the writer is credited."""
    byline = AuthorFactory(name_en="Will Hart", user=writer.user)
    return story(title_en="A", body_en=BODY, authors=[byline])


def verbs(desk, article):
    return {value for name, value in desk.form(CHANGE, article.pk).buttons if name == "_verb"}


def test_a_writer_can_submit_and_sees_no_button_to_publish(writer, own):
    assert verbs(writer, own) == {f"submit:{code}" for code in ("en", "es", "pt", "ar")}


def test_a_forged_publication_is_refused_and_keeps_the_text(writer, own, said):
    response = writer.press(own, "publish:en", {"title_en": "Typed"})

    assert Edition.objects.get(article=own).status == "draft"
    assert Article.objects.get(pk=own.pk).title_en == "Typed"
    assert any("not allowed" in message for message in said(response))


def test_a_writer_may_go_on_with_a_story_that_they_began(writer):
    writer.save(ADD, fields={"title_en": "Mine"})
    article = Article.objects.get()

    writer.save(CHANGE, article.pk, fields={"title_en": "Still mine"})

    assert Article.objects.get().title_en == "Still mine"


def test_a_writer_only_reads_the_stories_of_others(writer):
    article = story(title_en="Theirs", body_en="<p>Some <strong>words</strong>.</p>")

    page = writer.open(CHANGE, article.pk).content.decode()

    assert "Theirs" in page
    assert "<p>Some <strong>words</strong>.</p>" in page
    assert 'name="title_en"' not in page
    assert 'name="_verb"' not in page
    assert writer.client.post(f"/admin/articles/article/{article.pk}/change/").status_code == 403


def test_a_writer_cannot_change_words_that_readers_see(writer, own):
    own.title_es, own.body_es = "B", BODY
    own.save()
    publishing.publish(edition(own), by=publishing.SYSTEM)
    form = writer.form(CHANGE, own.pk)

    assert "title_en" not in form.values
    assert "title_es" in form.values
    assert "tags" not in form.values
    writer.save(CHANGE, own.pk, form=form, fields={"title_en": "Forged", "title_es": "Typed"})
    after = Article.objects.get(pk=own.pk)
    assert (after.title_en, after.title_es) == ("A", "Typed")


def test_a_writer_cannot_go_back_to_an_older_text_of_a_published_story(writer, editor, own):
    editor.save(CHANGE, own.pk)
    editor.press(own, "publish:en")

    page, version = "articles_article_revision", Version.objects.get_for_object(own).last()
    assert 'type="submit" class="default"' not in writer.open(page, own.pk, version.pk).text
    address = reverse(f"admin:{page}", args=[own.pk, version.pk])
    assert writer.client.post(address, {"part": ["en"]}).status_code == 403


def test_a_writer_is_told_why_a_published_text_has_no_field(writer, editor, own, settings):
    settings.LANGUAGES = [("en", "English")]
    editor.press(own, "publish:en")
    sentence = "Only editors change a text that is published, scheduled or withdrawn."

    page = writer.open(CHANGE, own.pk).text

    assert sentence in page
    assert 'type="submit" value' not in page
    assert sentence not in editor.open(CHANGE, own.pk).text


def test_a_writer_does_not_choose_the_login_of_an_author(writer, editor):
    fields = {"name_en": "Somebody", "user": str(editor.user.pk)}

    writer.save("articles_author_add", fields=fields)
    editor.save("articles_author_add", fields=fields | {"name_en": "Eva"})

    logins = dict(Author.objects.values_list("name_en", "user"))
    assert logins == {"Somebody": None, "Eva": editor.user.pk}


def test_a_writer_may_fill_a_gap_but_not_change_a_picture(writer):
    gap, picture = ImageFactory(file=""), ImageFactory()

    assert 'name="file"' in writer.open("articles_image_change", gap.pk).content.decode()
    assert 'name="file"' not in writer.open("articles_image_change", picture.pk).content.decode()


@pytest.mark.parametrize("verb", [publishing.publish, publishing.withdraw, None])
def test_a_writer_fills_no_gap_of_a_story_that_readers_know(writer, editor, verb):
    gap = ImageFactory(file="")
    article = story(title_en="A", body_en=BODY, images=[gap])
    if verb:
        publishing.publish(edition(article), by=None)
    if verb == publishing.withdraw:
        publishing.withdraw(edition(article), by=None, reason="Wrong.")

    page = writer.open("articles_image_change", gap.pk).content.decode()

    assert ('name="file"' in page) is (verb is None)
    assert 'name="file"' in editor.open("articles_image_change", gap.pk).content.decode()


def test_an_editor_may_do_everything_with_stories(editor):
    assert editor.user.has_perm("articles.publish_article")
    assert editor.user.has_perm("articles.delete_article")
    assert editor.user.has_perm("articles.change_tag")
    assert not editor.user.has_perm("users.change_user")


def test_a_writer_may_not_publish_nor_delete(writer):
    assert writer.user.has_perm("articles.submit_article")
    assert not writer.user.has_perm("articles.publish_article")
    assert not writer.user.has_perm("articles.delete_article")


def test_the_groups_keep_what_an_administrator_added(writer):
    extra = Permission.objects.get(codename="change_user")
    writer.user.groups.get().permissions.add(extra)

    roles.ensure()

    assert extra in writer.user.groups.get().permissions.all()
