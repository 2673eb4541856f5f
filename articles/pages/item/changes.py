"""What has changed in a language, page by page, in the order in which partners are told."""

from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q

from articles.models import Edition, Item, Listing
from articles.pages.item import news

SIZE = 30
"""How many items a page holds."""

SPAN = 10_000
"""How many changes one page of a scope looks through at most: a rare region must not cost the whole archive at once."""


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
    rows = Item.objects.filter(language=language, position__gt=after, position__lte=last)
    until = _reach(rows, last) if shelves else last
    for shelf in shelves:
        rows = rows.filter(position__lte=until).filter(_stands_on(shelf, language) | ~_is_live(language, at))
    found = list(rows.order_by("position")[: SIZE + 1])
    is_full, found = len(found) > SIZE, found[:SIZE]
    place = found[-1].position if is_full else until
    return Batch(language, news.read(found, tree=tree, at=at), place, is_full or until < last)


def _reach(rows, last):
    """Return the place up to which a page looks through rows."""
    places = rows.order_by("position").values_list("position", flat=True)
    return next(iter(places[SPAN - 1 : SPAN]), last)


def _stands_on(shelf, language):
    rows = Listing.objects.filter(edition__article=OuterRef("article"), language=language)
    return Q(Exists(rows.filter(shelf)))


def _is_live(language, at):
    live = Edition.objects.live(language=language, at=at)
    return Q(Exists(live.filter(article=OuterRef("article"))))
