from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import RestrictedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions import writing
from articles.actions.publishing import SYSTEM, withdraw
from articles.derived import addresses
from articles.models import Category, Edition, OldAddress
from newsroom.languages import with_columns
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 23, 30, tzinfo=UTC)


def live(title="One", language="en"):
    texts = {f"title_{language}": title}
    return factories.live_edition(language, at=AT, **texts)


def find(path, language="en"):
    return addresses.find(path, language=language, at=AT)


def test_the_date_of_an_address_is_the_newsrooms_whoever_asks():
    edition = live()

    with timezone.override("Pacific/Auckland"):
        assert edition.url == "/en/2017/11/30/one/"


@pytest.mark.parametrize("missing", [{"slug": ""}, {"published_at": None}])
def test_there_is_no_address_without_a_slug_and_a_time(missing):
    edition = Edition(language="en", **({"slug": "a", "published_at": AT} | missing))

    assert edition.get_absolute_url() == ""
    assert addresses.paths(edition) == {}


@pytest.mark.both
def test_an_old_path_leads_to_an_edition_a_category_a_tag_or_an_author():
    things = [
        live(),
        factories.CategoryFactory(name_en="Atlantis"),
        factories.TagFactory(name="Water"),
        factories.AuthorFactory(name_en="Ana"),
    ]
    factories.story(live=["en", "es"], at=AT, tags=things[2:3], authors=things[3:])
    for number, thing in enumerate(things):
        addresses.add(thing, path=f"/old/{number}")

    assert [find(f"/old/{number}") for number in range(4)] == [
        "/en/2017/11/30/one/",
        "/en/region/atlantis/",
        "/en/tag/water/",
        "/en/author/ana/",
    ]
    assert find("/old/2", language="es") == "/es/tag/water/"
    assert [old.target for old in OldAddress.objects.order_by("path")] == things


def test_a_tag_or_author_of_drafts_only_is_led_to_by_nothing():
    tag, author = factories.TagFactory(name="Secret"), factories.AuthorFactory(name_en="Ana")
    factories.story(title_en="A draft", tags=[tag], authors=[author])
    addresses.add(tag, path="/old/tag")
    addresses.add(author, path="/old/author")

    assert [find("/old/tag"), find("/old/author")] == [None, None]


def test_a_query_of_an_old_path_ends_there_and_any_other_goes_along():
    addresses.add(live(), path="/?p=12")
    addresses.add(live("Two"), path="/old/two")

    assert addresses.find("/", language="en", at=AT, query="p=12") == "/en/2017/11/30/one/"
    assert addresses.find("/old/two", language="en", at=AT, query="a=1") == (
        "/en/2017/11/30/two/?a=1"
    )


def test_what_was_never_in_use_leads_nowhere():
    assert find("/never/") is None


def test_a_path_leads_to_what_it_was_given_to_first():
    first = live("One")
    assert addresses.add(first, path="/old/")
    assert addresses.add(first, path="/old/")

    assert not addresses.add(live("Two"), path="/old")

    assert find("/old/") == "/en/2017/11/30/one/"


@pytest.mark.parametrize("form", ["{}", "{}?p=1"])
def test_the_address_of_an_edition_is_no_old_one_of_another(form):
    first = live("One")
    withdraw(first, by=SYSTEM, reason="Wrong.")

    assert not addresses.add(live("Two"), path=form.format(first.url))
    assert not addresses.add(live("Three"), path=form.format(first.url.rstrip("/")))

    assert not OldAddress.objects.exists()


def test_the_path_of_a_thing_is_never_an_old_one_of_its_own():
    edition = live()

    addresses.add(edition, path=edition.url)

    assert not OldAddress.objects.exists()


def test_an_old_path_leads_to_a_withdrawn_story_and_not_to_a_draft():
    edition = live()
    addresses.add(edition, path="/old/")
    withdraw(edition, by=SYSTEM, reason="Wrong.")
    assert find("/old/") == "/en/2017/11/30/one/"

    draft = factories.edition(factories.story(title_en="Draft"))
    addresses.add(draft, path="/draft/")
    assert find("/draft/") is None


def test_old_addresses_in_arabic_are_kept_as_they_are_read():
    edition = live("قصة", language="ar")

    addresses.add(edition, path="/ar/%D9%82%D8%AF%D9%8A%D9%85/")

    assert find("/ar/قديم/", language="ar") == "/ar/2017/11/30/قصة/"


@pytest.mark.both
@pytest.mark.parametrize(
    ("thing", "name"),
    [
        (lambda: factories.CategoryFactory(name_en="Atlantis"), "slug_en"),
        (lambda: factories.TagFactory(name="Water"), "slug"),
        (lambda: factories.AuthorFactory(name_en="Ana"), "slug"),
        (live, "slug"),
    ],
    ids=["category", "tag", "author", "edition"],
)
def test_every_old_path_leads_in_one_hop_to_what_a_plain_save_has_renamed(thing, name):
    thing = thing()
    article = (
        thing.article if isinstance(thing, Edition) else factories.story(live=with_columns(), at=AT)
    )
    links = {"Category": article.categories, "Tag": article.tags}
    if type(thing).__name__ in links:
        links[type(thing).__name__].add(thing)
    elif type(thing).__name__ == "Author":
        factories.BylineFactory(article=article, author=thing)
    writing.save(article)
    old = []
    for slug in ("second", "third"):
        old += addresses.paths(thing).values()
        setattr(thing, name, slug)
        thing.save()

    new = set(addresses.paths(thing).values())
    assert {find(path, path[1:3]) for path in old} == new
    assert not OldAddress.objects.filter(path__in=new).exists()


def test_a_path_that_something_new_takes_is_no_longer_old():
    tag = factories.TagFactory(name="Water")
    tag.slug = "sea"
    tag.save()

    factories.TagFactory(name="Waters", slug="water")

    assert not OldAddress.objects.filter(path="/en/tag/water/").exists()


def test_a_save_that_renames_nothing_writes_no_address():
    tag = factories.TagFactory(name="Water")

    with CaptureQueriesContext(connection) as queries:
        tag.save()

    assert not [q for q in queries if "oldaddress" in q["sql"]]


# --- What was deleted ---


def test_what_was_deleted_answers_410_where_readers_could_read_it(client):
    story = live("Gone for good")
    old = OldAddress.objects.create(path="/en/2016/1/old/", edition=story)
    category = factories.CategoryFactory(name_en="Atlantis")
    paths = [story.get_absolute_url(), old.path, category.url_in("en"), category.url_in("ar")]

    story.article.delete()
    category.delete()

    answers = [client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [410] * 4
    assert "This page is gone" in answers[0].content.decode()


def test_a_withdrawn_story_that_is_deleted_stays_gone(client):
    story = live("Withdrawn")
    withdraw(story, by=SYSTEM, reason="It was wrong.")
    path = story.get_absolute_url()

    story.article.delete()

    assert client.get(path).status_code == 410


@pytest.mark.both
def test_a_deleted_draft_or_a_tag_without_stories_was_never_there(client):
    draft = factories.edition(factories.story(title_en="A secret"))
    tag = factories.TagFactory()
    path = tag.url_in("en")

    draft.article.delete()
    tag.delete()

    assert not OldAddress.objects.exists()
    assert client.get(path).status_code == 404


def test_a_story_that_is_written_again_has_the_address_of_the_deleted_one(client):
    live("Again").article.delete()

    again = live("Again")

    assert again.slug == "again"
    assert client.get(again.get_absolute_url()).status_code == 200


@pytest.mark.both
def test_a_parent_is_deleted_together_with_what_stands_under_it():
    parent = factories.CategoryFactory()
    child = factories.CategoryFactory(parent=parent)

    Category.objects.filter(pk__in=[parent.pk, child.pk]).delete()
    other = factories.CategoryFactory(parent=factories.CategoryFactory())
    with pytest.raises(RestrictedError):
        other.parent.delete()

    assert not Category.objects.filter(pk__in=[parent.pk, child.pk]).exists()
