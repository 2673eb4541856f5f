"""Fields of plain words: what cannot be seen is no text, and nothing is cut without a word."""

import pytest
from django.urls import reverse

from articles.models import Article, Author, Category, Image, Tag
from tests.articles.admin.conftest import FormReader
from tests.factories import AuthorFactory, CategoryFactory, ImageFactory, story

# Who may see and send which form; others ask the same of both databases.
pytestmark = pytest.mark.once

CHANGE = "articles_article_change"
UNSEEN = "\u200b\u3164\u202e"


@pytest.mark.parametrize("words", ["\u200b", "\u3164\u2800", "\u202e"])
def test_a_headline_that_nobody_can_see_is_none(editor, words):
    page = editor.save("articles_article_add", fields={"title_en": words, "body_en": "<p>One</p>"})

    assert "Give the story a headline in this language." in page.content.decode()
    assert not Article.objects.exists()


def test_a_headline_that_is_too_long_is_told_with_both_lengths_and_stays_whole(editor):
    article = story(title_en="A")

    page = editor.save(CHANGE, article.pk, fields={"title_en": "x" * 400}).content.decode()

    assert "at most 300 characters (it has 400)" in page
    assert FormReader(page).values["title_en"] == ["x" * 400]


def test_what_turns_the_words_behind_it_is_taken_out_of_every_text_of_a_story(editor):
    article = story(title_en="A", images=[ImageFactory()])
    fields = ("title_es", "standfirst_en", "uses-0-caption_en", "uses-0-alt_es")

    editor.save(
        CHANGE,
        article.pk,
        fields=dict.fromkeys(fields, "\u202eFerry\u200b") | {"title_es": "\u202eB"},
    )

    article.refresh_from_db()
    use = article.uses.get()
    assert (article.title_es, article.standfirst_en) == ("B", "Ferry")
    assert (use.caption_en, use.alt_es) == ("Ferry", "Ferry")


@pytest.mark.parametrize(
    ("model", "field"), [(Category, "name_en"), (Tag, "name"), (Author, "name_en")]
)
def test_a_name_that_nobody_can_see_is_none(administrator, model, field):
    page = administrator.save(
        f"articles_{model._meta.model_name}_add", fields={field: UNSEEN, "kind": "section"}
    )

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert not model.objects.exclude(pk__lt=0).filter(**{f"{field}__contains": "\u200b"}).exists()


def test_the_rights_of_an_image_are_plain_words(administrator):
    image = ImageFactory(creator="Ana")

    administrator.save(
        "articles_image_change", image.pk, fields={"creator": "\u202eRui", "licence": UNSEEN}
    )

    image = Image.objects.get(pk=image.pk)
    assert (image.creator, image.licence) == ("Rui", "")


@pytest.mark.parametrize(
    "thing",
    [
        lambda: story(title_en="A", images=[ImageFactory()]),
        CategoryFactory,
        AuthorFactory,
        ImageFactory,
    ],
)
def test_no_form_lets_the_browser_cut_what_is_pasted(administrator, thing):
    thing = thing()
    name = f"admin:articles_{thing._meta.model_name}_change"

    page = administrator.client.get(reverse(name, args=[thing.pk])).content.decode()

    assert "maxlength" not in page
