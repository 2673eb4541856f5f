"""Letting a colleague in: a login, its group and its author at once."""

import re
import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from articles.models import Author
from articles.texts import column, free_slug
from newsroom.db import locks
from newsroom.users import passwords

ADD = "users.add_user"
UNUSUAL = re.compile(r"[^\w.+-]")
"""What an address may hold, and a login may not."""


def invite(name, *, email, role, languages, by):
    """Return the new user: staff, in the group `role`, credited under this name in these languages.

    The first of these is that of mails to them. An author of that name who has no login yet becomes theirs. Nobody
    knows the password; a link sets one. Raise
    PermissionDenied where `by` may not add users, ValidationError for an address that somebody has already.
    """
    if not by.has_perm(ADD):
        raise PermissionDenied
    users = get_user_model().objects
    with locks.writing():
        if known := users.filter(email__iexact=email).first():
            sentence = _("%(email)s is the address of %(name)s, who has a login already.")
            raise ValidationError(sentence % {"email": email, "name": known})
        first, _space, last = name.rpartition(" ")
        user = users.create_user(
            _free_login(email),
            email=email,
            password=secrets.token_urlsafe(40),
            first_name=first or last,
            last_name=last if first else "",
            is_staff=True,
            language=languages[0],
        )
        user.groups.add(Group.objects.get(name=role))
        _author(name, languages, user)
    return user


def send_link(user):
    """Mail the link by which `user` sets a password, in their language."""
    passwords.mail_link.enqueue(email=user.email, language=user.language)


def _free_login(email):
    users = get_user_model().objects
    base = UNUSUAL.sub("", email.partition("@")[0].lower()) or "colleague"
    return free_slug(base, taken=lambda login: users.filter(username__iexact=login).exists())


def _author(name, languages, user):
    names = {column("name", language): name for language in languages}
    # The name in one of these languages is that of somebody who was credited before there was a login.
    first = column("name", languages[0])
    known = Author.objects.filter(**{first: name}, kind=Author.Kind.PERSON)
    author = known.first() if known.count() == 1 else None
    if author is None or author.user_id:
        author = Author()
    for field, words in names.items():
        if not getattr(author, field):
            setattr(author, field, words)
    author.user = user
    author.save()
