from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import publishing, writing
from articles.actions.publishing import SYSTEM
from articles.derived import listings
from articles.models import Category, Edition, Item, Listing, StoryWords
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def tree():
    """World > Coast > Harbour, and another top region."""
    world, other = (
        factories.CategoryFactory(name_en="World"),
        factories.CategoryFactory(name_en="Other"),
    )
    coast = factories.CategoryFactory(name_en="Coast", parent=world)
    harbour = factories.CategoryFactory(name_en="Harbour", parent=coast)
    return {"world": world, "coast": coast, "harbour": harbour, "other": other}


def rows():
    """Return the shelf of every row by name, with its language; as a sorted list, so none stands twice."""
    listed = Listing.objects.select_related("category", "tag", "author")
    return sorted(
        (
            row.language,
            (row.category or row.tag or row.author).__class__.__name__,
            str(row.category or row.tag or row.author),
        )
        for row in listed
    )


def regions(language="en"):
    return sorted(name for code, kind, name in rows() if (code, kind) == (language, "Category"))


def test_a_story_stands_in_its_categories_and_in_all_above_them(tree):
    factories.story(
        live=["en", "es"], title_pt="Rascunho", categories=[tree["harbour"], tree["coast"]]
    )

    assert rows() == [
        (language, "Category", name)
        for language in ("en", "es")
        for name in ("Coast", "Harbour", "World")
    ]


def test_rows_carry_the_time_of_their_edition(tree):
    edition = factories.live_edition(at=AT, categories=[tree["other"]], tags=["Water"])

    assert set(Listing.objects.values_list("edition", "published_at")) == {(edition.pk, AT)}


def test_an_author_of_one_language_stands_in_its_lists_only():
    everywhere, translator = (
        factories.AuthorFactory(name_en="Ana"),
        factories.AuthorFactory(name_en="Bea"),
    )
    article = factories.story(live=["en", "es"], authors=[everywhere])
    factories.BylineFactory(article=article, author=translator, role="translator", language="es")
    factories.BylineFactory(article=article, author=translator, role="author", language="es")

    writing.save(article)

    assert rows() == [("en", "Author", "Ana"), ("es", "Author", "Ana"), ("es", "Author", "Bea")]


def test_what_is_not_published_stands_nowhere(tree):
    article = factories.story(
        title_en="A", body_en="<p>b</p>", categories=[tree["coast"]], tags=["Water"]
    )
    edition = factories.edition(article)
    assert rows() == []

    publishing.submit(edition, by=SYSTEM)
    assert rows() == []

    publishing.publish(edition, by=SYSTEM)
    assert len(rows()) == 3

    publishing.withdraw(edition, by=SYSTEM, reason="Wrong.")
    assert rows() == []

    publishing.restore(edition, by=SYSTEM)
    assert len(rows()) == 3


@pytest.mark.both
def test_a_scheduled_story_is_on_its_shelf_before_its_time_and_unseen(tree):
    tomorrow = AT + timedelta(days=1)
    article = factories.story(title_en="A", body_en="<p>b</p>", categories=[tree["other"]])
    publishing.schedule(factories.edition(article), by=SYSTEM, at=tomorrow, now=AT)

    shelf = {"language": "en", "category": tree["other"]}
    assert not Listing.objects.on_shelf(at=AT, **shelf).exists()
    assert Listing.objects.on_shelf(at=tomorrow, **shelf).exists()


@pytest.mark.both
def test_a_change_of_categories_tags_and_authors_moves_the_rows(tree):
    first, second = factories.AuthorFactory(name_en="Ana"), factories.AuthorFactory(name_en="Bea")
    article = factories.story(
        live=["en"], categories=[tree["harbour"]], tags=["Water"], authors=[first]
    )

    article.categories.set([tree["other"]])
    article.tags.set(["Fire"])
    article.bylines.update(author=second)
    writing.save(article)

    assert rows() == [("en", "Author", "Bea"), ("en", "Category", "Other"), ("en", "Tag", "Fire")]


def test_a_story_that_is_deleted_leaves_no_row(tree):
    factories.story(live=["en"], categories=[tree["coast"]]).delete()

    assert rows() == []


def test_refreshing_writes_only_what_is_different(tree):
    article = factories.story(live=["en", "es"], categories=[tree["coast"]], tags=["Water"])
    before = list(Listing.objects.order_by("pk").values())

    with CaptureQueriesContext(
        connection,
    ) as queries:
        listings.refresh([article.pk])

    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []
    assert list(Listing.objects.order_by("pk").values()) == before


@pytest.mark.once  # as many statements on either database
def test_refreshing_many_costs_as_many_queries_as_refreshing_one(tree):
    articles = [
        factories.story(live=["en"], categories=[tree["coast"]], tags=["Water"]) for _ in range(6)
    ]
    counts = []
    for some in (articles[:1], articles):
        Listing.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            listings.refresh([article.pk for article in some])
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_category_that_moves_takes_the_stories_under_it_along(tree):
    factories.story(live=["en"], categories=[tree["harbour"]])
    factories.story(live=["es"], categories=[tree["coast"]])

    tree["coast"].parent = tree["other"]
    tree["coast"].save()

    assert regions("en") == ["Coast", "Harbour", "Other"]
    assert regions("es") == ["Coast", "Other"]


def test_a_story_leaves_the_lists_above_a_category_that_is_deleted(tree):
    factories.story(live=["en"], categories=[tree["harbour"]])
    factories.story(live=["en"], categories=[tree["harbour"], tree["other"]])

    tree["harbour"].delete()

    assert rows() == [("en", "Category", "Other")]


@pytest.mark.both
def test_a_circle_of_parents_does_not_hang_the_site(tree):
    Category.objects.filter(pk=tree["world"].pk).update(parent=tree["harbour"])

    factories.story(live=["en"], categories=[tree["coast"]])

    assert regions() == ["Coast", "Harbour", "World"]
    assert len(Category.tree().nodes[tree["coast"].pk].lineage()) == 3


def test_a_column_that_decides_on_no_list_is_written_without_a_look_at_any():
    factories.live_edition(at=AT, tags=["Water"])

    with CaptureQueriesContext(connection) as queries:
        Edition.objects.update(comment_count=3)
    asked = " ".join(query["sql"] for query in queries)
    assert not [model for model in (Listing, Item, StoryWords) if model._meta.db_table in asked]

    Edition.objects.update(status=Edition.Status.DRAFT)
    assert rows() == []
