"""The tree of categories: its order, its addresses, and what names a story."""

from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from articles.categories import Tree
from articles.models import Category
from newsroom.languages import with_columns
from tests import factories
from tests.factories import CategoryFactory

# A tree in memory: the one statement that reads it is asked of both databases by every page.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def tree(language="en", **options):
    return Category.tree(language=language, **options)


def names(nodes):
    return [str(node) for node in nodes]


@pytest.fixture
def empty():
    """Remove the categories that all tests have."""
    Category.objects.filter(parent__isnull=False).delete()
    Category.objects.all().delete()


def test_roots_stand_by_position_and_children_by_name_where_it_is_the_same(empty):
    west = CategoryFactory(name_en="West", position=20)
    CategoryFactory(name_en="East", position=10)
    CategoryFactory(kind="section", name_en="News")
    for name in ("Zeta", "Égypte", "Alpha"):
        CategoryFactory(name_en=name, parent=west)
    CategoryFactory(name_en="First", parent=west, position=1)

    categories = tree()

    assert names(categories.regions) == ["East", "West"]
    assert names(categories.sections) == ["News"]
    assert names(categories.regions[1].children) == ["First", "Alpha", "Égypte", "Zeta"]


def test_the_tree_is_one_query_however_deep(django_assert_num_queries):
    with django_assert_num_queries(1):
        categories = tree("es")
        for node in categories.nodes.values():
            assert all(node.url_in(language) for language in with_columns())
            assert node.lineage()[-1] is node


@pytest.mark.parametrize("language", with_columns())
def test_every_category_is_found_by_its_path_in_every_language(language):
    categories = tree(language)

    for node in categories.nodes.values():
        for other in with_columns():
            hit = categories.find(node.kind, node.path_in(other))
            assert hit.slug_in(language) == node.slug_in(language) or hit.slug_in(other) == (
                node.slug_in(other)
            )
        assert categories.find(node.kind, node.path_in(language)) is node


@pytest.mark.parametrize("language", with_columns())
def test_a_node_has_the_name_and_the_addresses_of_its_category(language):
    CategoryFactory(name_en="", name_ar="موج", slug_en="wave")
    nodes = tree(language).nodes

    for category in Category.objects.all():
        node = nodes[category.pk]
        with translation.override(language):
            assert (node.label, node.url) == (str(category), category.get_absolute_url())
        assert all(node.url_in(code) == category.url_in(code) for code in with_columns())


@pytest.mark.parametrize("path", ["", "/", "nowhere", "syria/nowhere"])
def test_nothing_is_found_for_another_path(path):
    assert tree().find(Category.Kind.REGION, path) is None


def test_the_slug_of_this_language_wins_over_that_of_another(empty):
    CategoryFactory(name_en="Coast", slug_en="sea", slug_es="costa")
    meant = CategoryFactory(name_en="Sea", slug_en="ocean", slug_es="sea")

    assert tree("es").find("region", "sea").pk == meant.pk
    assert tree("pt").find("region", "costa").slug_in("en") == "sea"


def test_a_kind_is_not_mistaken_for_the_other(empty):
    CategoryFactory(kind="section", name_en="Science")

    assert tree().find("region", "science") is None


def test_a_story_is_named_by_its_deepest_region_and_else_by_its_first_section(empty):
    news = CategoryFactory(kind="section", name_en="News", position=2)
    opinion = CategoryFactory(kind="section", name_en="Opinion", position=1)
    root = CategoryFactory(name_en="Root")
    leaf = CategoryFactory(name_en="Leaf", parent=root)
    categories = tree()
    node = categories.nodes

    assert categories.kicker([node[news.pk], node[root.pk], node[leaf.pk]]) is node[leaf.pk]
    assert categories.kicker([node[news.pk], node[opinion.pk]]) is node[opinion.pk]
    assert categories.kicker([]) is None


def test_of_several_genres_the_first_in_menus_stands_before_a_headline(empty):
    news = CategoryFactory(kind="section", name_en="News", position=1)
    opinion, paid = (
        CategoryFactory(kind="section", name_en=name, position=place, is_genre=True)
        for name, place in (("Opinion", 3), ("Advertisement", 2))
    )
    categories = tree()
    node = categories.nodes

    assert categories.genre([node[news.pk], node[opinion.pk], node[paid.pk]]) is node[paid.pk]
    assert categories.genre([node[news.pk]]) is None


def test_of_two_equals_the_same_one_names_a_story_everywhere(empty):
    first, *_others = (CategoryFactory(name_en=name) for name in "BAC")
    nodes = tree().regions

    assert {tree().kicker(order).pk for order in (nodes, nodes[::-1])} == {first.pk}


def planted(parents, positions):
    """Return the tree of nodes 1, 2, 3 … by the numbers of their parents, None or an unknown one for a root."""
    rows = [
        SimpleNamespace(
            pk=pk,
            parent_id=parent,
            kind="region",
            position=position,
            name_en=f"N{pk:02}",
            slug_en=f"n{pk}",
        )
        for pk, (parent, position) in enumerate(zip(parents, positions, strict=True), start=1)
    ]
    return Tree(tuple(sorted(rows, key=lambda row: (row.position, row.pk))))


def climbed(node, parents):
    """Return the ids from a node upwards, up to a root or to where a circle closes."""
    seen = [node]
    while (above := parents[seen[-1] - 1]) and above not in seen:
        seen.append(above)
    return seen


@given(
    st.integers(1, 12).flatmap(
        lambda size: st.tuples(
            st.lists(st.none() | st.integers(1, size), min_size=size, max_size=size),
            st.lists(st.integers(0, 3), min_size=size, max_size=size),
        )
    )
)
def test_any_parents_make_the_same_tree_as_a_climb_from_each_node(planting):
    parents, positions = planting
    tree = planted(parents, positions)
    above = {pk: climbed(pk, parents) for pk in tree.nodes}

    for pk, node in tree.nodes.items():
        assert [ancestor.pk for ancestor in node.lineage()] == above[pk][::-1]
        assert {descendant.pk for descendant in node.subtree()} == {
            one for one in above if pk in above[one]
        }
        assert node.path_in("en") == "/".join(f"n{one}" for one in above[pk][::-1])
    menu = [node.pk for node in tree.walk()]
    assert sorted(menu) == sorted(tree.nodes)
    for parent in parents:
        siblings = [pk for pk in menu if parents[pk - 1] == parent]
        assert siblings == sorted(siblings, key=lambda pk: (positions[pk - 1], pk))


def test_no_walk_is_too_deep():
    depth = 3000
    tree = planted([None, *range(1, depth)], [1] * depth)
    leaf = tree.nodes[depth]

    assert [node.pk for node in tree.walk()] == list(range(1, depth + 1))
    assert len(tree.nodes[1].subtree()) == leaf.depth + 1 == depth
    assert tree.kicker(tree.nodes.values()) is leaf
    assert leaf.path_in("en").startswith("n1/n2/")


def test_the_tree_knows_which_categories_hold_a_story():
    syria, news = CategoryFactory(name_en="Syria"), CategoryFactory(kind="section", name_en="News")
    article = factories.story(categories=[news, syria])

    assert {node.pk for node in tree(article=article.pk).held()} == {syria.pk, news.pk}


def test_a_category_is_placed_as_it_is_to_be_saved(django_assert_num_queries):
    syria = CategoryFactory(name_en="Syria")
    syria.slug_en, syria.parent = "sham", CategoryFactory(name_en="Africa")
    new = Category(kind="region", name_en="New", slug_en="new", parent=syria)

    with django_assert_num_queries(1):
        node = syria.node()
    assert [node.url_in(code) for code in ("en", "es")] == [
        "/en/region/africa/sham/",
        "/es/region/africa/siria/",
    ]
    assert new.url_in("en") == "/en/region/middle-east/syria/new/"


def test_a_circle_of_parents_does_not_hang_a_page(client):
    one, two = CategoryFactory(name_en="One"), CategoryFactory(name_en="Two")
    Category.objects.filter(pk=one.pk).update(parent=two)
    Category.objects.filter(pk=two.pk).update(parent=one)

    edition = factories.live_edition(categories=[one])

    assert client.get(edition.url).status_code == 200
    assert client.get("/en/").status_code == 200
    assert client.get(tree().nodes[one.pk].url_in("en")).status_code == 200
