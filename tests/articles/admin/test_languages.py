"""Histories tell what was done in the language of who reads them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from articles.models import Article
from tests.factories import CategoryFactory, TagFactory, own_page, promotion, story

pytestmark = pytest.mark.once

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)

THINGS = [
    (lambda: CategoryFactory(name_en="A"), "category", "name_es", "Nombre (Español)"),
    (lambda: TagFactory(name="Raqqa"), "tag", "label_es", "Nombre visible (Español)"),
    (lambda: own_page(live=["en", "es"]), "ownpage", "title_es", "Título (Español)"),
]


@pytest.mark.parametrize(("make", "kind", "field", "words"), THINGS)
def test_a_history_names_what_was_changed_for_who_reads_it(editor, make, kind, field, words):
    thing = make()
    editor.save(f"articles_{kind}_change", thing.pk, fields={field: "Otro"})
    address = reverse(f"admin:articles_{kind}_history", args=[thing.pk])

    page = editor.client.get(address, headers={"Accept-Language": "es"}).text

    assert words in page
    assert "label-language" not in page
    assert "(Español)" in editor.client.get(address, headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("saved_in", "read_in", "words"), [("en", "es", "publicó"), ("es", "en", "published")]
)
def test_what_was_done_with_a_story_is_told_to_who_reads_it(editor, saved_in, read_in, words):
    article = story(title_en="A", body_en="<p>One</p>")
    form = editor.form("articles_article_change", article.pk)
    values = form.values | {"_verb": ["publish:en"]}
    address = reverse("admin:articles_article_change", args=[article.pk])
    editor.client.post(address, values, headers={"Accept-Language": saved_in})

    for name in ("history", "change"):
        page = editor.client.get(
            reverse(f"admin:articles_article_{name}", args=[article.pk]),
            headers={"Accept-Language": read_in},
        )
        assert words in page.text


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("es", "27 nov 2026", "27 de noviembre de 2026"),
        ("pt", "27 de nov. de 2026", "27 de Novembro de 2026"),
        ("en", "27 Nov 2026", "27 November 2026"),
    ],
)
def test_lists_write_dates_as_the_language_of_the_interface_does(editor, language, short, long):
    Article.objects.filter(pk=story(live=["en"]).pk).update(modified_at=AT)
    promotion(title_en="A launch", starts_at=AT)

    def listed(kind):
        address = reverse(f"admin:articles_{kind}_changelist")
        return editor.client.get(address, headers={"Accept-Language": language}).text

    assert short in listed("article")
    assert long in listed("promotion")
