"""The first login of a site."""

import secrets

from django.contrib.auth import get_user_model


def ensure(login, *, email, password):
    """Let there be an administrator of this login; return the password that was made for a new one, else "".

    One who is there already keeps what they have.
    """
    users = get_user_model().objects
    if users.filter(username=login).exists():
        return ""
    made = "" if password else secrets.token_urlsafe(12)
    users.create_superuser(login, email=email, password=password or made)
    return made
