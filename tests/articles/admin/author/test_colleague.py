"""The page that invites a colleague: the link is mailed, or shown once."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail

from articles import roles
from tests.factories import UserFactory

# Forms and what they say; the verbs behind them are asked of both databases in tests/articles/actions/.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE = "/admin/articles/author/invite/"
WORDS = {
    "name": "Ayşe Kara",
    "email": "ayse@example.org",
    "role": roles.EDITOR,
    "languages": ["es"],
}


@pytest.fixture
def chief(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def choose_password(client, link):
    response = client.get(urlsplit(link).path, follow=True)
    words = {"new_password1": "a-long-one-of-hers", "new_password2": "a-long-one-of-hers"}
    return client.post(response.redirect_chain[-1][0], words, follow=True)


def test_without_mail_the_link_is_shown_and_lets_her_in(chief, client):
    assert "Invite a colleague" in chief.get("/admin/users/user/").text

    page = chief.post(PAGE, WORDS, follow=True).text

    link = re.search(r"http://\S+/admin/reset/\S+?/(?=[\s<])", page)[0]
    client.logout()
    choose_password(client, link)
    assert get_user_model().objects.get(username="ayse").check_password("a-long-one-of-hers")
    assert "already been used" in client.get(urlsplit(link).path, follow=True).text
    assert link not in chief.get("/admin/users/user/").text


def test_with_mail_the_link_goes_there_in_their_language_and_is_not_shown(
    chief, settings, tasks_run_at_once
):
    settings.SENDS_MAIL = True

    page = chief.post(PAGE, WORDS, follow=True).text

    (sent,) = mail.outbox
    assert sent.to == ["ayse@example.org"]
    assert "/admin/reset/" in sent.body
    assert "contraseña" in sent.body
    assert "/admin/reset/" not in page
    assert "ayse@example.org" in page


def test_an_address_that_is_known_is_named_beside_its_field_and_nothing_is_lost(chief):
    chief.post(PAGE, WORDS)

    page = chief.post(PAGE, WORDS | {"name": "Somebody else"}).text

    assert "Ayşe Kara, who has a login already" in page
    assert 'value="Somebody else"' in page


def test_somebody_whose_name_cannot_be_seen_is_not_invited(chief):
    page = chief.post(PAGE, WORDS | {"name": "\u200b"}).text

    assert "This field is required." in page
    assert not get_user_model().objects.filter(email=WORDS["email"]).exists()


def test_an_editor_invites_nobody(client):
    editor = UserFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(editor)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, WORDS).status_code == 403


def test_who_is_added_by_hand_may_log_in(chief):
    words = {
        "username": "kim",
        "usable_password": "true",
        "password1": "a-long-one-of-hers",
        "password2": "a-long-one-of-hers",
    }

    chief.post("/admin/users/user/add/", words)

    assert get_user_model().objects.get(username="kim").is_staff


def test_somebody_is_given_a_new_link_by_hand(chief):
    kim = UserFactory(username="kim", is_staff=True)

    page = chief.post(
        "/admin/users/user/", {"action": "give_link", "_selected_action": [kim.pk]}, follow=True
    ).text

    assert "/admin/reset/" in page
