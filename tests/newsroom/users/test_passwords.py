"""A lost password: a link by mail, to its owner alone, and nobody learns who has a login."""

import re

import pytest
from django.core import mail
from django.forms import modelform_factory
from django.urls import include, path

from newsroom.urls import urlpatterns as those_of_the_site
from newsroom.users import passwords, urls
from newsroom.users.forms import PersonForm
from newsroom.users.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

urlpatterns = [path("admin/", include(urls.by_mail)), *those_of_the_site]
"""As they are on a site that sends mail."""

PAGE = "/admin/password_reset/"


@pytest.fixture
def sends_mail(settings, tasks_run_at_once):
    settings.ROOT_URLCONF, settings.SENDS_MAIL = __name__, True


def ask(client, email, **headers):
    return client.post(PAGE, {"email": email}, **headers)


def test_without_mail_nothing_offers_it_and_nothing_is_there(client):
    assert "password_reset" not in client.get("/admin/login/").text
    assert client.get(PAGE).status_code == 302  # to the login, as any address of the admin


def test_a_link_goes_to_the_address_in_the_language_of_the_page(client, sends_mail):
    UserFactory(email="kim@example.org")
    assert PAGE in client.get("/admin/login/").text

    ask(client, "kim@example.org", HTTP_ACCEPT_LANGUAGE="es")

    (sent,) = mail.outbox
    assert sent.to == ["kim@example.org"]
    assert "contraseña" in sent.body
    link = re.search(r"http://127.0.0.1:8000(/admin/reset/\S+)", sent.body)[1]
    assert client.get(link, follow=True).status_code == 200


def test_everybody_is_written_to_in_their_own_language_where_the_site_has_it(client, sends_mail):
    for login, language in (("ana", "es"), ("rui", "pt"), ("ayse", "tr"), ("kim", "")):
        UserFactory(username=login, email="desk@example.org", language=language)

    ask(client, "desk@example.org", HTTP_ACCEPT_LANGUAGE="en")

    words = {"ana": "contraseña", "rui": "palavra-passe"}
    words |= dict.fromkeys(["ayse", "kim"], "In case you’ve forgotten")
    for login, sentence in words.items():
        (body,) = (sent.body for sent in mail.outbox if f": {login}\n" in sent.body)
        assert sentence in body


def test_a_person_is_offered_the_languages_of_the_site_and_keeps_one_that_it_had():
    person = UserFactory(language="tr")
    form = modelform_factory(User, PersonForm, fields=["language"])(instance=person)

    codes = [code for code, _name in form.fields["language"].choices]
    assert set(codes) == {"", "en", "es", "pt", "ar", "tr"}


def test_the_form_of_a_person_asks_for_it_beside_their_address(client):
    person = UserFactory()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    page = client.get(f"/admin/users/user/{person.pk}/change/").text

    assert (
        page.index('name="email"') < page.index('name="language"') < page.index('name="is_active"')
    )


def test_nobody_learns_who_has_a_login(client, sends_mail):
    UserFactory(email="kim@example.org")

    known, unknown = ask(client, "kim@example.org"), ask(client, "nobody@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


def test_one_address_is_sent_three_links_an_hour(client, sends_mail, time_machine):
    UserFactory(email="kim@example.org")
    time_machine.move_to("2026-05-01 10:00+00:00")
    for _each in range(5):
        ask(client, "Kim@example.org")
    assert len(mail.outbox) == passwords.MOST_FOR_ONE

    time_machine.move_to("2026-05-01 11:01+00:00")
    ask(client, "kim@example.org")

    assert len(mail.outbox) == passwords.MOST_FOR_ONE + 1


def test_one_sender_asks_for_ten_addresses_an_hour(client, sends_mail):
    for number in range(passwords.MOST_BY_ONE + 2):
        UserFactory(email=f"kim{number}@example.org")
        ask(client, f"kim{number}@example.org")

    assert len(mail.outbox) == passwords.MOST_BY_ONE
