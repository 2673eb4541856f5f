"""The comments under a story and the form to write one, for readers and for those who mean harm."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from articles.actions import commenting, publishing
from articles.models import Comment, CommentRule
from tests import factories
from tests.pages import FORM, Page, send_form

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = "The market on the river was closed for two days after that."
HOME = {"HTTP_ORIGIN": settings.SITE_URL}


@pytest.fixture
def edition():
    CommentRule.objects.create()
    return live()


def live(language="en"):
    return factories.live_edition(language, at=timezone.now() - timedelta(hours=1))


def url(edition):
    return f"{edition.comments_url}write/"


def stamp(edition, query=""):
    """Return the stamp of a form that was opened some seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=9)):
        page = Page(Client().get(url(edition) + query))
    return next(field["value"] for field in page.all("input") if field.get("name") == "stamp")


def send(edition, query="", headers=HOME, client=None, **fields):
    values = {"name": "Rana", "words": WORDS, "website": ""} | fields
    values.setdefault("stamp", stamp(edition, query))
    client = client or Client(enforce_csrf_checks=True)
    return send_form(client, url(edition) + query, values, **headers)


def published(edition, words=WORDS, **options):
    number = Comment.objects.count()
    comment = commenting.write(
        edition, name="Rana", words=words, sender=f"192.0.2.{number}", **options
    )
    commenting.moderate(comment, "publish", by=None)
    return comment


def test_a_story_leads_to_its_comments_only_where_there_are_some_or_can_be(client, edition):
    assert edition.comments_url in client.get(edition.url).text
    commenting.close_story(edition, by=None)
    assert "Show comments" not in client.get(edition.url).text
    commenting.open_story(edition, until=timezone.now() + timedelta(days=1), by=None)
    published(edition)
    commenting.close_story(edition, by=None)
    assert edition.comments_url in client.get(edition.url).text


def test_comments_stand_in_threads_the_oldest_first(client, edition):
    first = published(edition, "First of all.")
    published(edition, "Second.")
    published(edition, "An answer to the first.", parent=first.pk)

    text = client.get(edition.comments_url).text
    places = [text.index(words) for words in ("First of all.", "An answer", "Second.")]
    assert places == sorted(places)


def test_the_pages_of_comments_say_of_an_opinion_that_it_is_one(client, edition):
    opinion = factories.CategoryFactory(name_en="Opinion", kind="section", is_genre=True)
    edition.article.categories.add(opinion)

    for path in (edition.comments_url, url(edition)):
        assert b'<span class="genre">Opinion</span>' in client.get(path).content


def test_an_answer_stays_where_the_comment_before_it_is_hidden(client, edition):
    head = published(edition, "First of all.")
    published(edition, "An answer to the first.", parent=head.pk)
    commenting.moderate(head, "hide", by=None)

    text = client.get(edition.comments_url).text
    assert "First of all." not in text
    assert "This comment is not shown any more." in text
    assert "An answer to the first." in text


def test_later_comments_stand_on_further_pages(client, edition, monkeypatch):
    monkeypatch.setattr("articles.pages.comments.SIZE", 2)
    for number in range(3):
        published(edition, f"Number {number}.")

    first = Page(client.get(edition.comments_url))
    (later,) = [link["href"] for link in first.all("a") if link.get("rel") == "next"]
    assert "Number 2." not in first.html
    assert "Number 2." in client.get(later).text


@pytest.mark.parametrize(
    "query", ["?after=", "?after=x", "?after=0", "?after=-1", "?after=7", f"?after={'9' * 30}"]
)
def test_a_made_up_place_in_the_list_leads_to_its_beginning(client, edition, query):
    published(edition)

    response = client.get(edition.comments_url + query)
    assert (response.status_code, response["Location"]) == (302, edition.comments_url)


def test_each_comment_has_an_address_that_leads_to_its_page(client, edition, monkeypatch):
    monkeypatch.setattr("articles.pages.comments.SIZE", 2)
    comments = [published(edition, f"Number {number}.") for number in range(3)]
    page = client.get(client.get(comments[2].url)["Location"])

    assert f'id="comment-{comments[2].pk}"' in page.text
    assert comments[2].url in page.text
    assert "Number 0." not in page.text
    for url in (f"{edition.comments_url}{10**18}/", f"{edition.comments_url}{'9' * 5000}/"):
        assert client.get(url).status_code in {302, 404}


def test_answers_on_a_later_page_say_whom_they_answer(client, edition, monkeypatch):
    monkeypatch.setattr("articles.pages.comments.SIZE", 2)
    head = published(edition, "First of all.")
    answers = [published(edition, f"Answer {number}.", parent=head.pk) for number in range(2)]

    text = client.get(client.get(answers[1].url)["Location"]).text
    assert "More answers to <bdi>Rana</bdi>" in text
    assert head.url in text
    assert "First of all." not in text


def test_what_is_sent_is_held_and_its_reader_told_so_without_a_cookie(edition):
    client = Client(enforce_csrf_checks=True)
    response = send(edition, client=client)

    assert response.status_code == 303
    page = client.get(response["Location"])
    assert "Somebody in the newsroom reads it before it appears." in page.text
    assert WORDS in page.text
    assert client.cookies == {}
    assert page["Cache-Control"].endswith("private")
    assert WORDS not in client.get(edition.comments_url).text


def test_a_comment_in_arabic_is_written_held_approved_and_seen_in_arabic(client):
    CommentRule.objects.create()
    edition, words = live("ar"), "انتظرنا هذا الخبر طويلاً، شكراً لكم."
    with translation.override("ar"):
        waits = translation.gettext(
            "Thank you. Somebody in the newsroom reads it before it appears."
        )
        appears = translation.gettext("Thank you. Everybody can read it now.")

    own = send(edition, name="هدى", words=words)["Location"]
    assert waits in client.get(own).text
    assert words not in client.get(edition.comments_url).text
    commenting.moderate(Comment.objects.get(state="pending"), "publish", by=None)

    page = client.get(edition.comments_url).text
    assert words in page
    assert '<html lang="ar" dir="rtl"' in page
    assert appears in client.get(own).text


def test_an_answer_is_sent_under_the_comment_that_it_answers(edition):
    head = published(edition, "First of all.")

    send(edition, f"?to={head.pk}")
    assert Comment.objects.last().parent == head


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Write your name"),
        ({"words": " \u200b\n"}, "Write your comment first."),
        ({"words": "x" * 5001}, "This has 5001 characters; there is room for 5000."),
        ({"name": "n" * 81}, "This has 81 characters; there is room for 80."),
        ({"stamp": ""}, "was open for a long time"),
        ({"stamp": "1 :forged:signature"}, "was open for a long time"),
        ({"words": f"{WORDS}\x00"}, "a character that no text can have"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_not_lost(edition, fields, sentence):
    response = send(edition, **fields)

    assert response.status_code == 400
    assert sentence in response.text
    words = fields.get("words", WORDS).replace("\x00", "").strip()
    assert words in response.text
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "es", "pt", "ar"])
def test_each_mistake_is_told_first_and_beside_its_field_in_every_language(language, settings):
    settings.SENDS_MAIL = True
    CommentRule.objects.create()
    response = send(live(language), name="", words="", email="x")

    page = Page(response)
    (summary,) = page.all("div", role="alert")
    assert "autofocus" in summary
    for field in ("name", "email", "words"):
        (entered,) = [
            control
            for control in page.all("input") + page.all("textarea")
            if control.get("name") == field
        ]
        assert entered["aria-invalid"] == "true"
        assert f"id_{field}_error" in entered["aria-describedby"].split()
        (beside,) = re.findall(rf'id="id_{field}_error">([^<]+)<', response.text)
        assert f'<a href="#id_{field}">{beside}</a>' in response.text
    (noted,) = page.all("input", name="email")
    assert noted["aria-describedby"].startswith("id_email_note ")


def test_the_address_is_asked_for_only_where_mail_is_sent(client, edition, settings):
    assert 'name="email"' not in client.get(url(edition)).text
    settings.SENDS_MAIL = True
    assert 'name="email"' in client.get(url(edition)).text
    assert "This is no mail address." in send(edition, email="no address").text


@pytest.mark.parametrize(
    "headers", [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {}]
)
def test_what_another_site_sends_is_given_back_and_not_stored(edition, headers):
    response = send(edition, headers=headers)

    assert response.status_code == 400
    assert "sent from another site" in response.text
    assert Comment.objects.count() == 0


def test_a_stamp_is_good_for_its_own_story_and_comment_alone(edition):
    head, other = published(edition, "First of all."), live()
    of_story = stamp(edition)

    assert send(other, stamp=of_story).status_code == 400
    assert send(edition, f"?to={head.pk}", stamp=of_story).status_code == 400


def test_who_is_too_quick_is_asked_to_send_it_again_and_may(edition):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        fresh = Page(Client().get(url(edition)))
        value = next(field["value"] for field in fresh.all("input") if field.get("name") == "stamp")
        refused = send(edition, stamp=value)
        assert "That was very quick." in refused.text
        assert value in refused.text
        clock.shift(timedelta(seconds=5))
        assert send(edition, stamp=value).status_code == 303


def test_a_field_that_nobody_sees_catches_who_fills_it_in(edition):
    assert send(edition, website="https://spam.example").status_code == 303
    assert Comment.objects.get().state == "spam"


def test_the_same_form_sent_twice_is_one_comment(edition):
    value = stamp(edition)

    first, second = send(edition, stamp=value), send(edition, stamp=value)
    assert first.status_code == second.status_code == 303
    assert Comment.objects.count() == 1


def test_a_flood_is_answered_429_with_the_words_and_the_time(edition):
    value = stamp(edition)
    answers = [send(edition, stamp=value, words=f"{WORDS} {number}") for number in range(5)]

    assert [answer.status_code for answer in answers] == [303, 303, 303, 429, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 600
    assert f"{WORDS} 4" in answers[-1].text


def test_nobody_gets_the_comment_of_another_reader_by_sending_its_words(edition):
    own, other = send(edition)["Location"], send(edition)["Location"]

    assert own != other


@pytest.mark.parametrize(
    "header",
    [
        {"CONTENT_LENGTH": "many"},
        {"CONTENT_LENGTH": "-5"},
        {"CONTENT_LENGTH": "9" * 5000},
        {"CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"CONTENT_TYPE": "text/plain"},
    ],
)
def test_what_no_browser_sends_is_refused(edition, header):
    assert send(edition, headers=HOME | header).status_code == 400
    assert Comment.objects.count() == 0


def test_half_a_character_is_no_reason_to_lose_the_words(edition):
    body = urlencode({"name": "Rana", "words": "So \x00", "stamp": stamp(edition)})
    body = body.replace("%00", "%ED%A0%80")
    response = Client().post(url(edition), body, content_type=FORM, **HOME)

    assert response.status_code == 303
    assert Comment.objects.get().words.startswith("So ")


def test_ten_megabytes_are_refused_unread(edition):
    response = send(edition, words="x" * 10_000_000, stamp="x")

    assert response.status_code == 400
    assert len(response.content) < 10_000


def test_script_and_marks_of_direction_are_words(client, edition):
    bad = "<script>alert(1)</script> \u202eevil <img src=x onerror=alert(1)> http://x.example"
    comment = published(edition, bad)

    text = client.get(edition.comments_url).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "\u202e" not in comment.words
    assert 'href="http://x.example' not in text


def test_a_telephone_number_keeps_its_order_in_a_comment_in_arabic(client):
    CommentRule.objects.create()
    arabic = live("ar")
    published(arabic, "رقم السوق <هناك> +963 11 222 3344 للجميع")

    text = client.get(arabic.comments_url).text
    assert '&lt;هناك&gt; <bdi dir="ltr">+963 11 222 3344</bdi>' in text


def test_a_closed_story_shows_its_comments_and_no_form(client, edition):
    published(edition)
    commenting.close_story(edition, by=None)

    text = client.get(edition.comments_url).text
    assert WORDS in text
    assert "This story takes no comments any more." in text
    assert client.get(url(edition)).status_code == 302
    assert send_form(client, url(edition), {"words": "x"}).status_code == 302


def test_former_addresses_lead_on_and_a_withdrawn_story_has_no_comments(client):
    CommentRule.objects.create()
    edition = live()
    published(edition)
    former = edition.comments_url
    publishing.redate(edition, by=None, at=edition.published_at - timedelta(days=40))

    assert client.get(former).status_code == 301
    assert client.get(former)["Location"] == edition.comments_url
    publishing.withdraw(edition, by=None, reason="Wrong.")
    assert client.get(edition.comments_url)["Location"] == edition.url


def test_a_story_that_is_not_out_has_no_comments(client):
    at = timezone.now() + timedelta(days=1)
    edition = factories.live_edition(at=at)

    assert client.get(edition.comments_url).status_code == 404
    assert client.get(url(edition)).status_code == 404


def test_another_method_is_refused(client, edition):
    assert client.post(edition.comments_url).status_code == 405
    assert client.put(url(edition), urlencode({"words": "x"})).status_code == 405
