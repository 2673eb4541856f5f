"""Partners, who get the stories by the read API: their tokens, how often they may ask, and what they were given."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils.translation import gettext as _

from articles import roles
from articles.derived import items
from articles.models import TOKENS, Delivery, Partner, Token
from newsroom.db import locks

HINT = 8
"""How many letters of a token are kept, so that people can tell one from another."""

SEEN = timedelta(minutes=10)
"""How old the moment of a token's last use may become before it is written anew."""

MINUTE = 60


class TooManyTokens(Exception):
    """A partner has as many valid tokens as there may be; the message says what to do."""


class TooManyRequests(Exception):
    """A partner has asked as often as it may; it may again in so many `seconds`."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds


def make_token(partner, *, by, now):
    """Return a new secret for a partner. Nobody can read it again: only what it is recognised by is kept."""
    _require(by)
    secret = secrets.token_urlsafe(32)
    with locks.writing():
        locked = Partner.objects.select_for_update().get(pk=partner.pk)
        if locked.tokens.filter(revoked_at=None).count() >= TOKENS:
            raise TooManyTokens(_("There are two valid tokens already: revoke one first."))
        locked.tokens.create(digest=_digest(secret), hint=secret[:HINT], created_at=now)
    return secret


def revoke(token, *, by, now):
    """Let a token be valid no more."""
    _require(by)
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def find(secret, *, now):
    """Return the active Partner with this valid token, or None.

    The token is found by its digest: how long that takes tells nobody how much of a guess was right.
    """
    tokens = Token.objects.select_related("partner").filter(revoked_at=None)
    token = tokens.filter(digest=_digest(secret), partner__is_active=True).first()
    if token is None:
        return None
    if token.used_at is None or now - token.used_at > SEEN:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token.partner


def count(partner, *, now):
    """Count a request of a partner; raise TooManyRequests where it has asked often enough in this minute.

    One statement decides, so that it holds for any number of processes.
    """
    minute = int(now.timestamp()) // MINUTE
    rows = Partner.objects.filter(pk=partner.pk)
    if rows.filter(minute=minute, asked__lt=F("per_minute")).update(asked=F("asked") + 1):
        return
    if not rows.exclude(minute=minute).update(minute=minute, asked=1):
        raise TooManyRequests(MINUTE - int(now.timestamp()) % MINUTE)
    _forget(now)


def tell(*, now):
    """Let partners be told of what has changed by now, and of what appears by now; return whether there is still more."""
    return items.tell(at=now)


def note(partner, given, *, now):
    """Write down which pages.item.NewsItems a partner is given."""
    Delivery.objects.bulk_create(
        Delivery(
            partner=partner,
            article_id=item.article_id,
            language=item.language,
            version=item.version,
            is_cancellation=item.is_canceled,
            at=now,
        )
        for item in given
    )


def _forget(now):
    """Delete what was given too long ago."""
    Delivery.objects.filter(at__lt=now - timedelta(days=settings.DELIVERY_DAYS)).delete()


def _digest(secret):
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _require(by):
    if not roles.may_give_tokens(by):
        raise PermissionDenied
