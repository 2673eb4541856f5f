"""What a story leads to beside its text: parts of its series, the story so far, and related stories.

The desk makes a tag a series or a running story (Tag.kind), and names related stories by hand; the tag of a
topic that a story carries first fills the rest. One statement, whatever the number of tags.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, Value

from articles.models import Edition, Listing, Tag
from articles.pages import card as cards, layouts
from newsroom.db.statements import Given, statement

SO_FAR, RELATED = 12, 4
ASKED = RELATED + 2
"""So many stories of a topic are asked for: some of them may be shown elsewhere."""

STORYLINE, BEFORE, AFTER, TOPIC = "storyline", "before", "after", "topic"


class Edge(NamedTuple):
    """What was looked at of the list of a tag: all between two moments; None is no bound."""

    tag: int
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Around:
    """Cards of live stories in the language of the story.

    `so_far` are those of the running story `storyline`, the first one first, this story among them; `before`
    and `after` are the parts of `series` beside it, or None. What else could be there is in the lists of `edges`.
    """

    storyline: object = None
    so_far: tuple = ()
    series: object = None
    before: object = None
    after: object = None
    related: tuple = ()
    edges: tuple = ()

    @property
    def cards(self):
        return [card for card in (*self.so_far, self.before, self.after, *self.related) if card]


def read(edition, topics, *, named, tree, at):
    """Return the Around of an edition by its tags; `named` are cards of stories that the desk or the text names."""
    tags = {kind: next((tag for tag in topics if tag.kind == kind), None) for kind in Tag.Kind}
    by_source = _found(edition, tags, tree=tree, at=at)
    edges = []
    so_far = tuple(sorted(by_source[STORYLINE], key=_age))
    if tags[Tag.Kind.STORYLINE]:
        is_full = len(so_far) == SO_FAR
        edges.append(Edge(tags[Tag.Kind.STORYLINE].pk, so_far[0].published_at if is_full else None))
    before, after = (next(iter(by_source[source]), None) for source in (BEFORE, AFTER))
    if series := tags[Tag.Kind.SERIES]:
        edges.append(Edge(series.pk, before and before.published_at, after and after.published_at))
    shown = {card.article_id for card in (*so_far, before, after) if card}
    taken = _taken(map(headline, named), shown | {edition.article_id})
    if tags[Tag.Kind.TOPIC] and len(taken) < RELATED:
        newest = sorted(by_source[TOPIC], key=_age, reverse=True)
        taken = _taken([*taken, *newest], shown | {edition.article_id})
        is_whole = len(newest) < ASKED
        edges.append(Edge(tags[Tag.Kind.TOPIC].pk, None if is_whole else newest[-1].published_at))
    return Around(
        storyline=tags[Tag.Kind.STORYLINE] if len(so_far) > 1 else None,
        so_far=so_far if len(so_far) > 1 else (),
        series=series,
        before=before,
        after=after,
        related=tuple(taken),
        edges=tuple(edges),
    )


def _age(card):
    return card.published_at, card.pk


def _taken(candidates, shown):
    """Return the first of these that are not shown, each once."""
    unique = {card.article_id: card for card in candidates if card.article_id not in shown}
    return list(unique.values())[:RELATED]


def _found(edition, tags, *, tree, at):
    """Return source -> its cards."""
    names = {
        Tag.Kind.STORYLINE: (STORYLINE,),
        Tag.Kind.SERIES: (BEFORE, AFTER),
        Tag.Kind.TOPIC: (TOPIC,),
    }
    sources = tuple(name for kind, of_kind in names.items() if tags[kind] for name in of_kind)
    by_source = defaultdict(list)
    if sources:
        values = {"at": at, "edition": edition.pk, "moment": edition.published_at}
        values |= {str(kind): tag.pk for kind, tag in tags.items() if tag}
        for row in _rows(edition.language, sources, **values):
            by_source[row.source] += map(headline, cards.read([row], tree=tree, at=at))
    return by_source


def headline(card):
    """Return a card as these lists show it: its headline and its day."""
    return cards.shown_as(card, layouts.HEADLINE)


@statement
def _rows(language, sources):
    first, *others = (_cards(source, language) for source in sources)
    return first.union(*others, all=True) if others else first


def _cards(source, language):
    live = Edition.objects.live(language=language, at=Given("at"))
    editions = live.filter(pk__in=_shelf(source, language)).annotate(source=Value(source))
    return cards.rows(editions, "source", language=language)


def _shelf(source, language):
    """Return the ids of the editions of a source, as a queryset."""
    kind = Tag.Kind.SERIES if source in {BEFORE, AFTER} else Tag.Kind(source)
    rows = Listing.objects.on_shelf(language=language, at=Given("at"), tag=Given(str(kind)))
    if source == STORYLINE:
        return rows.newest_first().values("edition_id")[:SO_FAR]
    if source == TOPIC:
        others = rows.exclude(edition=Given("edition"))
        return others.newest_first().values("edition_id")[:ASKED]
    side, order = ("lt", "-") if source == BEFORE else ("gt", "")
    same = Q(published_at=Given("moment"), **{f"edition__{side}": Given("edition")})
    rows = rows.filter(Q(**{f"published_at__{side}": Given("moment")}) | same)
    return rows.order_by(f"{order}published_at", f"{order}edition_id").values("edition_id")[:1]
