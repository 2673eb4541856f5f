"""What has changed in a language, page by page, in the order in which partners are told."""

from dataclasses import dataclass

from django.db.models import Max

from articles.models import Item, Listing
from articles.pages.item import news

SIZE = 30
"""How many items a page holds."""

STEPS = (100, 1900)
"""How many changes are looked through for a scope, at first and then: a rare region must not cost the whole archive at once."""


@dataclass(frozen=True)
class Batch:
    """A page of what has changed behind a place: its items, and the place behind the last of all that was looked at."""

    language: str
    items: list
    place: int
    has_more: bool


def last_place():
    """Return the place of what partners were told last, 0 before anything was."""
    return Item.objects.aggregate(place=Max("position"))["place"] or 0


def place_before(moment, *, last):
    """Return the place behind which all stands that was told from a moment on."""
    rows = Item.objects.filter(told_at__gte=moment).order_by("told_at", "position")
    first = rows.values_list("position", flat=True).first()
    return last if first is None else first - 1


def changed(*, after, last, shelves, tree, at):
    """Return the Batch of what stands behind the place `after`, up to the `last`, in the language of the tree.

    `shelves` are conditions on Listing, which a story has to fulfil all. The end of a story is told to everybody:
    nobody knows any more where it stood. A page can be empty and have more behind it.
    """
    language = tree.language
    rows = Item.objects.filter(language=language, position__lte=last).order_by("position")
    kept, place = [], after
    for number in STEPS if shelves else [SIZE + 1]:
        some = list(rows.filter(position__gt=place)[:number])
        kept += _kept(some, shelves, language, at)
        place = some[-1].position if len(some) == number else last
        if place == last or len(kept) > SIZE:
            break
    if len(kept) > SIZE:
        place = kept[SIZE - 1].position
    items = news.read(kept[:SIZE], tree=tree, at=at)
    return Batch(language, items, place, place < last)


def _kept(rows, shelves, language, at):
    """Return those of these Items that stand on all shelves, or nowhere any more; a query for each shelf."""
    for shelf in shelves:
        # By their ids: asked in one statement, PostgreSQL would read the shelf from end to end.
        ids = {row.article_id for row in rows}
        listings = Listing.objects.filter(shelf, language=language, edition__article__in=ids)
        on = set(listings.values_list("edition__article", flat=True))
        rows = [row for row in rows if row.article_id in on or row.is_gone(at=at)]
    return rows
