"""What editors of other systems have reported, tried on the page of a story: the second language, the second press, the way back."""

from datetime import UTC, datetime, timedelta

import lxml.html
import pytest
from django.utils import timezone

from articles.models import Article, Edition, OldAddress
from newsroom.site import actions as site_actions
from tests.factories import CategoryFactory, ImageUseFactory, edition, story

CHANGE = "articles_article_change"
CATEGORY = "articles_category_change"
ADD = "articles_article_add"
LIST = "articles_article_changelist"
BODY = "<p>Some words.</p>"

# Forms and what they say: whatever they ask of the database, the random changes of test_exactness.py ask of both.
pytestmark = pytest.mark.once


def in_portuguese(desk):
    desk.client.cookies["django_language"] = "pt"
    return desk


def hops(client, path):
    """Return where an address leads, and over how many redirects."""
    count = 0
    while (response := client.get(path)).status_code == 301:
        path, count = response.headers["Location"], count + 1
    return path, count, response.status_code


def test_what_is_typed_and_published_in_one_press_is_what_form_and_readers_have(editor, client):
    editor.save(ADD, fields={"title_en": "First words", "body_en": BODY, "source_language": "en"})
    article = Article.objects.get()

    editor.press(article, "publish:en", {"title_en": "Second words"})

    assert editor.form(CHANGE, article.pk).values["title_en"] == ["Second words"]
    assert "Second words" in client.get(edition(article).get_absolute_url()).text


def test_a_second_language_is_published_and_the_source_is_as_it_was(editor):
    words = {"title_es": "El puerto", "body_es": BODY, "source_language": "es"}
    editor.save(ADD, fields=words)
    article = Article.objects.get()
    editor.press(article, "publish:es")
    before = edition(article, "es")

    editor.press(article, "publish:en", {"title_en": "The port", "body_en": BODY})

    after = edition(article, "es")
    assert {one.language for one in Edition.objects.live(at=timezone.now())} == {"en", "es"}
    assert (after.title, after.slug, after.published_at, after.version) == (
        *(before.title, before.slug, before.published_at, before.version),
    )
    assert Article.objects.get().source_language == "es"


def test_no_link_of_the_admin_leads_to_a_language_that_a_story_lacks(editor, client):
    article = story(live=["ar"], title_ar="الميناء")

    for page in (editor.open(LIST), editor.open(CHANGE, article.pk)):
        assert "/en/20" not in page.text
    assert edition(article, "ar").get_absolute_url() in editor.open(CHANGE, article.pk).text


def test_a_story_without_the_first_language_has_its_own_headline_in_the_list(editor):
    desk = in_portuguese(editor)
    desk.save(ADD, fields={"title_es": "El puerto", "body_es": BODY})

    page = desk.open(LIST).text

    assert "El puerto" in page
    assert "None" not in page


def test_a_field_that_was_emptied_stays_empty_and_takes_nothing_from_another_language(
    editor, client
):
    article = story(live=["en", "es"], standfirst_en="English words", standfirst_es="Palabras")

    editor.save(CHANGE, article.pk, fields={"standfirst_en": ""})

    form = editor.form(CHANGE, article.pk).values
    assert (form["standfirst_en"], form["standfirst_es"]) == ([""], ["Palabras"])
    page = client.get(edition(article).get_absolute_url()).text
    assert "English words" not in page
    assert "Palabras" not in page


def test_a_story_that_is_renamed_and_renamed_back_leads_to_itself_in_one_hop(editor, client):
    article = story(live=["en"], title_en="Alpha", at=timezone.now() - timedelta(days=3))
    first = edition(article).get_absolute_url()
    editor.save(CHANGE, article.pk, fields={"slug_en": "beta"})
    second = edition(article).get_absolute_url()
    editor.save(CHANGE, article.pk, fields={"slug_en": "alpha"})

    assert hops(client, first) == (first, 0, 200)
    assert hops(client, second) == (first, 1, 200)
    assert not OldAddress.objects.filter(path=first).exists()


def test_a_story_that_is_dated_anew_and_back_leads_to_itself_in_one_hop(editor, client):
    article = story(live=["en"], title_en="Alpha", at=datetime(2017, 11, 30, 9, tzinfo=UTC))
    first = edition(article).get_absolute_url()
    editor.press(article, "redate:en", {"moment_en": "2017-12-01T09:00"})
    second = edition(article).get_absolute_url()
    editor.press(article, "redate:en", {"moment_en": "2017-11-30T09:00"})

    assert second.startswith("/en/2017/12/01/")
    assert hops(client, first) == (first, 0, 200)
    assert hops(client, second) == (first, 1, 200)


def test_a_region_that_is_renamed_and_renamed_back_leads_to_itself_in_one_hop(editor, client):
    east = CategoryFactory(name_en="Alpha")
    story(live=["en"], categories=[CategoryFactory(name_en="Inner", parent=east)])
    before = ["/en/region/alpha/", "/en/region/alpha/inner/"]
    for slug in ("beta", "alpha"):
        editor.save(CATEGORY, east.pk, fields={"slug_en": slug})

    assert [hops(client, path) for path in before] == [(path, 0, 200) for path in before]
    assert [hops(client, path.replace("alpha", "beta")) for path in before] == [
        (path, 1, 200) for path in before
    ]


def test_a_region_that_is_moved_and_one_above_it_renamed_is_right_at_once(editor, client):
    east, asia = CategoryFactory(name_en="East"), CategoryFactory(name_en="Asia")
    inner = CategoryFactory(name_en="Inner", name_es="Interior", parent=east)
    raqqa = CategoryFactory(name_en="Raqqa", name_es="Raqa", parent=inner)
    article = story(live=["en", "es"], categories=[raqqa])
    old = {"en": "/en/region/east/inner/raqqa/", "es": "/es/region/east/interior/raqa/"}

    editor.save(CATEGORY, inner.pk, fields={"parent": str(asia.pk)})
    editor.save(CATEGORY, asia.pk, fields={"slug_en": "far-asia"})
    refused = editor.save(CATEGORY, asia.pk, fields={"parent": str(raqqa.pk)})

    assert hops(client, old["en"]) == ("/en/region/far-asia/inner/raqqa/", 1, 200)
    # A language without a slug of its own takes the one of the first.
    assert hops(client, old["es"]) == ("/es/region/far-asia/interior/raqa/", 1, 200)
    page = client.get(edition(article).get_absolute_url()).text
    assert 'href="/en/region/far-asia/inner/"' in page
    assert "A category cannot stand under itself." in refused.text


def test_a_story_is_scheduled_for_midnight_and_seen_at_that_second(editor):
    article = story(title_en="A", body_en=BODY)
    midnight = (timezone.now() + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )

    editor.press(article, "schedule:en", {"moment_en": f"{midnight:%Y-%m-%dT%H:%M}"})

    live = Edition.objects.live
    assert edition(article).published_at == midnight
    assert not live(at=midnight - timedelta(seconds=1)).exists()
    assert live(at=midnight).exists()


def test_a_moment_is_one_of_the_clock_of_the_site_before_and_after_it_is_changed(editor):
    """Whatever the clock of who types it: the browser is told no zone, and tells none."""
    site = site_actions.settings_row()
    site.zone = "Europe/Lisbon"
    site_actions.save(site)
    article = story(title_en="A", body_en=BODY)

    for minute in ("10:00", "10:20"):
        editor.press(article, "schedule:en", {"moment_en": f"2099-07-05T{minute}"})

    assert edition(article).published_at == datetime(2099, 7, 5, 9, 20, tzinfo=UTC)
    page = editor.open(CHANGE, article.pk).text
    assert "5 July 2099, 10:20 (Europe/Lisbon)" in page
    assert 'id="id_moment_en_helptext">Europe/Lisbon</span>' in page


@pytest.mark.parametrize(
    "title", ["The &#8217;23 All Hands", "AT&T & <b>Syria</b>", "Tom &amp; Jerry"]
)
def test_a_title_is_text_and_shown_as_it_was_typed(editor, client, title):
    article = story(title_en="A", body_en=BODY)
    use = ImageUseFactory(article=article, is_lead=True, alt_en=title, caption_en="C")
    editor.press(article, "publish:en", {"title_en": title})

    saved = edition(Article.objects.get(pk=article.pk))
    html = lxml.html.fromstring(client.get(saved.get_absolute_url()).content.decode())

    assert use.alt_en == saved.title == title
    assert html.find(".//h1").text_content().strip() == title
    assert html.find(".//title").text.startswith(title)
    assert html.xpath("//meta[@property='og:title']/@content") == [title]
    assert title in html.xpath("//img/@alt")
    listed = lxml.html.fromstring(editor.open(LIST).content.decode())
    assert title in [cell.text_content() for cell in listed.iter("bdi")]


def test_who_publishes_what_was_scheduled_and_thinks_again_is_told_that_readers_have_it(
    editor, said
):
    article = story(title_en="A", body_en=BODY)
    later = f"{timezone.now() + timedelta(hours=1):%Y-%m-%dT%H:%M}"
    editor.press(article, "schedule:en", {"moment_en": later})
    editor.press(article, "publish:en", {"moment_en": ""})

    again = editor.press(article, "schedule:en", {"moment_en": later})

    assert edition(article).is_live(at=timezone.now())
    assert "This edition is published already." in said(again)


@pytest.mark.parametrize("tag", ["Trump, Donald", 'testing "tags separation"', "i want to tag"])
def test_a_tag_of_several_words_is_one_tag_before_and_after_a_save(editor, tag):
    article = story(title_en="A", tags=[tag])

    editor.save(CHANGE, article.pk, fields={"title_en": "B"})

    assert [stored_tag.name for stored_tag in Article.objects.get(pk=article.pk).tags.all()] == [
        tag
    ]
