"""Who asks, when a proxy stands between: a lock of failed logins must hit the sender alone."""

import pytest
from axes.helpers import get_client_ip_address
from django.conf import settings as site_settings
from django.test import RequestFactory

from tests.factories import UserFactory

LIMIT = site_settings.AXES_FAILURE_LIMIT


def request(forwarded=None):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/admin/login/", REMOTE_ADDR="10.0.0.1", **headers)


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (None, "10.0.0.1"),
    ],
)
def test_behind_a_proxy_the_sender_is_who_the_proxy_says(settings, forwarded, address):
    settings.BEHIND_PROXY = True

    assert get_client_ip_address(request(forwarded)) == address


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("2001:db8:0:1::7", "2001:db8:0:1::"),
        ("2001:DB8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::"),
        ("2001:db8:0:2::7", "2001:db8:0:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_of_an_ipv6_address_the_network_counts(settings, forwarded, address):
    settings.BEHIND_PROXY = True

    assert get_client_ip_address(request(forwarded)) == address


@pytest.mark.parametrize("forwarded", ["unix:", "unknown", "203.0.113.7:443", "1.2.3.4.5"])
def test_what_is_no_address_is_one_sender(settings, forwarded):
    settings.BEHIND_PROXY = True

    assert get_client_ip_address(request(forwarded)) is None


def test_without_a_proxy_nobody_can_name_another_sender():
    assert get_client_ip_address(request("203.0.113.7")) == "10.0.0.1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("senders", "neighbour"),
    [
        (["203.0.113.7"] * LIMIT, "203.0.113.8"),
        ([f"2001:db8:0:1::{number}" for number in range(LIMIT)], "2001:db8:0:2::1"),
        (["unknown"] * LIMIT, "203.0.113.7"),
    ],
)
def test_failed_logins_lock_the_sender_and_nobody_else_behind_the_proxy(
    client, settings, senders, neighbour
):
    settings.BEHIND_PROXY = True
    UserFactory(username="editor", is_staff=True)

    def log_in(forwarded):
        words = {"username": "editor", "password": "wrong"}
        headers = {"x-forwarded-for": forwarded}
        return client.post("/admin/login/", words, headers=headers).status_code

    tries = [log_in(forwarded) for forwarded in senders]

    assert tries[0] == 200
    assert log_in(senders[0]) == 429
    assert log_in(neighbour) == 200
