"""The settings as a page gets them: see kept.py."""

from dataclasses import fields
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.db import Error
from django.utils import timezone

from newsroom.db.statements import named, statement
from newsroom.site import colours, pictures
from newsroom.site.identity import Identity, Look, Policy
from newsroom.site.kept import Kept, is_in_request

TAG = "site:kept"
"""The tag of what processes keep; no page has it. Whatever purges the pages that show the settings purges it, too."""

SEEN = (*pictures.PICTURES, *colours.ACCENTS)

SHARED = ("contact", "accounts", "own_digits", "zone", "shows_changes", "counts_comments")

TOLD = ("contact", "zone", "shows_changes", "counts_comments")
"""Those of them that are as they are stored."""

POLICY = tuple(field.name for field in fields(Policy))


def current(language):
    """Return the Site in a language as it is now; one query at most in a request, and none where the log is followed."""
    return identity().within(language)


def at_hand(language):
    """Return the Site in a language as it was last known here, without a question: for a page that says what is wrong."""
    return KEPT.at_hand(Identity()).within(language)


def zone():
    """Return the time zone in which readers are told moments, and editors type them: docs/decisions/0069-a-zone-that-is-shown.md.

    In a request it is that of now, else the one that was last known here.
    """
    name = _zone_name()
    try:
        return ZoneInfo(name) if name else timezone.get_current_timezone()
    except ZoneInfoNotFoundError:
        # This machine knows fewer zones than the one on which it was chosen.
        return timezone.get_current_timezone()


def known(language):
    """Return the Site in a language as it is now, or as it was last known here where the database does not answer."""
    try:
        return current(language)
    except Error:
        return at_hand(language)


def identity():
    """Return the Identity as it is now."""
    return KEPT.current()


def _zone_name():
    try:
        return (identity() if is_in_request() else KEPT.at_hand(Identity())).zone
    except Error:
        return KEPT.at_hand(Identity()).zone


def stored():
    """Return the Identity that the database holds; one query."""
    rows = _rows()
    if not rows:
        return Identity()
    texts = {row.language: {name: getattr(row, name) for name in _words()} for row in rows}
    first = rows[0]
    policy = Policy(**{name: getattr(first, name) for name in POLICY})
    accounts, own_digits = tuple(first.accounts.split()), frozenset(first.own_digits)
    told = {name: getattr(first, name) for name in TOLD}
    look = _look(first)
    return Identity(
        texts, accounts=accounts, policy=policy, own_digits=own_digits, look=look, **told
    )


@statement
def _rows():
    """Write the statement once: a process that follows no log asks it in every request."""
    rows = apps.get_model("site", "SiteSettings").objects.order_by("texts__pk")
    columns = {name: f"texts__{name}" for name in ("language", *_words())}
    return named(rows, *SHARED, *POLICY, *SEEN, **columns)


def _words():
    return apps.get_model("site", "SiteTexts").WORDS


def _look(row):
    by_kind = {kind: pictures.of(getattr(row, kind)) for kind in pictures.PICTURES}
    return Look(
        **by_kind, accent=colours.address(*(getattr(row, name) for name in colours.ACCENTS))
    )


KEPT = Kept(TAG, stored)
