"""Which lists a change adds stories to and takes them from, and at which moments."""

from collections import defaultdict

from django.conf import settings
from django.db import connection

from articles.models import SHELVES, Category, Edition, Listing
from articles.pages import archive as archives, menu
from articles.purging.kind import Part
from articles.purging.names import list_of, name
from newsroom.moments import FOREVER
from newsroom.pagecache import Spot

PARTS = (
    Part(
        "list:<shelf>:<id>:<language>",
        "stories of a category, tag or author, between two moments",
        "a story comes to this shelf or leaves it at a moment between the two",
    ),
    Part(
        "list:all:<language>",
        "the newest stories, or those of a month, between two moments",
        "a story is published or withdrawn whose time lies between the two",
    ),
    Part(
        "filled:<shelf>:<id>:<language>",
        "whether a shelf (category, tag, author, month, day) holds anything in a language",
        "the first story comes, or the last one goes",
    ),
    Part(
        "index:<shelf>:<language>",
        "which categories, tags or authors have stories in a language",
        "one of them gets its first story there, or loses its last",
    ),
    Part(
        "months:<language>",
        "the months of the archive, with the numbers of their stories",
        "a story comes to a month or leaves it",
    ),
)
"""The parts of pages that are lists, of whatever they show."""

PERIODS = {
    "month": lambda moment: f"{archives.here(moment):%Y-%m}",
    "day": lambda moment: f"{archives.here(moment):%Y-%m-%d}",
}
"""The lists of all stories by time -> how they name the one in which a moment lies."""

HELD = 200
"""How many places of one list are remembered; a change of more is one of the whole list."""

ASKED = 100
"""How many lists are asked in one query whether they hold anything."""


class Rows:
    """Rows that have come to lists and gone from them, by list: (shelf, id on it, language).

    `_places` maps a list to {(moment, id of the edition): 1 if it has come, -1 if it has gone}.
    """

    def __init__(self):
        self._places = defaultdict(dict)
        self._whole = set()

    def note(self, *, gone, come):
        """Note listing rows; see change.note_rows."""
        enabled = dict(settings.LANGUAGES)
        for rows, step in ((gone, -1), (come, 1)):
            for edition, language, moment, shelf, pk in rows:
                if language in enabled:
                    self._count((shelf, pk, language), (moment, edition), step)

    def note_places(self, before, after):
        """Note places in the lists of all stories as they were and as they are: (language, moment, id)."""
        for places, step in ((before - after, -1), (after - before, 1)):
            for language, moment, pk in places:
                self._count(("all", None, language), (moment, pk), step)
                for period, name_of in PERIODS.items():
                    self._count((period, name_of(moment), language), (moment, pk), step)

    def purges(self, *, at):
        """Return (tags, due): what is to be purged now, and moment -> what is to be purged then."""
        self._make_sure()
        tags, due = set(), defaultdict(set)
        for key, rows in self._places.items():
            self._purge_places(key, rows, tags, due, at=at)
        touched = (key for key, rows in self._places.items() if rows or key in self._whole)
        lists = [key for key in touched if key[0] != "all"]
        changed, empty = self._filled(lists, at=at)
        in_menu = _in_menu([*changed, *empty])
        for key in changed:
            tags |= _names_of(key, in_menu)
        for key in empty:
            if moment := _coming(key, at=at).first():
                due[moment] |= _names_of(key, in_menu)
        return tags, due

    def _count(self, key, row, step):
        rows = self._places[key]
        if key in self._whole:
            return
        rows.setdefault(row, step)
        if len(rows) > HELD:
            self._whole.add(key)
            rows.clear()

    def _make_sure(self):
        """Keep only rows that have come and are there, or have gone and are not.

        The first step of a row tells whether it was there before; how it ended is asked of the
        database, because a savepoint may have taken back what was noted.
        """
        noted = {key: rows for key, rows in self._places.items() if key[0] in SHELVES and rows}
        editions = {edition for rows in noted.values() for _moment, edition in rows}
        there = set()
        if editions:
            rows = Listing.objects.filter(edition__in=editions).order_by()
            for edition, language, moment, shelf, pk in rows.by_identity():
                there.add(((shelf, pk, language), (moment, edition)))
        for key, rows in noted.items():
            self._places[key] = {
                row: step for row, step in rows.items() if (step > 0) == ((key, row) in there)
            }

    def _purge_places(self, key, rows, tags, due, *, at):
        if key[0] in PERIODS:
            if key[0] == "month":
                self._purge_numbers(key, rows, tags, due, at=at)
            return
        if key in self._whole:
            tags.add(list_of(*key))
            rows = {(moment, None): 1 for moment in _coming(key, at=at)}
        for (moment, _pk), step in rows.items():
            spot = Spot(list_of(*key), moment)
            if moment <= at:
                tags.add(spot)
            elif step > 0:
                due[moment].add(spot)

    def _purge_numbers(self, key, rows, tags, due, *, at):
        """Purge the number of stories of a month, and what is made of it."""
        months = name("months", key[2])
        if key in self._whole:
            rows = {(moment, None): 1 for moment in _coming(key, at=at)}
        if key in self._whole or _is_another_number(rows, at=at):
            tags.add(months)
        for (moment, _pk), step in rows.items():
            if moment > at and step > 0:
                due[moment].add(months)

    def _filled(self, keys, *, at):
        """Return which lists are filled now and were empty, or the other way round; and which are empty."""
        live = {key: _steps(self._places[key], at=at) for key in keys}
        # Beyond those that have come stands whatever was there before, too.
        asked = {key: 0 if key in self._whole else come for key, (come, _gone) in live.items()}
        others = _holding(asked, at=at)
        changed, empty = [], []
        for key, (come, gone) in live.items():
            was, is_now = key in others or gone, key in others or come
            if key in self._whole or bool(was) != bool(is_now):
                changed.append(key)
            if not is_now:
                empty.append(key)
        return changed, empty


def _is_another_number(rows, *, at):
    """Return whether readers see more stories of a month, or fewer; within it they may move, and one may come for another."""
    return sum(step for (moment, _pk), step in rows.items() if moment <= at) != 0


def _steps(rows, *, at):
    """Return how many of these rows have come to, and gone from, what readers see."""
    live = [step for (moment, _pk), step in rows.items() if moment <= at]
    return live.count(1), live.count(-1)


def _names_of(key, in_menu):
    names = {name("filled", *key)}
    if key[0] in SHELVES:
        names.add(name("index", key[0], key[2]))
    if key in in_menu:
        names.add(name("menu", key[2]))
    return names


def _in_menu(keys):
    """Return those of these shelves that have a place in the menu of their language."""
    categories = {key for key in keys if key[0] == "category"}
    if not categories:
        return categories
    tree, choices = Category.tree(), menu.stored()
    named = {code: menu.places(tree, choices.get(code, ())) for _shelf, _pk, code in categories}
    return {key for key in categories if key[1] in named[key[2]]}


def _bounds(period):
    """Return the first and the last moment of a month or a day, by its name: "2017-11-30"."""
    return archives.bounds(*map(int, period.split("-")))


def _coming(key, *, at):
    """Return a queryset of the moments at which rows of a list are to be seen, the next one first."""
    shelf, pk, language = key
    if shelf in SHELVES:
        rows = Listing.objects.filter(language=language, **{shelf: pk})
    else:
        first, last = (at, FOREVER) if shelf == "all" else _bounds(pk)
        live = Edition.objects.live(language=language, at=last)
        rows = live.filter(published_at__gte=first)
    later = rows.filter(published_at__gt=at).order_by("published_at")
    return later.values_list("published_at", flat=True)


def _holding(asked, *, at):
    """Return those lists that hold more than so many rows; `asked` maps a list to the number."""
    holding = set()
    keys = list(asked)
    for start in range(0, len(keys), ASKED):
        part = keys[start : start + ASKED]
        conditions = [_beyond(key, asked[key], at=at) for key in part]
        sql = ", ".join(f"EXISTS({condition})" for condition, _values in conditions)
        values = [value for _condition, parameters in conditions for value in parameters]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {sql}", values)
            holding |= {key for key, holds in zip(part, cursor.fetchone(), strict=True) if holds}
    return holding


def _beyond(key, number, *, at):
    """Return a statement for the rows of a list after so many of them, with its parameters."""
    shelf, pk, language = key
    if shelf in PERIODS:
        first, last = _bounds(pk)
        live = Edition.objects.live(language=language, at=min(at, last))
        rows = live.filter(published_at__gte=first).values("pk")[number : number + 1]
        return rows.query.sql_with_params()
    # By hand: a story stands on a dozen shelves, and an import brings many.
    table, moment = Listing._meta.db_table, connection.ops.adapt_datetimefield_value(at)
    condition = f"{shelf}_id = %s AND language = %s AND published_at <= %s"
    sql = f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1 OFFSET {number}"  # noqa: S608, names of ours
    return sql, [pk, language, moment]
