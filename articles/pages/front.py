"""What leads the front page: the newest stories, then the newest of each region."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from articles.models import Category, Edition, Listing
from articles.pages import card as cards, layouts
from newsroom.db.statements import Each, Given, padded, statement

SECONDS, LATEST, PER_REGION = 3, 8, 5
CANDIDATES = 2 * PER_REGION
"""Looked at for each region, since a story of two regions stands under the first only."""


class Block(NamedTuple):
    """A region on the front page, with its cards."""

    category: object
    cards: list


@dataclass(frozen=True)
class Front:
    """The parts of a front page, each a list of cards; no story stands in two of them but latest.

    `issued_at` is when the newest of them came, which need not be the lead.
    What is older than `edge`, and in each region than its moment in `edges`, has no part in it; None
    where everything has.
    """

    language: str
    lead: cards.Card | None
    seconds: list
    latest: list
    blocks: list
    issued_at: datetime | None
    edge: datetime | None
    edges: dict


def read(*, tree, at):
    """Return the Front of the language of the tree at a moment; four queries."""
    language = tree.language
    newest = [row.pk for row in _newest(language, 1 + SECONDS + LATEST, at=at)]
    by_region = _newest_by_region(tree, at=at, without=newest[: 1 + SECONDS])
    wanted = padded({*newest, *(pk for pks in by_region.values() for pk in pks)})
    found = cards.read(_wanted(language, len(wanted), at=at, wanted=wanted), at=at)
    stock = {card.pk: card for card in cards.name(found, tree=tree)}
    newest = [stock[pk] for pk in newest if pk in stock]
    lead = _leader(newest[: 1 + SECONDS])
    seconds = [card for card in newest[: 1 + SECONDS] if card is not lead]
    blocks = list(_blocks(tree, by_region, stock))
    return Front(
        language=language,
        lead=cards.shown_as(lead, layouts.LEAD) if lead else None,
        seconds=cards.placed(seconds, "seconds"),
        latest=cards.placed(newest[1 + SECONDS :], "latest"),
        blocks=blocks,
        issued_at=newest[0].published_at if newest else None,
        edge=_edge(newest, most=1 + SECONDS + LATEST),
        edges=_edges(tree, blocks, by_region, stock),
    )


def _leader(newest):
    """Return the newest card with a picture, or the newest of all."""
    pictured = (card for card in newest if card.lead and card.lead.picture)
    return next(pictured, newest[0] if newest else None)


def _blocks(tree, by_region, stock):
    """Yield each region with its cards, every story once and named by its place in that region.

    The first one is shown large, so it is one with a picture, as at the top of the page.
    """
    used = set()
    for region in tree.regions:
        free = (pk for pk in by_region[region.pk] if pk in stock and pk not in used)
        chosen = [stock[pk] for pk in islice(free, PER_REGION)]
        used.update(card.pk for card in chosen)
        if chosen:
            first = _leader(chosen)
            others = (card for card in chosen if card is not first)
            inside = [_named_in(region, card, tree) for card in (first, *others)]
            yield Block(region, cards.placed(inside, "region"))


def _named_in(region, card, tree):
    return replace(card, kicker=tree.kickers(card.categories).get(region.pk))


def _edges(tree, blocks, by_region, stock):
    """Return region id -> the moment of the last story that its block shows, or has looked at."""
    chosen = {block.category.pk: block.cards for block in blocks}
    found = {}
    for region in tree.regions:
        edge = _edge(chosen.get(region.pk, []), most=PER_REGION)
        looked_at = [stock[pk] for pk in by_region[region.pk] if pk in stock]
        found[region.pk] = edge or _edge(looked_at, most=CANDIDATES)
    return found


def _edge(found, *, most):
    return min(card.published_at for card in found) if len(found) == most else None


def _newest_by_region(tree, *, at, without):
    """Return region id -> ids of its newest editions."""
    regions, without = padded(region.pk for region in tree.regions), padded(without)
    shape = tree.language, CANDIDATES, len(regions), len(without)
    found = _by_region(*shape, at=at, regions=regions, without=without)
    return {pk: [edition for edition in editions if edition] for pk, *editions in found}


@statement
def _newest(language, number):
    newest = Edition.objects.live(language=language, at=Given("at")).newest_first()
    return newest.values_list("pk")[:number]


@statement
def _by_region(language, places, regions, without):
    """Return a queryset of region ids, each with its newest editions: an index seek for each.

    One scalar subquery for each place is the form that both databases answer from the index.
    """
    rows = (
        Listing.objects.on_shelf(language=language, at=Given("at"), category=OuterRef("pk"))
        .exclude(edition__in=Each("without", without))
        .newest_first()
        .values("edition_id")
    )
    places = {f"place_{n}": Subquery(rows[n : n + 1]) for n in range(places)}
    found = Category.objects.rewrite(mode=False).filter(pk__in=Each("regions", regions))
    return found.annotate(**places).values_list("pk", *places)


@statement
def _wanted(language, number):
    live = Edition.objects.live(language=language, at=Given("at"))
    return cards.rows(live.filter(pk__in=Each("wanted", number)), language=language)
