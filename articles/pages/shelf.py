"""What stands on the shelf of a category, a tag or an author, or in a month of the archive.

A shelf is known by its `name` ("category", "tag", "author" or MONTH), its `pk`, and the moments
between which it is `bounded`, each None where it is not.
"""

from functools import reduce

from django.conf import settings

from articles import keyset
from articles.models import Edition, Listing
from articles.pages import card as cards
from articles.statements import Given, statement

MONTH = "month"
PLACE = keyset.Cursor(Given("moment"), Given("place"))


def page(shelf, *, language, at, before=None, after=None):
    """Return the keyset.Page of the cards next to a cursor, or the first one; one statement."""
    # The place bounds the rows, instead of a second bound beside the present: of two, SQLite may
    # take the wider one and read all that lies between.
    values = _values(shelf, min(at, before.moment) if before else at)
    way, cursor = ("after", after) if after else ("before", before) if before else ("", None)
    if cursor:
        values |= {"moment": cursor.moment, "place": cursor.key}
    found = _page(shelf.name, language, way, keyset.SIZE, **values)
    return keyset.taken(cards.read(found, at=at), before=before, after=after, size=keyset.SIZE)


def holds_any(shelf, *, language, at):
    """Return whether there is anything on the shelf in a language."""
    return bool(_first(shelf.name, language, **_values(shelf, at)))


def languages(shelf, *, at):
    """Return the languages in which there is anything; one seek each, in one statement."""
    return [code for (code,) in _languages(shelf.name, **_values(shelf, at))]


def _values(shelf, at):
    first, last = shelf.bounded
    return {"shelf": shelf.pk, "first": first, "at": min(at, last) if last else at}


@statement
def _page(name, language, way, size):
    rows = cards.rows(_rows(name, language), language=language, key=_key(name), path=_path(name))
    return keyset.ordered(rows, key=_key(name), size=size, **({way: PLACE} if way else {}))


@statement
def _first(name, language):
    return _newest(name, language)


@statement
def _languages(name):
    firsts = []
    for code, _name in settings.LANGUAGES:
        rows = _rows(name, code).model.objects.filter(pk__in=_newest(name, code))
        firsts.append(rows.values_list("language"))
    return reduce(lambda one, other: one.union(other, all=True), firsts)


def _newest(name, language):
    rows = _rows(name, language)
    return rows.order_by("-published_at", f"-{_key(name)}").values_list("pk")[:1]


def _rows(name, language):
    if name == MONTH:
        rows = Edition.objects.live(language=language, at=Given("at"))
        return rows.filter(published_at__gte=Given("first"))
    shelf = {name: Given("shelf")}
    return Listing.objects.on_shelf(language=language, at=Given("at"), **shelf)


def _key(name):
    """Return the column of a row that holds the id of its edition."""
    return "pk" if name == MONTH else "edition_id"


def _path(name):
    return "" if name == MONTH else "edition__"
