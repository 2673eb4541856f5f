"""Two people at one story: nobody saves over what they have not seen."""

import re

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
