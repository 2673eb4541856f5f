import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import organising
from articles.derived import listings
from articles.models import Author, AuthorName, Category, Listing, OldAddress
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def merged(stories):
    """Merge a tag of so many stories into another; return (that one, the number of statements)."""
    kept, lost = factories.TagFactory(), factories.TagFactory()
    for number in range(stories):
        # One of them has both already.
        factories.story(live=["en"], tags=[lost] if number else [kept, lost])
    with CaptureQueriesContext(connection) as captured:
        organising.merge_tags([lost], into=kept)
    return kept, len(captured)


@pytest.mark.once  # as many statements on either database
def test_many_stories_are_merged_by_as_many_statements_as_few():
    # What a process reads once is read with the first.
    merged(1)
    _few, expected = merged(2)

    kept, statements = merged(5)

    assert statements == expected
    assert kept.items.count() == Listing.objects.filter(tag=kept).count() == 5


@pytest.mark.both
def test_more_stories_than_one_statement_takes_are_merged(monkeypatch):
    monkeypatch.setattr(listings, "BATCH", 2)

    kept, _statements = merged(5)

    assert kept.items.count() == Listing.objects.filter(tag=kept).count() == 5


# --- Categories ---


@pytest.mark.both
def test_a_merged_category_leaves_its_stories_subcategories_and_addresses(client):
    kept = factories.CategoryFactory(name_en="Iberia")
    lost = factories.CategoryFactory(name_en="Utopia", slug_es="utopia-es")
    child = factories.CategoryFactory(name_en="Madeira", parent=lost)
    both = factories.story(live=["en"], categories=[kept, lost])
    deep = factories.story(live=["en"], categories=[child])
    OldAddress.objects.create(path="/en/region/lusitania/", category=lost)

    organising.merge_categories([lost], into=kept)

    child.refresh_from_db()
    assert child.parent == kept
    assert list(both.categories.all()) == [kept]
    shelf = Listing.objects.filter(category=kept).values_list("edition__article", flat=True)
    assert sorted(shelf) == sorted([both.pk, deep.pk])
    for path, target in (
        ("/en/region/utopia/", "/en/region/iberia/"),
        ("/es/region/utopia-es/", "/es/region/iberia/"),
        ("/en/region/lusitania/", "/en/region/iberia/"),
        ("/en/region/utopia/madeira/", "/en/region/iberia/madeira/"),
    ):
        response = client.get(path)
        assert (path, response.status_code, response.headers.get("Location")) == (path, 301, target)


def test_a_category_cannot_be_merged_into_one_that_stands_under_it():
    lost = factories.CategoryFactory()
    child = factories.CategoryFactory(parent=lost)

    for target in (lost, child):
        with pytest.raises(ValidationError, match="itself"):
            organising.merge_categories([lost], into=target)
    assert set(Category.objects.filter(pk__in=[lost.pk, child.pk])) == {lost, child}


@pytest.mark.both
def test_a_region_cannot_be_merged_into_a_section():
    section = Category.objects.filter(kind="section").first()

    with pytest.raises(ValidationError, match="into a section"):
        organising.merge_categories([factories.CategoryFactory()], into=section)


# --- Authors ---


@pytest.fixture
def anas():
    kept = factories.AuthorFactory(name_en="Ana Costa", slug="ana-costa")
    lost = factories.AuthorFactory(name_en="A. Costa", bio_es="Escribe.", slug="a-costa")
    return kept, lost


def credits(article):
    rows = article.bylines.values_list("author__slug", "role", "language")
    return sorted(rows)


@pytest.mark.both
def test_a_merged_author_leaves_the_credits_words_names_and_addresses(anas, client):
    kept, lost = anas
    one = factories.story(live=["en"], authors=[lost])
    both = factories.story(live=["en"], authors=[kept, lost])
    factories.BylineFactory(article=both, author=lost, role="translator", language="es")
    AuthorName.objects.create(author=lost, name="COSTA, A.")
    OldAddress.objects.create(path="/en/author/ac/", author=lost)

    organising.merge_authors([lost], into=kept)

    assert list(Author.objects.all()) == [kept]
    assert credits(one) == [("ana-costa", "author", "")]
    assert credits(both) == [("ana-costa", "author", ""), ("ana-costa", "translator", "es")]
    assert Listing.objects.filter(author=kept).count() == 2
    assert Author.objects.get().bio_es == "Escribe."
    assert {"COSTA, A.", "A. Costa"} <= {row.name for row in kept.imported_names.all()}
    for path in ("/en/author/a-costa/", "/en/author/ac/"):
        assert client.get(path).url == "/en/author/ana-costa/"


@pytest.mark.both
def test_a_list_of_stories_shows_the_author_that_is_left(anas, client):
    kept, lost = anas
    article = factories.story(live=["en"], authors=[lost])
    url = factories.edition(article).get_absolute_url()
    assert "A. Costa" in client.get(url).text

    organising.merge_authors([lost], into=kept)

    assert "A. Costa" not in client.get(url).text
    assert article.title_en in client.get("/en/author/ana-costa/").text


@pytest.mark.both
def test_many_credits_are_merged_by_as_many_statements_as_few(monkeypatch):
    def statements(stories):
        kept, lost = factories.AuthorFactory(), factories.AuthorFactory()
        for number in range(stories):
            factories.story(live=["en"], authors=[lost] if number else [kept, lost])
        with CaptureQueriesContext(connection) as captured:
            organising.merge_authors([lost], into=kept)
        return len(captured)

    # What a process reads once is read with the first.
    statements(1)
    expected = statements(2)
    assert statements(5) == expected


@pytest.mark.both
def test_the_one_login_goes_along(anas):
    kept, lost = anas
    Author.objects.filter(pk=lost.pk).update(user=factories.UserFactory())
    user = Author.objects.get(pk=lost.pk).user

    organising.merge_authors([lost], into=kept)

    assert Author.objects.get().user == user


def test_two_logins_do_not_become_one(anas):
    for author in anas:
        Author.objects.filter(pk=author.pk).update(user=factories.UserFactory())

    with pytest.raises(ValidationError, match="More than one of them has a login"):
        organising.merge_authors([anas[1]], into=anas[0])

    assert Author.objects.count() == 2


@pytest.fixture
def places():
    """Five sections beside each other, all at the same position: by their names."""
    Category.objects.all().delete()
    return [
        factories.CategoryFactory(kind="section", name_en=name, slug_en=name.lower(), position=100)
        for name in "ABCDE"
    ]


def in_order():
    return "".join(node.label for node in Category.tree(language="en").walk())


def test_categories_move_by_one_place_among_those_beside_them(places):
    a, b, c, _d, e = places

    organising.move_categories([c, e], up=True)
    assert in_order() == "ACBED"

    organising.move_categories([a, c], up=True)
    assert in_order() == "ACBED"

    organising.move_categories([b], up=False)
    assert in_order() == "ACEBD"


def test_a_category_moves_only_below_its_own_parent(places):
    region = factories.CategoryFactory(kind="region", name_en="R", slug_en="r")
    first, second = (
        factories.CategoryFactory(kind="region", parent=region, name_en=name, slug_en=name)
        for name in "xy"
    )

    organising.move_categories([second], up=True)

    assert in_order() == "RyxABCDE"
    assert first.position == 100


def test_a_story_is_credited_to_these_alone_and_in_this_order(anas):
    article, (kept, gone) = factories.story(live=["en"]), (anas[0].pk, anas[1].pk)
    first, second = (kept, "author", ""), (gone, "author", "")

    def credited(order):
        changed = organising.credit(article, order, here=organising.credits_of(article))
        return changed, [*organising.credits_of(article)]

    assert credited([first, second]) == (True, [first, second])
    assert credited([second, first]) == (True, [second, first])
    assert credited([first]) == (True, [first])
    assert credited([first]) == (False, [first])


def test_a_story_is_filed_and_taken_out_by_what_is_not_so_yet():
    article, tags = factories.story(live=["en"]), factories.TagFactory.create_batch(2)
    category = factories.CategoryFactory()

    assert organising.tag(article, [tags[0]])
    assert organising.tag(article, [tags[1]], gone=[tags[0].pk])
    assert not organising.tag(article, [tags[1]], gone=[tags[0].pk])
    assert organising.categorise(article, [category])
    assert not organising.categorise(article, [category])
    assert [*article.tags.all()] == [tags[1]]
    assert [*article.categories.all()] == [category]


def test_what_is_renamed_leaves_its_old_address(client):
    tag = factories.TagFactory(name="Rakka", label_en="Rakka")
    factories.story(live=["en"], tags=[tag])
    old = tag.url_in("en")

    tag.label_en, tag.label_slug_en = "Raqqa", "raqqa"
    organising.save(tag)

    assert client.get(old).headers["Location"] == "/en/tag/raqqa/"
