"""Regions and sections: the tree as a list, slugs that follow names, addresses that are kept."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Category, Listing, OldAddress
from tests.factories import CategoryFactory, story

# Forms and what they say; the verbs behind them are asked of both databases in tests/articles/actions/.
pytestmark = pytest.mark.once

LIST = "articles_category_changelist"
CHANGE = "articles_category_change"
ADD = "articles_category_add"


@pytest.fixture
def tree(db):
    east = CategoryFactory(name_en="Far East", position=1)
    return east, CategoryFactory(name_en="Japan", parent=east)


def test_the_list_reads_as_the_tree(editor, tree):
    rows = list(editor.open(LIST).context_data["cl"].result_list)

    east, japan = tree
    assert rows.index(japan) == rows.index(east) + 1
    assert [row.depth for row in rows if row in tree] == [0, 1]
    assert rows[-1].kind == Category.Kind.SECTION


def test_the_list_costs_the_same_for_few_as_for_many(
    editor, django_assert_max_num_queries, django_assert_num_queries
):
    editor.open(LIST)
    with django_assert_max_num_queries(10) as few:
        editor.open(LIST)
    for _ in range(5):
        CategoryFactory()

    with django_assert_num_queries(len(few)):
        editor.open(LIST)


def test_slugs_follow_the_names(editor):
    fields = {"kind": "section", "name_en": "Long reads", "name_ar": "قراءات طويلة"}

    editor.save(ADD, fields=fields)

    category = Category.objects.get(name_en="Long reads")
    assert (category.slug_en, category.slug_ar) == ("long-reads", "قراءات-طويلة")


def test_a_name_in_the_language_of_the_site_is_required(editor):
    response = editor.save(ADD, fields={"kind": "section", "name_es": "Reportajes"})

    assert response.context_data["adminform"].form.errors["name_en"] == [
        "The name in English is missing."
    ]


def test_a_slug_that_is_taken_is_an_error_of_its_field(editor, tree):
    response = editor.save(ADD, fields={"kind": "region", "name_en": "Japan"})

    assert response.context_data["adminform"].form.errors["slug_en"] == [
        "Another category has this slug."
    ]


def test_typed_slugs_become_slugs_and_old_ones_stay(editor, tree):
    _east, japan = tree
    Category.objects.filter(pk=japan.pk).update(slug_en="Jápan_")

    editor.save(CHANGE, japan.pk, fields={"slug_es": "El Japón", "slug_ar": "بلد اليابان"})

    japan.refresh_from_db()
    assert (japan.slug_en, japan.slug_es, japan.slug_ar) == ("Jápan_", "el-japon", "بلد-اليابان")


def test_a_changed_slug_leaves_its_old_address_behind(editor, tree):
    _east, japan = tree

    editor.save(CHANGE, japan.pk, fields={"slug_en": "nippon"})

    assert OldAddress.objects.get(path="/en/region/far-east/japan/").category == japan


def test_a_category_that_moves_takes_its_stories_along(editor, tree):
    east, japan = tree
    tokyo = CategoryFactory(name_en="Tokyo", parent=japan)
    asia = CategoryFactory(name_en="Great Asia")
    story(live=["en"], categories=[tokyo])

    editor.save(CHANGE, japan.pk, fields={"parent": str(asia.pk)})

    shelves = set(Listing.objects.values_list("category", flat=True))
    assert shelves == {tokyo.pk, japan.pk, asia.pk}
    assert OldAddress.objects.filter(path="/en/region/far-east/japan/").exists()


def test_a_category_cannot_stand_under_itself(editor, tree):
    east, japan = tree

    response = editor.save(CHANGE, east.pk, fields={"parent": str(japan.pk)})

    assert "parent" in response.context_data["adminform"].form.errors


def test_only_regions_can_hold_others(editor, tree):
    page = editor.open(ADD).content.decode()

    parents = page[page.index('name="parent"') :].partition("</select>")[0]
    assert "Far East" in parents
    assert "News" not in parents


def delete(editor, category, **fields):
    path = reverse("admin:articles_category_delete", args=[category.pk])
    return editor.client.post(path, {"post": "yes"} | fields)


def test_deleting_a_category_asks_where_its_stories_go(editor, tree):
    east, japan = tree
    other = CategoryFactory()
    article = story(live=["en"], categories=[japan])
    page = editor.open("articles_category_delete", japan.pk).content.decode()
    refused = [delete(editor, japan), delete(editor, east, nowhere="on")]

    answer = delete(editor, japan, into=other.pk)

    assert "1 story is in it." in page
    assert [response.status_code for response in refused] == [200, 200]
    assert answer.status_code == 302
    assert list(article.categories.all()) == [other]
    assert OldAddress.objects.get(path="/en/region/far-east/japan/").category == other


def test_the_stories_of_a_deleted_category_may_be_taken_out_of_it(editor, tree):
    _east, japan = tree
    article = story(live=["en"], categories=[japan])

    delete(editor, japan, nowhere="on")

    assert not article.categories.exists()
    assert OldAddress.objects.get(path="/en/region/far-east/japan/").target is None


def test_neither_a_category_nor_what_stands_under_it_is_offered_as_its_parent(editor, tree):
    east, japan = tree
    kyoto = CategoryFactory(name_en="Kyoto", parent=japan)
    asia = CategoryFactory(name_en="Asia")

    page = editor.open(CHANGE, japan.pk).content.decode()
    parents = page[page.index('name="parent"') :].partition("</select>")[0]

    offered = {pk for pk in (east.pk, japan.pk, kyoto.pk, asia.pk) if f'value="{pk}"' in parents}
    assert offered == {east.pk, asia.pk}


@pytest.mark.parametrize("is_used", [False, True])
def test_a_parent_and_its_children_are_deleted_as_a_selection_where_they_are_empty(
    editor, tree, is_used
):
    if is_used:
        story(categories=tree[1:])
    fields = {"action": "delete_selected", "_selected_action": [c.pk for c in tree], "post": "yes"}

    editor.client.post(reverse(f"admin:{LIST}"), fields)

    assert Category.objects.filter(pk__in=[c.pk for c in tree]).count() == (2 if is_used else 0)


def test_a_section_can_stand_before_headlines_and_a_region_cannot(editor, tree):
    section = CategoryFactory(kind="section", name_en="Opinion")
    _east, japan = tree

    editor.save(CHANGE, section.pk, fields={"is_genre": "on"})
    refused = editor.save(CHANGE, japan.pk, fields={"is_genre": "on"})

    section.refresh_from_db()
    assert section.is_genre
    assert "Only a section can stand before headlines." in refused.content.decode()


def test_categories_are_merged_and_moved_from_their_list(editor):
    first = CategoryFactory(kind="section", name_en="Aaa", slug_en="aaa", position=1)
    second = CategoryFactory(kind="section", name_en="Bbb", slug_en="bbb", position=2)
    held = story(categories=[second])
    page, chosen = "/admin/articles/category/", {"_selected_action": [first.pk, second.pk]}

    editor.client.post(page, {"action": "move_up", "_selected_action": [second.pk]})
    nodes = Category.tree(language="en").sections
    assert [node.pk for node in sorted(nodes, key=lambda node: node.position)][:2] == [
        second.pk,
        first.pk,
    ]

    asked = editor.client.post(page, {"action": "merge", **chosen})
    assert "Which category should stay?" in asked.text
    editor.client.post(page, {"action": "merge", "keep": first.pk, **chosen})

    assert list(held.categories.all()) == [first]
    told = [(log.object_repr, log.get_change_message()) for log in LogEntry.objects.order_by("pk")]
    assert told == [("Bbb", "Changed Position."), ("Bbb", ""), ("Aaa", "Merged into it: Bbb")]
    assert not Category.objects.filter(pk=second.pk).exists()
