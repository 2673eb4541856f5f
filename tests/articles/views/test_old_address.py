"""Addresses that were once in use: they lead to what stands there now in one hop, and tell of nothing that readers may not see."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from articles.actions import publishing, writing
from articles.derived import addresses
from articles.models import Edition
from newsroom.languages import with_columns
from tests import factories
from tests.articles.views.test_article import story_in
from tests.factories import edition, story

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("path", ["//example.org/en", "//example.org/en/", "/\\\\example.org"])
def test_no_path_leads_to_another_site(client, path):
    response = client.get("/", PATH_INFO=path)

    assert response.status_code == 404
    assert "Location" not in response


@pytest.mark.parametrize("language", with_columns())
def test_a_changed_slug_leads_on_for_ever_and_straight_to_the_end(client, language):
    slugs = ("أول", "ثان", "ثالث") if language == "ar" else ("first", "second", "third")
    published = factories.live_edition(language, slugs={language: slugs[0]}, at=AT)
    for slug in slugs[1:]:
        writing.save(published.article, slugs={language: slug})

    first, second, last = (f"/{language}/2017/11/30/{slug}/" for slug in slugs)
    assert Edition.objects.get(pk=published.pk).url == last
    for path in (first, second, first.rstrip("/"), f"{first}?utm=1"):
        response = client.get(path)
        assert (path, response.status_code) == (path, 301)
        assert response["Location"].partition("?")[0] == quote(last)


def test_a_new_story_with_an_old_slug_leaves_the_old_address_to_the_old_story(client):
    old = factories.live_edition(title_en="First", at=AT)
    address = old.url
    writing.save(old.article, slugs={"en": "renamed"})
    draft = story(title_en="First")
    path = "/en/2017/11/30/renamed/"

    assert client.get(address)["Location"] == path
    factories.release(with_words(draft))
    assert client.get(address)["Location"] == path


def with_words(article):
    article.body_en = "<p>Words.</p>"
    writing.save(article)
    return edition(article)


@pytest.mark.parametrize("state", ["draft", "submitted", "scheduled"])
def test_an_old_address_does_not_tell_of_a_story_that_is_not_live(client, state):
    article = story_in({"en": state})
    addresses.add(edition(article), path="/en/old/secret/")

    response = client.get("/en/old/secret/")

    assert response.status_code == 404
    assert "Location" not in response


@pytest.mark.parametrize(
    "stored",
    ["/old/story/", "/old/story", "/pt/antiga/", "/es/2016/05/04/viejo/", "/%D9%82/", "/ق/"],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_imported_address_leads_to_its_story(client, stored, language):
    published = factories.live_edition(language, slugs={language: "x"}, at=AT)
    addresses.add(published, path=stored)

    for asked in {stored, f"{stored.rstrip('/')}/", stored.rstrip("/")}:
        response = client.get(asked)
        assert (asked, response.status_code) == (asked, 301)
        assert response["Location"] == published.url


def test_an_imported_address_may_be_told_by_its_query(client):
    published = factories.live_edition(slugs={"en": "x"}, at=AT)
    addresses.add(published, path="/index.php?id=5")

    assert client.get("/index.php?id=5")["Location"].startswith(published.url)
    assert client.get("/index.php?id=6").status_code == 404


def test_an_old_address_of_a_withdrawn_story_leads_to_its_reason(client):
    withdrawn = factories.live_edition(at=AT)
    old = withdrawn.url
    writing.save(withdrawn.article, slugs={"en": "renamed"})
    publishing.withdraw(withdrawn, by=publishing.SYSTEM, reason="A doubt.")

    assert client.get(old, follow=True).status_code == 410


@pytest.mark.parametrize("path", ["/?p=12", "/en/?p=12"])
def test_an_old_address_that_is_a_query_leads_to_its_story(client, path):
    published = edition(story(live=["en"], title_en="One"))
    addresses.add(published, path=path)

    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (301, published.url)


def test_another_spelling_of_an_old_address_takes_one_hop(client):
    edition = factories.live_edition("en", title_en="A new one")
    addresses.add(edition, path="/en/old-one/")

    assert client.get("/", PATH_INFO="//en/Old-One")["Location"] == edition.url


def test_a_variant_leads_to_the_new_address_of_what_has_moved_in_one_hop(client):
    edition = factories.live_edition("pt")
    addresses.add(edition, path="/pt/velho/")

    response = client.get("/pt-br/velho/")

    assert (response.status_code, response["Location"]) == (301, edition.url)
