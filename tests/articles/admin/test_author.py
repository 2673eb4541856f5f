"""Authors: names per language, and addresses that are kept."""

import pytest
from django.urls import reverse

from articles.models import Author, OldAddress
from tests.factories import AuthorFactory, story

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = pytest.mark.once

LIST = "articles_author_changelist"
CHANGE = "articles_author_change"
ADD = "articles_author_add"


def test_an_author_gets_a_slug_from_the_name(editor):
    editor.save(ADD, fields={"name_en": "Ana Duarte", "kind": "person"})

    assert Author.objects.get().slug == "ana-duarte"


@pytest.mark.both
def test_a_typed_slug_of_an_author_becomes_one(editor):
    editor.save(ADD, fields={"name_en": "Lukas", "kind": "person", "slug": "Łukasz Żółw"})

    assert Author.objects.get().slug == "lukasz-zolw"


def test_an_author_has_a_name_in_one_language_at_least(editor):
    response = editor.save(ADD, fields={"kind": "person"})

    assert "name_en" in response.context_data["adminform"].form.errors


@pytest.mark.both
def test_a_changed_slug_leaves_its_old_address_behind(editor):
    author = AuthorFactory(name_en="Ana Duarte")

    editor.save(CHANGE, author.pk, fields={"slug": "ana-d"})

    assert OldAddress.objects.get(path="/en/author/ana-duarte/").author == author


def test_the_list_costs_the_same_for_one_author_as_for_many(
    editor, django_assert_max_num_queries, django_assert_num_queries
):
    AuthorFactory()
    editor.open(LIST)
    with django_assert_max_num_queries(10) as few:
        editor.open(LIST)
    story(title_en="A", authors=[AuthorFactory() for _ in range(5)])

    with django_assert_num_queries(len(few)):
        editor.open(LIST)


@pytest.mark.both
def test_an_author_is_found_by_a_name_in_any_language(editor):
    author = AuthorFactory(name_en="Ana", name_ar="آنا دوارتي")
    AuthorFactory()

    assert list(editor.open(LIST, q="دوارتي").context_data["cl"].result_list) == [author]


def merge(desk, *authors, keep=None):
    values = {"action": "merge", "_selected_action": [author.pk for author in authors]}
    if keep:
        values["keep"] = keep.pk
    return desk.client.post(reverse(f"admin:{LIST}"), values)


@pytest.mark.both
def test_merging_asks_which_author_should_stay_and_tells_their_stories(editor):
    kept, lost = AuthorFactory(name_en="Ana Costa"), AuthorFactory(name_en="A. Costa")
    article = story(title_en="A", authors=[lost])

    page = merge(editor, kept, lost).content.decode()
    assert "Which author should stay?" in page
    assert "1 story" in page

    merge(editor, kept, lost, keep=kept)
    assert [byline.author for byline in article.bylines.all()] == [kept] == [*Author.objects.all()]


@pytest.mark.both
def test_authors_with_two_logins_are_refused_in_words(editor, writer, said):
    first = AuthorFactory(name_en="Ana", user=editor.user)
    second = AuthorFactory(name_en="Bea", user=writer.user)

    response = merge(editor, first, second, keep=first)

    assert any("More than one of them has a login" in words for words in said(response))
    assert Author.objects.count() == 2


def test_a_writer_cannot_merge_authors(writer):
    first, second = AuthorFactory(), AuthorFactory()

    merge(writer, first, second, keep=first)

    assert Author.objects.count() == 2


def test_a_second_author_of_one_name_is_told_at_once_and_never_again(editor, said):
    first = AuthorFactory(name_en="Ana Costa")
    AuthorFactory(name_en="Ana Cruz", name_es="")
    kinds = {"kind": "person", "name_en": "ana costa"}

    response = editor.save(ADD, fields=kinds)
    second = Author.objects.latest("pk")
    again = editor.save(CHANGE, second.pk, fields={"bio_en": "Writes."})

    [told] = [message for message in said(response) if "Another author has this name" in message]
    assert reverse("admin:articles_author_change", args=[first.pk]) in told
    assert "Ana Costa (ana-costa)" in told
    assert not [message for message in said(again) if "Another author" in message]


@pytest.mark.once
def test_authors_of_one_name_are_told_apart_where_one_is_chosen(editor):
    for name in ("Ana Costa", "Ana Costa", "Ana Cruz"):
        AuthorFactory(name_en=name)
    field = {"app_label": "articles", "model_name": "byline", "field_name": "author"}

    answer = editor.open("autocomplete", term="Ana", **field).json()

    offered = [choice["text"] for choice in answer["results"]]
    assert offered == ["Ana Costa (ana-costa)", "Ana Costa (ana-costa-2)", "Ana Cruz"]
