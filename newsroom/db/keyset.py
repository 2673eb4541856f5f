"""Older and newer pages of a list, found by key: the last page costs what the first one does."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

SIZE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Negative before 1970; an id of more digits does not fit into 64 bits.
FORM = re.compile(r"(?P<micros>-?[0-9]{1,18})-(?P<key>[0-9]{1,18})")


class BadCursor(ValueError):
    """The address names no place in a list."""


@dataclass(frozen=True)
class Cursor:
    """A place in a list that is ordered by time and then by id, newest first."""

    moment: datetime
    key: int

    @classmethod
    def read(cls, words):
        """Parse what `str(cursor)` wrote: "<microseconds since 1970>-<id>"."""
        match = FORM.fullmatch(words)
        if match is None:
            raise BadCursor(words)
        try:
            moment = EPOCH + timedelta(microseconds=int(match["micros"]))
        except OverflowError as error:
            raise BadCursor(words) from error
        return cls(moment, int(match["key"]))

    def __str__(self):
        return f"{(self.moment - EPOCH) // timedelta(microseconds=1)}-{self.key}"


@dataclass(frozen=True)
class Page:
    """One page of a list: rows newest first, and the cursors of its neighbours or None.

    `edge` is the moment of the first row that has no more room on it, None if it holds the last.
    """

    rows: list
    older: Cursor | None
    newer: Cursor | None
    edge: datetime | None


def ordered(rows, *, before=None, after=None, key="pk", size=SIZE):
    """Return the queryset of what `taken` makes a Page of: `rows` next to a cursor, or the first.

    `rows` is a queryset with `published_at` and the unique `key`; `before` asks for what is older
    than the cursor, `after` for what is newer.
    """
    if after:
        return _beyond(rows, after, key, newer=True).order_by("published_at", key)[: size + 1]
    if before:
        rows = _beyond(rows, before, key, newer=False)
    return rows.order_by("-published_at", f"-{key}")[: size + 1]


def taken(rows, *, before=None, after=None, key="pk", size=SIZE):
    """Return the Page of the rows that `ordered` asked for, with the same cursors."""
    edge, rows = _edge(rows, size), rows[:size]
    if after:
        rows = rows[::-1]
        older, newer = _cursor(rows, -1, key) or after, _cursor(rows, 0, key)
        return Page(rows, older, newer if edge else None, edge)
    newer = (_cursor(rows, 0, key) or before) if before else None
    return Page(rows, _cursor(rows, -1, key) if edge else None, newer, edge)


def _beyond(rows, cursor, key, *, newer):
    way, back = ("gte", "lte") if newer else ("lte", "gte")
    shown = Q(published_at=cursor.moment, **{f"{key}__{back}": cursor.key})
    # The first condition is one that an index seeks by; "newer, or as new and …" would hide from
    # PostgreSQL how many rows there are, and it would sort them instead of following the index.
    return rows.filter(~shown, **{f"published_at__{way}": cursor.moment})


def _edge(rows, size):
    return rows[size].published_at if len(rows) > size else None


def _cursor(rows, index, key):
    return Cursor(rows[index].published_at, getattr(rows[index], key)) if rows else None
