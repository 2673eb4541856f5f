"""What stories to go on with stand under a story: of its own region, or of what lies around that.

The nearest SOURCES come first: the category that names the story, the one above it, and whatever is newest
in the language. So a story that is not the only one has something at its end.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from articles.models import Edition, Listing
from newsroom.db.statements import Given

NUMBER = 4
ASKED = 2 * NUMBER
"""So many are asked for of each source: some of them may be shown beside the story already."""

SOURCES = CATEGORY, ABOVE, ALL = "category", "above", "all"


class Edge(NamedTuple):
    """A list that was looked at, of a category or of all stories (None), down to a moment or to its end."""

    category: int | None
    since: datetime | None


@dataclass(frozen=True)
class More:
    """Cards of stories to go on with, newest first within each source.

    `category` is the Node that holds all of them, or None. What could be among them instead is in the
    lists of `edges`.
    """

    cards: list = field(default_factory=list)
    category: object = None
    edges: tuple = ()


def sources(kicker):
    """Return source -> its Node (None for all stories), the nearest first, for what names a story."""
    if not kicker:
        return {ALL: None}
    above = {ABOVE: kicker.parent} if kicker.parent else {}
    return {CATEGORY: kicker, **above, ALL: None}


def newest(source, *, language):
    """Return a queryset of the newest editions of a source, without that of the story.

    Its values are `at`, `edition`, and the ids of the categories by the names of their sources.
    """
    if source == ALL:
        live = Edition.objects.live(language=language, at=Given("at")).exclude(pk=Given("edition"))
        rows = live.newest_first().values("pk")
    else:
        shelf = Listing.objects.on_shelf(
            language=language, at=Given("at"), category=Given(source)
        ).exclude(edition=Given("edition"))
        rows = shelf.newest_first().values("edition_id")
    return Edition.objects.live(language=language, at=Given("at")).filter(pk__in=rows[:ASKED])


def chosen(nodes, by_source, *, shown=()):
    """Return the More of `sources`; `by_source` maps each source to its newest cards, `shown` holds ids of stories to leave out."""
    taken, edges, category = {}, [], None
    for source, node in nodes.items():
        if len(taken) == NUMBER:
            break
        category = node
        newest = sorted(
            by_source[source], key=lambda card: (card.published_at, card.pk), reverse=True
        )
        new = [card for card in newest if card.pk not in taken and card.article_id not in shown][
            : NUMBER - len(taken)
        ]
        taken |= {card.pk: card for card in new}
        is_full = len(taken) == NUMBER
        edges.append(Edge(node and node.pk, new[-1].published_at if is_full else None))
    return More(list(taken.values()), category, tuple(edges))
