"""What a reader can have sent by mail: the link that confirms an address, word of a comment, and all of them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.actions import commenting, publishing
from articles.comments import links
from articles.models import Comment, CommentRule
from tests import factories
from tests.pages import Page, send_form

HOME = {"HTTP_ORIGIN": settings.SITE_URL}
ASK = "/en/comment/mine/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_run_at_once", "sends_mail")]


@pytest.fixture
def sends_mail(settings):
    settings.SENDS_MAIL = True


@pytest.fixture
def edition():
    CommentRule.objects.create()
    return factories.live_edition(at=timezone.now() - timedelta(hours=1))


def write(edition, words="My words.", email="rana@example.org", **options):
    options = {"name": "Rana", "sender": "192.0.2.7"} | options
    return commenting.write(edition, words=words, email=email, **options)


def address_in(message):
    """Return the path of the first address of a mail."""
    return re.search(rf"{re.escape(settings.SITE_URL)}(\S+)", message.body)[1]


def ask(email):
    client = Client(enforce_csrf_checks=True)
    with time_machine.travel(timezone.now() - timedelta(seconds=9)):
        page = Page(client.get(ASK))
    stamp = next(field["value"] for field in page.all("input") if field.get("name") == "stamp")
    return send_form(client, ASK, {"email": email, "stamp": stamp}, **HOME)


def test_an_address_is_confirmed_by_the_link_that_comes_to_it(
    edition, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        comment = write(edition)

    (message,) = mail.outbox
    assert message.to == ["rana@example.org"]
    send_form(Client(), address_in(message), {"action": "confirm"}, **HOME)
    comment.refresh_from_db()
    assert comment.confirmed_at


def test_an_address_that_somebody_else_gives_is_not_flooded(
    edition, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(6):
            write(edition, f"Number {number}", sender=f"192.0.2.{number}")

    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("verb", "subject"), [("publish", "has appeared"), ("hide", "is not shown"), ("spam", "")]
)
def test_a_reader_is_told_what_became_of_a_comment_once_the_address_is_confirmed(
    edition, verb, subject, django_capture_on_commit_callbacks
):
    unconfirmed, comment = write(edition), write(edition, "Other words.")
    commenting.confirm(comment)
    with django_capture_on_commit_callbacks(execute=True):
        commenting.moderate(unconfirmed, verb, by=None)
        commenting.moderate(comment, verb, by=None)

    assert [subject in message.subject for message in mail.outbox] == ([True] if subject else [])


def test_mail_is_in_the_language_of_the_story(django_capture_on_commit_callbacks):
    CommentRule.objects.create()
    with django_capture_on_commit_callbacks(execute=True):
        write(factories.live_edition("es"))

    assert "Confirme su dirección" in mail.outbox[0].subject


def test_a_link_to_all_comments_comes_by_mail_and_only_where_there_are_some(
    edition, django_capture_on_commit_callbacks
):
    write(edition)
    with django_capture_on_commit_callbacks(execute=True):
        answers = [ask("Rana@example.org"), ask("nobody@example.org"), ask("rana@example.org")]

    assert len({re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}) == 1
    (message,) = mail.outbox
    page = Client().get(address_in(message))
    assert "My words." in page.text
    assert "no-store" in page["Cache-Control"]


def test_a_reader_keeps_all_comments_as_a_file_and_has_them_erased(edition):
    write(edition)
    path = f"{ASK}{links.of_all('rana@example.org')}/"
    client = Client(enforce_csrf_checks=True)

    (told,) = client.get(f"{path}?file").json()
    assert (told["comment"], told["email"]) == ("My words.", "rana@example.org")
    send_form(client, path, {"action": "erase"}, HTTP_ORIGIN="https://evil.example")
    assert Comment.objects.exclude(words="").count() == 1
    send_form(client, path, {"action": "erase"}, **HOME)
    assert Comment.objects.exclude(words="").count() == 0
    assert "Nothing is kept" in client.get(path).text


def test_a_story_that_nobody_may_read_is_named_to_nobody(
    edition, django_capture_on_commit_callbacks
):
    comment = write(edition)
    commenting.confirm(comment)
    publishing.withdraw(edition, by=None, reason="Wrong.")
    with django_capture_on_commit_callbacks(execute=True):
        commenting.moderate(comment, "publish", by=None)
    path = f"{ASK}{links.of_all('rana@example.org')}/"

    assert mail.outbox == []
    for address in (path, f"{path}?file"):
        text = Client().get(address).text
        assert "My words." in text
        assert edition.title not in text


def test_a_link_is_good_for_a_day_and_no_other_token_opens_it(edition):
    comment = write(edition)
    path = f"{ASK}{links.of_all('rana@example.org')}/"

    assert Client().get(f"{ASK}{links.mailed(comment)}/").status_code == 404
    assert Client().get(f"/en/comment/{links.of_all('rana@example.org')}/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert Client().get(path).status_code == 404


def test_without_mail_there_is_nothing_to_ask_for(settings):
    settings.SENDS_MAIL = False

    assert Client().get(ASK).status_code == 404
