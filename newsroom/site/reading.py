"""The settings as a page gets them: read once, and kept in the memory of the process until they are changed.

What is kept is judged as pages are (docs/explanation/page-cache.md): it carries a tag and the horizon of the log from before
it was read, and a purge of that tag ends it. So it is never older than a page that is made from it may be, and a
process that does not follow the log, such as a command, keeps it for the time of a request alone.
"""

import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields

from django.apps import apps
from django.db import Error, connections
from django.db.models import F

from newsroom.db import replicas
from newsroom.pagecache.purges.log import log
from newsroom.pagecache.purges.tags import EVERYTHING
from newsroom.pagecache.serving.page import Page
from newsroom.pagecache.serving.release import release
from newsroom.site.identity import Identity, Policy

TAG = "site:kept"
"""The tag of what processes keep; no page has it. Whatever purges the pages that show the settings purges it, too."""

POLICY = tuple(field.name for field in fields(Policy))

_of_request = ContextVar("site.of_request", default=None)


@dataclass
class Kept:
    """What a process keeps, and by which page the log judges it."""

    identity: Identity
    page: Page


class Memory:
    """What this process has read last."""

    kept = None


def current(language):
    """Return the Site in a language as it is now; one query at most in a request, and none where the log is followed."""
    return identity().within(language)


def at_hand(language):
    """Return the Site in a language as it was last known here, without a question: for a page that says what is wrong."""
    held = _of_request.get()
    known = held[0] if held else Memory.kept.identity if Memory.kept else Identity()
    return known.within(language)


def known(language):
    """Return the Site in a language as it is now, or as it was last known here where the database does not answer."""
    try:
        return current(language)
    except Error:
        return at_hand(language)


def identity():
    """Return the Identity as it is now."""
    held = _of_request.get()
    if held:
        return held[0]
    found = _kept() or _read()
    if held is not None:
        held.append(found)
    return found


@contextmanager
def for_request():
    """Let all that is asked within it be answered alike."""
    token = _of_request.set([])
    try:
        yield
    finally:
        _of_request.reset(token)


def stored():
    """Return the Identity that the database holds; one query."""
    words = apps.get_model("site", "SiteTexts").WORDS
    columns = {name: F(f"texts__{name}") for name in ("language", *words)}
    rows = apps.get_model("site", "SiteSettings").objects.order_by("texts__pk")
    found = list(rows.values("contact", "accounts", *POLICY, **columns))
    if not found:
        return Identity()
    texts = {row["language"]: {name: row[name] for name in words} for row in found}
    first = found[0]
    policy = Policy(**{name: first[name] for name in POLICY})
    return Identity(texts, first["contact"], tuple(first["accounts"].split()), policy)


def forget():
    """Read anew the next time."""
    Memory.kept = None


def _kept():
    """Return what is kept, if no page that is being made can need anything newer."""
    kept, known, asked = Memory.kept, log.horizon, replicas.horizon()
    if not (kept and log.is_followed):
        return None
    # Last: what was known of changes is known by now.
    is_fresh = log.is_fresh(kept.page, time.time())
    if asked is not None and asked > max(kept.page.horizon, known or 0):
        # A replica can be ahead of what this process knows.
        return None
    return kept.identity if is_fresh else None


def _read():
    horizon, mark, now = replicas.horizon() or log.horizon, log.mark, time.time()
    found = stored()
    if horizon is not None and log.is_followed and not _is_in_transaction():
        Memory.kept = Kept(found, _judged(horizon, mark, now))
    return found


def _is_in_transaction():
    """Return whether what is read may be taken back."""
    return any(connection.in_atomic_block for connection in connections.all(initialized_only=True))


def _judged(horizon, mark, now):
    return Page(
        key=TAG,
        status=200,
        headers=[],
        bodies={},
        tags={EVERYTHING: None, TAG: None},
        query=[],
        rendered_at=now,
        horizon=horizon,
        release=release(),
        mark=mark,
    )
