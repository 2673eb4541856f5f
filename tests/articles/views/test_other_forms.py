"""Pages in other forms: the same view, the same cache tags, and addresses that lead on in the form."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import get_resolver

from articles.actions import publishing
from articles.models import Comment, Wording
from articles.pages import history as histories
from articles.views.other_forms import PAGES
from newsroom.page import in_lite
from newsroom.site import actions as site_actions
from newsroom.site.models import SiteSettings
from tests import factories
from tests.articles.representations.markdown import reading

# The pages themselves are asked for on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"

ALONE = {
    *("home", "old_address", "markdown", "lite"),
    *("feed", "region_feed", "section_feed", "tag_feed", "author_feed"),
    *("sitemap", "news_sitemap", "month_sitemap", "lists_sitemap", "all_feeds"),
    *("more_lists_sitemap", "news_of_language"),
    *("llms_of_language", "llms_of_site", "search_feed", "corrections_feed"),
    *("write_comment", "comment", "ask_for_comments", "comments_of_reader"),
    *("preview", "preview_picture"),
}
"""The addresses of what has no other forms, beside the API: what leads elsewhere, is for machines already, or is a form to fill in."""


def markdown(client, page):
    return client.get(page.replace("?", "index.md?") if "?" in page else f"{page}index.md")


@pytest.fixture
def story():
    shared = {
        "tags": [factories.TagFactory(name="Water", label_es="Agua")],
        "authors": [factories.AuthorFactory(name_en="Ana")],
        "categories": [factories.CategoryFactory(name_en="Syria", name_es="Siria", parent=None)],
    }
    return factories.story(live=["en", "es"], at=AT, title_en="The sea [rises]", **shared)


@pytest.fixture
def pages(story):
    """The address of a page of each kind."""
    edition = factories.edition(story, "es")
    things = [
        *story.tags.all(),
        *story.categories.all(),
        *(byline.author for byline in story.bylines.all()),
    ]
    lists = [thing.url_in("es") for thing in things]
    dates = [f"/es/archive/{path}" for path in ("", "2019/06/", "2019/06/15/")]
    return ["/es/", edition.url, edition.comments_url, "/es/tag/", "/es/author/", *lists, *dates]


def test_every_address_has_other_forms_or_none_for_a_reason():
    names = {pattern.name for pattern in get_resolver("articles.urls").url_patterns}

    assert {name for name in names if not name.startswith("api")} == PAGES | ALONE


def test_a_front_page_without_stories_shows_its_promotion_in_every_form(client):
    factories.promotion(place="front", title_en="The book launch")

    for url in ("/en/", "/en/lite/", "/en/index.md"):
        assert "The book launch" in client.get(url).content.decode(), url


def test_every_page_is_there_as_markdown_with_the_tags_of_the_page(client, pages):
    for url in pages:
        page, answer = client.get(url), markdown(client, url)

        assert (answer.status_code, answer["Content-Type"]) == (200, "text/markdown; charset=utf-8")
        assert (answer["Content-Language"], answer["X-Robots-Tag"]) == ("es", "noindex")
        assert answer["Link"] == f'<{SITE}{url}>; rel="canonical"'
        assert answer.cache_tags == page.cache_tags, url
        head = page.content.decode().partition("</head>")[0]
        assert f'<link rel="alternate" type="text/markdown" href="{url}index.md">' in head
        assert len([level for level, _words in reading.headings(body(answer)) if level == 1]) == 1


def body(answer):
    """Return what stands behind the facts."""
    return answer.content.decode().split("\n---\n", 1)[1]


def test_what_has_no_markdown_has_no_address_for_it(client, story):
    comments = factories.edition(story).comments_url

    for url in (f"{comments}write/", "/en/comment/mine/", "/en/no/such/page/"):
        answer = markdown(client, url)
        assert (answer.status_code, b"index.md" in client.get(url).content) == (404, False), url
    assert client.get("/index.md").status_code == 404
    assert client.get("/xx/index.md").status_code == 404


def test_lists_lead_to_markdown_and_the_text_of_a_story_to_pages(client, story):
    other = factories.story(
        live=["en"], at=AT, body_en=f'<p><a data-article="{story.pk}">There</a></p>'
    )
    target = factories.edition(story).url

    in_text = dict(reading.links(body(markdown(client, factories.edition(other).url))))
    in_list = dict(reading.links(body(markdown(client, "/en/"))))

    assert in_text["There"] == f"{SITE}{target}"
    assert in_list["The sea [rises]"] == f"{SITE}{target}index.md"


def test_a_later_page_of_a_list_is_there_and_leads_back(client):
    for _each in range(21):
        factories.story(live=["en"], at=AT)
    first = markdown(client, "/en/archive/2019/06/")
    older = dict(reading.links(body(first)))["Older stories"]
    second = client.get(older.removeprefix(SITE))

    assert "/en/archive/2019/06/index.md?before=" in older
    assert second["Link"].endswith(
        f'{older.replace("index.md", "").partition(SITE)[2]}>; rel="canonical"'
    )
    assert (
        dict(reading.links(body(second)))["Newer stories"] == f"{SITE}/en/archive/2019/06/index.md"
    )


def test_what_has_moved_leads_to_its_markdown_in_one_hop(client, story):
    edition = factories.edition(story)
    old = edition.url
    publishing.redate(edition, at=AT - timedelta(days=1), by=publishing.SYSTEM)
    tag = story.tags.get()
    tag.label_slug_en = "sea"
    tag.save()

    for url, place in (
        (old, f"{factories.edition(story).url}index.md"),
        (f"{old}comments/", f"{factories.edition(story).comments_url}index.md"),
        ("/en/tag/water/", "/en/tag/sea/index.md"),
        ("/es/tag/sea/", "/es/tag/agua/index.md"),
        ("/en/2019/06/14/", "/en/archive/2019/06/14/index.md"),
        ("/en/2019/", "/en/archive/index.md#year-2019"),
    ):
        answer = markdown(client, url)
        assert (answer.status_code, answer["Location"]) == (301, place)


def test_a_withdrawn_story_says_so_in_words(client, story):
    edition = factories.edition(story)
    publishing.withdraw(edition, by=publishing.SYSTEM, reason="It was *not* so.")

    answer = markdown(client, edition.url)

    assert answer.status_code == 410
    assert "It was \\*not\\* so." in body(answer)
    assert answer.cache_tags == client.get(edition.url).cache_tags


def test_a_story_of_another_language_is_told_where_it_can_be_read(client):
    edition = factories.live_edition("en", at=AT)

    answer = markdown(client, edition.url.replace("/en/", "/es/", 1))

    assert answer.status_code == 404
    assert f"{SITE}{edition.url}index.md" in body(answer)


def test_comments_are_there_in_their_threads(client, story):
    edition = factories.edition(story)
    told = {"edition": edition, "state": "published", "written_at": AT}
    head = Comment.objects.create(name="Cora #1", words="So *it*\nwas.\n\nTruly.", **told)
    Comment.objects.create(name="Dan", words="Indeed.", parent=head, **told)

    answer = markdown(client, edition.comments_url)

    assert reading.headings(body(answer)) == [(1, "Comments"), (2, "Cora #1"), (3, "Dan")]
    assert "So \\*it\\*\\\nwas.\n\nTruly." in body(answer)


@pytest.fixture
def changed(story):
    """An edition of which readers were told other words, on a site that shows that; 21 changes, more than a page holds."""
    site_actions.save(SiteSettings(shows_changes=True))
    edition = factories.edition(story)
    Wording.objects.bulk_create(
        Wording(edition=edition, words=[f"Number *{number}*", "", ["So."]], replaced_at=AT)
        for number in range(histories.SIZE + 1)
    )
    return edition


def test_what_was_changed_is_there_in_every_form_and_leads_on_in_it(client, changed):
    url = changed.history_url
    page, text, small = client.get(url), markdown(client, url), lite(client, url)

    assert text.cache_tags == small.cache_tags == page.cache_tags
    assert f'href="{url}index.md"' in page.text
    assert f'href="{in_lite(url)}"' in page.text
    assert reading.headings(body(text))[0] == (1, "What was changed")
    for told in (body(text), small.text):
        assert "<ins>" in told
        assert "<del>" in told
    links = dict(reading.links(body(text)))
    assert links["The sea [rises]"] == f"{SITE}{changed.url}index.md"
    older = links["Earlier changes"].removeprefix(SITE)
    assert older.startswith(f"{url}index.md?before=")
    assert client.get(older).status_code == 200
    assert f'<a href="{in_lite(changed.url)}">' in small.text
    assert f'<a href="{in_lite(url)}?before=' in small.text


def test_a_place_in_the_changes_that_is_none_leads_to_their_beginning_in_the_same_form(
    client, changed
):
    url = changed.history_url

    for asked, place in ((f"{url}index.md", f"{url}index.md"), (in_lite(url), in_lite(url))):
        answer = client.get(f"{asked}?before=999999999")
        assert (answer.status_code, answer["Location"]) == (302, place)


def test_markdown_is_only_read(client, pages):
    assert client.post(f"{pages[0]}index.md").status_code == 405


# --- The lite edition ---


def lite(client, page):
    return client.get(in_lite(page))


def test_every_page_is_in_the_lite_edition_and_leads_there_and_back(client, pages):
    for url in pages:
        page, answer = client.get(url), lite(client, url)
        words = answer.content.decode()

        assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert answer.cache_tags == page.cache_tags, url
        assert f'<a class="lite-link__way" href="{in_lite(url)}">' in page.content.decode()
        assert f'<a href="{url}">' in words
        assert f'<link rel="canonical" href="{SITE}{url}">' in words
        assert "Link" not in answer


def test_links_within_the_lite_edition_stay_there(client, story):
    other = factories.story(
        live=["en"],
        at=AT,
        body_en=f'<p><a data-article="{story.pk}">one</a> <a href="/en/tag/water/?x=1">two</a> '
        f'<a href="/media/a.pdf">three</a></p><aside data-article="{story.pk}"></aside>',
    )
    target = in_lite(factories.edition(story).url)

    words = lite(client, factories.edition(other).url).content.decode()

    for url in (target, "/en/lite/tag/water/?x=1", "/media/a.pdf"):
        assert f'<a href="{url}">' in words


def test_what_has_moved_leads_to_its_place_in_the_lite_edition_in_one_hop(client, story):
    old = factories.edition(story).url
    publishing.redate(factories.edition(story), at=AT - timedelta(days=1), by=publishing.SYSTEM)
    new = factories.edition(story).url

    for url, place in (
        (in_lite(old), in_lite(new)),
        (f"{in_lite(old)}comments/", f"{in_lite(new)}comments/"),
        ("/es/lite/tag/water/", "/es/lite/tag/agua/"),
        ("/es/lite/tag/agua", "/es/lite/tag/agua/"),
        ("/en/lite/2019/", "/en/lite/archive/#year-2019"),
        ("/en/lite", "/en/lite/"),
    ):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (301, place)


def test_the_lite_edition_says_what_is_gone_missing_or_elsewhere(client, story):
    edition = factories.edition(story, "es")
    publishing.withdraw(edition, by=publishing.SYSTEM, reason="No fue así.")

    gone, missing = lite(client, edition.url), client.get("/en/lite/no/such/page/")
    elsewhere = lite(client, edition.url.replace("/es/", "/pt/", 1))

    assert (gone.status_code, missing.status_code, elsewhere.status_code) == (410, 404, 404)
    assert "No fue así." in gone.content.decode()
    for answer in (gone, missing):
        assert 'class="lite"' in answer.content.decode()


def test_from_the_lite_edition_readers_are_led_to_forms(client, story):
    comments = factories.edition(story).comments_url

    for url in (f"{comments}write/?to=3", "/en/comment/mine/"):
        answer = lite(client, url)
        assert (answer.status_code, answer["Location"]) == (302, url)
    for url in ("/en/lite/lite/", "/en/lite/index.md", "/en/lite/feed.atom", "/lite/"):
        assert client.get(url).status_code == 404, url
