"""Where a page leads that has no story of its own: to the newest of a category near it, or of the language."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Edition, Listing
from articles.pages import card as cards
from newsroom.db.statements import Given, statement

NUMBER = 4


@dataclass(frozen=True)
class Ways:
    """The newest stories of a category, a Node, or of all; all since `edge` are there, None where there are no others."""

    language: str
    category: object
    cards: list
    edge: datetime | None


def read(*, tree, at, near=None):
    """Return the Ways from a page in the language of a tree; near a Node, those of the first above it that holds any."""
    above = reversed(near.lineage()) if near else ()
    category = next((node for node in above if node.is_filled), None)
    given = {"category": category.pk} if category else {}
    rows = _newest(tree.language, bool(given), at=at, **given)
    stories = cards.read(rows, tree=tree, at=at)
    edge = stories[-1].published_at if len(stories) == NUMBER else None
    return Ways(tree.language, category, cards.placed(stories, "more"), edge)


@statement
def _newest(language, is_within):
    live = Edition.objects.live(language=language, at=Given("at"))
    if is_within:
        rows = Listing.objects.on_shelf(
            language=language, at=Given("at"), category=Given("category")
        )
        live = live.filter(pk__in=rows.newest_first().values("edition_id")[:NUMBER])
    return cards.rows(live.newest_first()[:NUMBER], language=language)
