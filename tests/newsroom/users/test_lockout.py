"""What somebody is told whose logins have failed too often."""

import pytest
from django.conf import settings

from tests.factories import UserFactory


@pytest.mark.django_db
def test_the_last_try_before_the_lock_is_told_before_it_is_made(client):
    UserFactory(username="editor", is_staff=True)
    words = {"username": "editor", "password": "wrong"}
    last = "After one more try that fails"

    told = [
        last in client.post("/admin/login/", words).content.decode()
        for _ in range(settings.AXES_FAILURE_LIMIT)
    ]

    assert told == [False] * (settings.AXES_FAILURE_LIMIT - 2) + [True, False]


@pytest.mark.django_db
def test_a_locked_login_is_told_when_to_try_again(client):
    UserFactory(username="editor", is_staff=True)
    words = {"username": "editor", "password": "wrong"}

    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        response = client.post("/admin/login/", words)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "locked for 60 minutes" in response.content.decode()
