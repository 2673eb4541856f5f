"""Authors: names per language, and addresses that are kept."""

from articles.models import Author, OldAddress
from tests.factories import AuthorFactory, story

LIST = "articles_author_changelist"
CHANGE = "articles_author_change"
ADD = "articles_author_add"


def test_an_author_gets_a_slug_from_the_name(editor):
    editor.save(ADD, fields={"name_en": "Ana Duarte", "kind": "person"})

    assert Author.objects.get().slug == "ana-duarte"


def test_a_typed_slug_of_an_author_becomes_one(editor):
    editor.save(ADD, fields={"name_en": "Lukas", "kind": "person", "slug": "Łukasz Żółw"})

    assert Author.objects.get().slug == "lukasz-zolw"


def test_an_author_has_a_name_in_one_language_at_least(editor):
    response = editor.save(ADD, fields={"kind": "person"})

    assert "name_en" in response.context["adminform"].form.errors


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


def test_an_author_is_found_by_a_name_in_any_language(editor):
    author = AuthorFactory(name_en="Ana", name_ar="آنا دوارتي")
    AuthorFactory()

    assert list(editor.open(LIST, q="دوارتي").context["cl"].result_list) == [author]
