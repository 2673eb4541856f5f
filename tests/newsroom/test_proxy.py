"""Who asks, when a proxy stands between: a lock of failed logins must hit the sender alone."""

import pytest
from axes.helpers import get_client_ip_address
from django.conf import settings as site_settings
from django.test import RequestFactory

from tests.factories import UserFactory


def request(forwarded=None):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/admin/login/", REMOTE_ADDR="10.0.0.1", **headers)


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        (None, "10.0.0.1"),
    ],
)
def test_behind_a_proxy_the_sender_is_who_the_proxy_says(settings, forwarded, address):
    settings.BEHIND_PROXY = True

    assert get_client_ip_address(request(forwarded)) == address


def test_without_a_proxy_nobody_can_name_another_sender():
    assert get_client_ip_address(request("203.0.113.7")) == "10.0.0.1"


@pytest.mark.django_db
def test_failed_logins_lock_the_sender_and_nobody_else_behind_the_proxy(client, settings):
    settings.BEHIND_PROXY = True
    UserFactory(username="editor", is_staff=True)

    def log_in(forwarded):
        words = {"username": "editor", "password": "wrong"}
        headers = {"x-forwarded-for": forwarded}
        return client.post("/admin/login/", words, headers=headers).status_code

    tries = [log_in("203.0.113.7") for _ in range(site_settings.AXES_FAILURE_LIMIT)]

    assert tries[0] == 200
    assert log_in("203.0.113.7") == 429
    assert log_in("203.0.113.8") == 200
