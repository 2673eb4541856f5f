"""The page of a reader's own comment: to see what has become of it, to change it, to erase it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from articles.actions import commenting, publishing
from articles.comments import links
from articles.models import Comment, CommentRule
from tests import factories
from tests.pages import Page, send_form

pytestmark = pytest.mark.django_db

HOME = {"HTTP_ORIGIN": settings.SITE_URL}


@pytest.fixture
def comment():
    CommentRule.objects.create()
    edition = factories.live_edition(at=timezone.now() - timedelta(hours=1))
    words = {"name": "Rana", "words": "My words.", "email": "rana@example.org"}
    return commenting.write(edition, **words, sender="192.0.2.7")


def page_of(token, language="en"):
    return f"/{language}/comment/{token}/"


def post(address, action, headers=HOME, **fields):
    client = Client(enforce_csrf_checks=True)
    if action == "change":
        with time_machine.travel(timezone.now() - timedelta(seconds=9)):
            page = Page(client.get(address))
        inputs = page.all("input")
        stamp = next(field["value"] for field in inputs if field.get("name") == "stamp")
        fields = {"stamp": stamp} | fields
    return send_form(client, address, {"action": action} | fields, **headers)


def test_its_reader_may_change_it_for_a_while(comment):
    address = page_of(links.own(comment))

    assert post(address, "change", words="Better words.").status_code == 303
    comment.refresh_from_db()
    assert comment.words == "Better words."
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert "<textarea" not in Client().get(address).text


def test_words_that_come_too_late_are_given_back(comment):
    address = page_of(links.own(comment))
    Comment.objects.update(written_at=timezone.now() - timedelta(minutes=14, seconds=55))
    with time_machine.travel(timezone.now() - timedelta(seconds=9)):
        page = Page(Client().get(address))
    stamp = next(field["value"] for field in page.all("input") if field.get("name") == "stamp")
    Comment.objects.update(written_at=timezone.now() - timedelta(minutes=16))

    response = post(address, "other", stamp=stamp)
    assert response.status_code == 303
    late = send_form(
        Client(), address, {"action": "change", "words": "Late.", "stamp": stamp}, **HOME
    )
    assert late.status_code == 400
    assert "Late." in late.text


def test_its_reader_may_erase_it_whenever(comment):
    address = page_of(links.own(comment))

    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert post(address, "erase").status_code == 303
    comment.refresh_from_db()
    assert comment.is_erased
    assert "It is deleted." in Client().get(address).text


def test_looking_changes_nothing_even_from_the_mail(comment):
    Client().get(page_of(links.mailed(comment)))

    comment.refresh_from_db()
    assert comment.confirmed_at is None


def test_an_address_is_confirmed_by_what_came_to_it_alone(comment):
    post(page_of(links.own(comment)), "confirm")
    comment.refresh_from_db()
    assert comment.confirmed_at is None

    post(page_of(links.mailed(comment)), "confirm")
    comment.refresh_from_db()
    assert comment.confirmed_at


def test_another_site_cannot_have_it_erased(comment):
    address = page_of(links.own(comment))

    assert post(address, "erase", {"HTTP_ORIGIN": "https://evil.example"}).status_code == 403
    comment.refresh_from_db()
    assert not comment.is_erased


def test_a_forged_address_and_that_of_another_language_lead_nowhere(comment):
    good, other = links.own(comment), signing.dumps(["own", comment.pk], salt="other")

    assert Client().get(page_of(good, "es")).status_code == 404
    for token in (other, f"{good}x", "x", good.replace(":", "")):
        assert Client().get(page_of(token)).status_code == 404


def test_the_sender_of_spam_is_told_no_more_than_others(comment):
    commenting.moderate(comment, "spam", by=None)

    text = Client().get(page_of(links.own(comment))).text
    assert "Somebody in the newsroom reads it" in text
    assert "<textarea" in text


def test_of_a_story_that_nobody_may_read_it_tells_nothing(comment):
    commenting.moderate(comment, "publish", by=None)
    publishing.withdraw(comment.edition, by=None, reason="Wrong.")

    text = Client().get(page_of(links.own(comment))).text
    assert "its story is not to be read at the moment" in text
    assert comment.edition.title not in text
