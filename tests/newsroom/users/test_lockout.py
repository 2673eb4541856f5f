"""What somebody is told whose logins have failed too often."""

import pytest
from django.conf import settings

from tests.factories import UserFactory


@pytest.mark.django_db
def test_a_locked_login_is_told_when_to_try_again(client):
    UserFactory(username="editor", is_staff=True)
    words = {"username": "editor", "password": "wrong"}

    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        response = client.post("/admin/login/", words)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "locked for 60 minutes" in response.content.decode()
