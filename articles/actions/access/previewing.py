"""Links by which somebody without a login reads a story, in one language, before it is out."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied

from articles import roles
from articles.models import Event, PreviewLink
from newsroom.db import locks

DAYS = (1, 7, 30)
"""How long a link may be valid."""

SEEN = timedelta(minutes=10)
"""How old the moment of a link's last use may become before it is written anew."""


def make_link(article, language, *, days, by, now):
    """Return the new secret of a link to a story. Nobody can read it again: only what it is recognised by is kept."""
    _require(may_make_link(by, article, language))
    # Letters that no spelling of an address changes.
    secret = secrets.token_hex(20)
    with locks.writing():
        PreviewLink.objects.create(
            article=article,
            language=language,
            digest=_digest(secret),
            made_by=by,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        _note(article, language, "preview", by=by, now=now)
    return secret


def revoke(link, *, by, now):
    """Let a link be valid no more."""
    _require(revocable(by, [link]))
    with locks.writing():
        if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
            _note(link.article, link.language, "end_preview", by=by, now=now)


def may_make_link(user, article, language):
    """Return whether `user` may show a language of a story to whom they like: who may write it may."""
    return language in roles.writable_languages(user, article)


def revocable(user, links):
    """Return those of the links to one story that `user` may end: of languages that they may write, and those that they made."""
    writable = roles.writable_languages(user, links[0].article) if links else ()
    may_change = user.has_perm(roles.CHANGE)
    return [
        link
        for link in links
        if link.language in writable or (may_change and link.made_by_id == user.pk)
    ]


def find(secret, *, now):
    """Return the valid PreviewLink with this secret, or None."""
    link = PreviewLink.objects.valid(at=now).filter(digest=_digest(secret)).first()
    if link and (link.used_at is None or now - link.used_at > SEEN):
        PreviewLink.objects.filter(pk=link.pk).update(used_at=now)
    return link


def _note(article, language, verb, *, by, now):
    Event.objects.create(article=article, language=language, verb=verb, by=by, at=now)


def _digest(secret):
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _require(is_allowed):
    if not is_allowed:
        raise PermissionDenied
