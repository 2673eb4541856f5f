"""What pages need again and again: read once, and kept in the memory of the process until it is changed.

What is kept is judged as pages are (docs/explanation/page-cache.md): it carries a tag and the horizon of the log from before
it was read, and a purge of that tag ends it. So it is never older than a page that is made from it may be, and a
process that does not follow the log, such as a command, keeps it for the time of a request alone.
"""

import time
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

from newsroom.db import replicas
from newsroom.pagecache.purges.log import log
from newsroom.pagecache.purges.tags import EVERYTHING
from newsroom.pagecache.serving.page import Page
from newsroom.pagecache.serving.release import release

_of_request = ContextVar("site.of_request", default=None)

ALL = []
"""All that there is."""


class Kept:
    """A value that `read` finds in the database. No page carries its `tag`: whatever purges the pages that show it purges it, too."""

    def __init__(self, tag, read):
        self.tag, self.read = tag, read
        self.held = None
        ALL.append(self)

    def current(self):
        """Return the value as it is now; one reading at most in a request, and none where the log is followed."""
        of_request = _of_request.get()
        if of_request is not None and self.tag in of_request:
            return of_request[self.tag]
        held = self._fresh()
        value = held[0] if held else self._read()
        if of_request is not None:
            of_request[self.tag] = value
        return value

    def at_hand(self, default):
        """Return the value as it was last known here, without a question."""
        of_request = _of_request.get()
        if of_request and self.tag in of_request:
            return of_request[self.tag]
        return self.held[0] if self.held else default

    def _fresh(self):
        """Return what is kept, if no page that is being made can need anything newer."""
        held, known, asked = self.held, log.horizon, replicas.horizon()
        if not (held and log.is_followed):
            return None
        # Last: what was known of changes is known by now.
        is_fresh = log.is_fresh(held[1], time.time())
        if asked is not None and asked > max(held[1].horizon, known or 0):
            # A replica can be ahead of what this process knows.
            return None
        return held if is_fresh else None

    def _read(self):
        horizon, mark, now = replicas.horizon() or log.horizon, log.mark, time.time()
        value = self.read()
        if horizon is not None and log.is_followed and not _is_in_transaction():
            self.held = value, self._judged(horizon, mark, now)
        return value

    def _judged(self, horizon, mark, now):
        return Page(
            key=self.tag,
            status=200,
            headers=[],
            bodies={},
            tags={EVERYTHING: None, self.tag: None},
            query=[],
            rendered_at=now,
            horizon=horizon,
            release=release(),
            mark=mark,
        )


@contextmanager
def for_request():
    """Let all that is asked within it be answered alike."""
    token = _of_request.set({})
    try:
        yield
    finally:
        _of_request.reset(token)


def is_in_request():
    """Return whether all that is asked now is answered alike."""
    return _of_request.get() is not None


def forget():
    """Read everything anew the next time."""
    for kept in ALL:
        kept.held = None


def _is_in_transaction():
    """Return whether what is read may be taken back."""
    return any(connection.in_atomic_block for connection in connections.all(initialized_only=True))
