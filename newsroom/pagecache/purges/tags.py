"""Tags of pages, and the one call that purges them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpResponse

from newsroom.pagecache.purges import clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EVERYTHING = "settings"
"""The tag that every page carries."""

ANY = None
"""Instead of names of query parameters: one that is not known may lead elsewhere."""

KEPT = "pagecache.kept"
"""In an environ: the page of this path is kept, and asked for with a query that may lead elsewhere."""

purged = Signal()
"""Sent once a purge is committed, to this process alone."""


def micros(moment):
    """Return a moment as whole microseconds since 1970 in UTC; None stays None."""
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Span:
    """What a page shows of a list ordered by time: all between two moments; None is no bound."""

    name: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Spot:
    """A place in a list, at which something came or went."""

    name: str
    at: datetime


def tag(response, tags, *, query=(), file=True, until=None):
    """Let `response` be kept, until one of its tags is purged. What is not tagged is never kept.

    `tags` are names and Spans. `query` names the parameters of the address that change this page: with them
    it is another page, which is kept in memory, within a bound. Any other parameter is left out, so that the
    page is the same with it and without; ANY says that one which is not known may lead elsewhere. `file` says
    whether the page may be a file for web servers, too, if it is one that they can serve: a 200 without a
    query, of a kind that stores/files.py knows. Called again, it adds tags. From `until` on it shows something else.
    """
    spans = getattr(response, "cache_tags", {EVERYTHING: None})
    for cache_tag in tags:
        name, span = cache_tag, None
        if isinstance(cache_tag, Span):
            name, span = cache_tag.name, [micros(cache_tag.since), micros(cache_tag.until)]
        spans[name] = _joined(spans[name], span) if name in spans else span
    response.cache_tags, response.cache_query, response.cache_file = spans, query, file
    response.cache_until = until.timestamp() if until else float("inf")
    return response


def stay(request):
    """Return the answer to a query that leads nowhere else, if the page is kept; else None.

    For a view whose page has ANY as its query: the page need not be rendered again to say so.
    """
    if not request.META.get(KEPT):
        return None
    response = HttpResponse(status=204)
    response.stays = True
    return response


def purge(tags, *, due=None, soft=False):
    """Put every page with one of these tags out of date, once this transaction is committed.

    `tags` are names and Spots: a Spot concerns the pages whose Span holds it, a name all. With `due`, a
    moment to come, pages that are rendered before it end then. A `soft` purge says that something newer
    exists: the page may serve while nothing newer can be made. Without, what it shows must not be seen
    any more. Returns the Purge, or None for no tags.
    """
    places = {
        (spot.name, micros(spot.at)) if isinstance(spot, Spot) else (spot, None) for spot in tags
    }
    if not places:
        return None
    # By its name, because tags are named before models are there.
    purges = apps.get_model("pagecache", "Purge").objects
    made = purges.create(tags=sorted(places, key=str), due=due, is_soft=soft, clock=clock.Now())
    transaction.on_commit(partial(purged.send, purge), robust=True)
    return made


def places(kept):
    """Return the (name, position) of a Purge; what cannot be read, as of another release, is everything."""
    try:
        return [(name, None if position is None else int(position)) for name, position in kept]
    except (TypeError, ValueError):
        return [(EVERYTHING, None)]


def _joined(one, other):
    """Return the span that holds two; None stands for all."""
    if one is None or other is None:
        return None
    lows, highs = zip(one, other, strict=True)
    return [None if None in lows else min(lows), None if None in highs else max(highs)]
