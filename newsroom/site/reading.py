"""The settings as a page gets them: see kept.py."""

from dataclasses import fields

from django.apps import apps
from django.db import Error
from django.db.models import F

from newsroom.site import colours, pictures
from newsroom.site.identity import Identity, Look, Policy
from newsroom.site.kept import Kept

TAG = "site:kept"
"""The tag of what processes keep; no page has it. Whatever purges the pages that show the settings purges it, too."""

SEEN = (*pictures.PICTURES, *colours.ACCENTS)

POLICY = tuple(field.name for field in fields(Policy))


def current(language):
    """Return the Site in a language as it is now; one query at most in a request, and none where the log is followed."""
    return identity().within(language)


def at_hand(language):
    """Return the Site in a language as it was last known here, without a question: for a page that says what is wrong."""
    return KEPT.at_hand(Identity()).within(language)


def known(language):
    """Return the Site in a language as it is now, or as it was last known here where the database does not answer."""
    try:
        return current(language)
    except Error:
        return at_hand(language)


def identity():
    """Return the Identity as it is now."""
    return KEPT.current()


def stored():
    """Return the Identity that the database holds; one query."""
    words = apps.get_model("site", "SiteTexts").WORDS
    columns = {name: F(f"texts__{name}") for name in ("language", *words)}
    rows = apps.get_model("site", "SiteSettings").objects.order_by("texts__pk")
    found = list(rows.values("contact", "accounts", "own_digits", *POLICY, *SEEN, **columns))
    if not found:
        return Identity()
    texts = {row["language"]: {name: row[name] for name in words} for row in found}
    first = found[0]
    policy = Policy(**{name: first[name] for name in POLICY})
    accounts, own_digits = tuple(first["accounts"].split()), frozenset(first["own_digits"])
    return Identity(texts, first["contact"], accounts, policy, own_digits, _look(first))


def _look(row):
    found = {kind: pictures.of(row[kind]) for kind in pictures.PICTURES}
    return Look(**found, accent=colours.address(*(row[name] for name in colours.ACCENTS)))


KEPT = Kept(TAG, stored)
