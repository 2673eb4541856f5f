"""Corrections as readers and machines find them: on the story, in the list of all, and in its feeds."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from articles.actions import correcting, publishing
from articles.models import Category
from articles.pages import item as items
from articles.representations import ninjs
from newsroom.db import keyset
from tests import factories

pytestmark = [pytest.mark.django_db]

OUT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = OUT + timedelta(days=3)
FEEDS = ("atom", "rss", "json")


@pytest.fixture
def article():
    article = factories.story(live=["en", "es"], at=OUT, title_en="The tide", body_es="<p>A</p>")
    notes = {"en": "It was 400, not <4000>."}
    correcting.record(article, notes, by=publishing.SYSTEM, now=NOW)
    return article


def test_a_story_tells_its_correction_at_its_end_and_leads_there_from_its_beginning(
    client, article
):
    edition = factories.edition(article)
    page = client.get(edition.url).text

    assert page.index('href="#corrections"') < page.index("<p>The words in en")
    assert page.index("<p>The words in en") < page.index('id="corrections"')
    assert "It was 400, not &lt;4000&gt;." in page
    for path in (f"/en/lite/{edition.url.removeprefix('/en/')}", f"{edition.url}index.md"):
        assert "It was 400, not" in client.get(path).content.decode()


def test_a_language_without_a_note_tells_nothing(client, article):
    for path in (factories.edition(article, "es").url, "/es/corrections/", "/es/"):
        page = client.get(path).text
        assert "400" not in page
        assert 'href="#corrections"' not in page
    assert [client.get(f"/es/corrections/feed.{form}").status_code for form in FEEDS] == [404] * 3
    for path in ("/en/", "/en/sitemap.xml", "/en/feeds.opml"):
        assert "/en/corrections/" in client.get(path).text
        assert "/corrections/" not in client.get(path.replace("/en/", "/es/")).text


def test_machines_are_told_what_was_wrong_and_when(client, article):
    page = client.get(factories.edition(article).url).text
    script = page.partition('type="application/ld+json">')[2].partition("</script>")[0]
    (told,) = json.loads(script)["@graph"][0]["correction"]

    assert told == {
        "@type": "CorrectionComment",
        "text": "It was 400, not <4000>.",
        "datePublished": NOW.isoformat(),
    }
    feed = client.get("/en/feed.json").json()["items"][0]
    assert feed["date_modified"] == NOW.isoformat()
    assert "Correction: It was 400, not &lt;4000&gt;." in feed["content_html"]
    tree = Category.tree(language="en")
    item = items.find(article.pk, tree=tree, at=NOW + timedelta(days=1))
    assert ninjs.item(item)["edNote"] == "Correction: It was 400, not <4000>."
    assert NOW.isoformat() in client.get("/en/archive/2026/03/sitemap-1.xml").text


def test_the_list_leads_to_the_story_the_newest_first_page_by_page(client, article):
    number = keyset.SIZE + 1
    for minute in range(1, number):
        notes, now = {"en": f"Number {minute}."}, NOW + timedelta(minutes=minute)
        correcting.record(article, notes, by=publishing.SYSTEM, now=now)
    url = f"{factories.edition(article).url}#corrections"

    first = client.get("/en/corrections/").text
    assert first.count(f'href="{url}"') == keyset.SIZE
    assert first.index(f"Number {number - 1}.") < first.index("Number 1.")
    older = first.partition("/en/corrections/?before=")[2].partition('"')[0]
    second = client.get(f"/en/corrections/?before={older}").text
    assert "It was 400" in second
    assert second.count(f'href="{url}"') == 1
    newer = second.partition("/en/corrections/?after=")[2].partition('"')[0]
    assert "Number 1." in client.get(f"/en/corrections/?after={newer}").text
    lite, plain = client.get("/en/lite/corrections/").text, client.get("/en/corrections/index.md")
    assert "Number 1." in lite
    assert "Number 1." in plain.content.decode()


def test_the_list_is_there_without_any_and_no_place_in_it_is(client):
    assert "Nothing has been corrected yet." in client.get("/en/corrections/").text
    assert "noindex" in client.get("/en/corrections/").text
    for query in ("before=1-1", "after=1-1", "before=x"):
        assert client.get(f"/en/corrections/?{query}").status_code == 404


@pytest.mark.parametrize("form", FEEDS)
def test_its_feed_has_an_entry_for_each_with_a_name_of_its_own(client, article, form):
    correction = article.corrections.get()
    feed = client.get(f"/en/corrections/feed.{form}").content.decode()

    assert f":correction-{correction.pk}-en" in feed
    assert "Correction: The tide" in feed
    assert f"{factories.edition(article).url}#corrections" in feed


def test_a_withdrawn_story_is_listed_no_more(client, article):
    publishing.withdraw(factories.edition(article), by=publishing.SYSTEM, reason="It was not so.")

    assert "The tide" not in client.get("/en/corrections/").text
    assert client.get("/en/corrections/feed.atom").status_code == 404
