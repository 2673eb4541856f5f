"""What leads the front page: the newest stories, then the newest of each region."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from articles.models import Category, Edition, Listing
from articles.pages import card as cards, layouts
from newsroom.db.statements import Each, Given, padded, statement
from newsroom.site import reading

LEADERS, SECONDS, LATEST, PER_REGION = 4, 5, 12, 5
CANDIDATES = 2 * PER_REGION
"""Looked at for each region, since a story of two regions stands under the first only."""


class Block(NamedTuple):
    """A region on the front page, with its cards, in a layouts.Container."""

    category: object
    cards: list
    container: layouts.Container


@dataclass(frozen=True)
class Front:
    """The parts of a front page, each a list of cards; no story stands in two of them but latest.

    The newest leads, or the newest with a picture of the first few; `has_columns` tells that `seconds` stand
    beside it. `latest` are the headlines of the newest stories, where there are others than those on top.
    `issued_at` is when the newest of them came. What is older than `edge`, and in each region than its
    moment in `edges`, has no part in it; None where everything has.
    """

    language: str
    lead: cards.Card | None
    seconds: list
    has_columns: bool
    latest: list
    blocks: list
    issued_at: datetime | None
    edge: datetime | None
    edges: dict

    @property
    def on_top(self):
        """The cards above all others."""
        return [self.lead, *self.seconds] if self.lead else []


def read(*, tree, at):
    """Return the Front of the language of the tree at a moment; four queries."""
    language, number = tree.language, max(1 + SECONDS, LATEST)
    newest = cards.read(_newest(language, number, at=at), tree=tree, at=at)
    lead = _leader(newest[:LEADERS])
    others = [card for card in newest if card is not lead][:SECONDS]
    pictured = [card.has_picture for card in others]
    top = layouts.top(pictured, most=SECONDS, is_led=bool(lead and lead.has_picture))
    on_top = [lead, *others[: top.number]] if lead else []
    by_region = _newest_by_region(tree, at=at, without=[card.pk for card in on_top])
    stock = _stock(tree, newest, by_region, at=at)
    lead, *seconds = [stock[card.pk] for card in on_top] or [None]
    blocks = list(_blocks(tree, by_region, stock))
    return Front(
        language=language,
        lead=lead and cards.shown_as(lead, layouts.LEAD, wide=_wide_place(top)),
        seconds=cards.placed(seconds, top.name),
        has_columns=top.has_columns,
        latest=_latest(newest[:LATEST], on_top),
        blocks=blocks,
        issued_at=newest[0].published_at if newest else None,
        edge=_edge(newest, most=number),
        edges=_edges(tree, blocks, by_region, stock),
    )


def _stock(tree, newest, by_region, *, at):
    """Return id -> card, with its kicker, of all that the page may show; two queries."""
    stock = {card.pk: card for card in newest}
    wanted = padded({pk for pks in by_region.values() for pk in pks} - stock.keys())
    rows = _wanted(tree.language, len(wanted), at=at, wanted=wanted)
    others = cards.read(rows, tree=tree, at=at)
    return {card.pk: card for card in cards.name([*newest, *others], tree=tree)}


def _leader(newest):
    """Return the newest card with a picture, or the newest of all."""
    pictured = (card for card in newest if card.has_picture)
    return next(pictured, newest[0] if newest else None)


def _wide_place(top):
    """Return where the lead stands on a wide page: beside a column, or with a line for itself."""
    return None if top.has_columns else layouts.Place("whole", is_first=True)


def _latest(newest, on_top):
    """Return the newest as headlines, those of the day of the first with the time; none if all are on top."""
    if {card.pk for card in newest} <= {card.pk for card in on_top}:
        return []
    zone = reading.zone()
    day = newest[0].published_at.astimezone(zone).date()
    return [
        replace(card, slot=replace(card.slot, kind=layouts.CLOCK))
        if card.published_at.astimezone(zone).date() == day
        else card
        for card in cards.placed(newest, "latest")
    ]


def _blocks(tree, by_region, stock):
    """Yield each region with its cards, every story once and named by its place in that region."""
    used, container = set(), None
    for region in tree.regions:
        free = (pk for pk in by_region[region.pk] if pk in stock and pk not in used)
        candidates = [stock[pk] for pk in islice(free, PER_REGION)]
        if candidates:
            pictured = [card.has_picture for card in candidates]
            container = layouts.container(pictured, behind=container)
            chosen = _in_order(candidates[: container.most], container)
            used.update(card.pk for card in chosen)
            inside = [_named_in(region, card, tree) for card in chosen]
            yield Block(region, cards.placed(inside, container.name), container)


def _in_order(chosen, container):
    """Return the cards, the newest first, or before it the first with a picture where that one is large."""
    first = _leader(chosen) if container.led else chosen[0]
    return [first, *(card for card in chosen if card is not first)]


def _named_in(region, card, tree):
    return replace(card, kicker=tree.kickers(card.categories).get(region.pk))


def _edges(tree, blocks, by_region, stock):
    """Return region id -> the moment of the last story that its block shows, or has looked at."""
    shown = {block.category.pk: block for block in blocks}
    edges = {}
    for region in tree.regions:
        block = shown.get(region.pk)
        edge = block and _edge(block.cards, most=min(block.container.most, PER_REGION))
        looked_at = [stock[pk] for pk in by_region[region.pk] if pk in stock]
        edges[region.pk] = edge or _edge(looked_at, most=CANDIDATES)
    return edges


def _edge(stories, *, most):
    return min(card.published_at for card in stories) if len(stories) == most else None


def _newest_by_region(tree, *, at, without):
    """Return region id -> ids of its newest editions."""
    regions, without = padded(region.pk for region in tree.regions), padded(without)
    shape = tree.language, CANDIDATES, len(regions), len(without)
    rows = _by_region(*shape, at=at, regions=regions, without=without)
    return {pk: [edition for edition in editions if edition] for pk, *editions in rows}


@statement
def _newest(language, number):
    newest = Edition.objects.live(language=language, at=Given("at")).newest_first()
    return cards.rows(newest[:number], language=language)


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
    categories = Category.objects.rewrite(mode=False).filter(pk__in=Each("regions", regions))
    return categories.annotate(**places).values_list("pk", *places)


@statement
def _wanted(language, number):
    live = Edition.objects.live(language=language, at=Given("at"))
    return cards.rows(live.filter(pk__in=Each("wanted", number)), language=language)
