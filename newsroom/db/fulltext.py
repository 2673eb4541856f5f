"""Find rows by words that the caller has made comparable: a database matches them as they are, and knows no language.

A column holds the words of a row with a space between them. PostgreSQL finds them by a GIN index on a tsvector, SQLite
by a table of FTS5 that triggers keep in step. Rows come in the order of their keys, the highest first: no database ranks,
so that all answer the same.
"""

from typing import NamedTuple

from django.db import connections

LOWEST = -(1 << 62)


class Match(NamedTuple):
    """What is to be in a row: of each group in `every` one word, and nothing of what `none` match."""

    every: tuple[tuple[str, ...], ...]
    none: tuple["Match", ...] = ()


class Window(NamedTuple):
    """The rows up to the key `top` that have one of these words, or, without any, all of them."""

    words: tuple[str, ...]
    top: int


class Search(NamedTuple):
    """The rows that fulfil the first of the matches, from the highest key on, then those of the next, and so on.

    There are `limit` at most, with keys from `bottom` on. Each match has its `windows`, from the highest keys to all that are
    wanted: where words are in very many rows, no more of them are looked at than those of a window.
    """

    matches: tuple[Match, ...]
    windows: tuple[tuple[Window, ...], ...]
    limit: int
    bottom: int = LOWEST


class Hit(NamedTuple):
    """A row: which match it fulfils, by its place among the matches of the search, and its key."""

    match: int
    key: int


class Index:
    """The words in a column of a table, with a key that no two rows share."""

    def __init__(self, table, *, key, words):
        self.table, self.key, self.words = table, key, words

    @property
    def _shadow(self):
        return f"{self.table}_fts"

    def create(self, connection):
        """Make the index of a table that is there; in a migration."""
        self._execute(connection, self._created(connection.vendor))

    def drop(self, connection):
        self._execute(connection, self._dropped(connection.vendor))

    def find(self, searches, *, using):
        """Return the hits of each search; one statement for all of them."""
        searches, connection = list(searches), connections[using]
        write = self._on_sqlite if connection.vendor == "sqlite" else self._on_postgresql
        parts, given = [], []
        for number, search in enumerate(searches):
            sql, values = write(number, search)
            parts += sql
            given += values
        found = [[] for _search in searches]
        if parts:
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(parts), given)
                for number, match, key in cursor.fetchall():
                    found[number].append(Hit(match, key))
        return [_first(hits, search.limit) for hits, search in zip(found, searches, strict=True)]

    def _on_postgresql(self, number, search):
        """Return the parts of a statement: match by match and window by window, until there are enough rows.

        The steps are the outer side of a nested loop, so they are taken in their order, and no more of them than needed.
        A key with nothing added would invite the planner to read the table by it, and to make a tsvector of each row.
        """
        steps = [
            (place, _tsquery(match, window.words), window.top)
            for place, (match, windows) in enumerate(_pairs(search))
            for window in windows
        ]
        rows = ", ".join(["(%s::int, %s::tsquery, %s::bigint)"] * len(steps))
        sql = (
            f"(SELECT {number}, step.match, hit.key FROM (VALUES {rows}) AS step (match, query, top) CROSS JOIN LATERAL"  # noqa: S608
            f" (SELECT {self.key} AS key FROM {self.table} WHERE {self._vector} @@ step.query"
            f" AND {self.key} + 0 BETWEEN %s AND step.top ORDER BY {self.key} + 0 DESC LIMIT %s) AS hit LIMIT %s)"
        )
        values = [value for step in steps for value in step]
        return [sql], [*values, search.bottom, search.limit, search.limit]

    def _on_sqlite(self, number, search):
        """Return the parts of a statement; FTS5 reads the rows of a match in the order of their keys by itself."""
        sql = (
            f"SELECT * FROM (SELECT {number}, %s, rowid FROM {self._shadow} WHERE {self._shadow} MATCH %s"  # noqa: S608
            " AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s)"
        )
        values = []
        for place, (match, windows) in enumerate(_pairs(search)):
            values += [place, _fts(match), search.bottom, windows[0].top, search.limit]
        return [sql] * len(search.matches), values

    @property
    def _vector(self):
        return f"array_to_tsvector(string_to_array({self.words}, ' '))"

    def _created(self, vendor):
        if vendor != "sqlite":
            # Without fastupdate each search would read the rows that wait to be sorted in. Words that stand apart from
            # the keys leave many rows on one page.
            return [
                f"CREATE INDEX {self.table}_words ON {self.table} USING gin ({self._vector}) WITH (fastupdate = off)",
                f"ALTER TABLE {self.table} SET (toast_tuple_target = 128)",
            ]
        shadow, values = f"{self._shadow} (rowid, {self.words})", f"{self.key}, {self.words}"
        add = f"INSERT INTO {shadow} SELECT new.{self.key}, new.{self.words};"
        take = (
            f"INSERT INTO {self._shadow} ({self._shadow}, rowid, {self.words}) "
            f"SELECT 'delete', old.{self.key}, old.{self.words};"
        )
        triggers = {"INSERT": add, "DELETE": take, "UPDATE": take + add}
        return [
            f"CREATE VIRTUAL TABLE {self._shadow} USING fts5({self.words}, content='{self.table}', "
            f"content_rowid='{self.key}', detail=none, columnsize=0, tokenize=\"ascii tokenchars '{SIGNS}'\")",
            f"INSERT INTO {shadow} SELECT {values} FROM {self.table}",  # noqa: S608
            *(
                f"CREATE TRIGGER {self._shadow}_{name} AFTER {name} ON {self.table} BEGIN {body} END"
                for name, body in triggers.items()
            ),
        ]

    def _dropped(self, vendor):
        if vendor != "sqlite":
            return [
                f"DROP INDEX {self.table}_words",
                f"ALTER TABLE {self.table} RESET (toast_tuple_target)",
            ]
        names = ("INSERT", "DELETE", "UPDATE")
        return [
            *(f"DROP TRIGGER {self._shadow}_{name}" for name in names),
            f"DROP TABLE {self._shadow}",
        ]

    @staticmethod
    def _execute(connection, statements):
        with connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)


SIGNS = ":-"
"""What a word may hold beside letters, digits and signs that are not ASCII."""


def _pairs(search):
    """Yield each match with the windows in which it is looked for."""
    return zip(search.matches, search.windows, strict=True)


def _first(hits, limit):
    """Return so many hits in the order of the matches, which a statement may not keep."""
    return sorted(hits, key=lambda hit: (hit.match, -hit.key))[:limit]


def _tsquery(match, also=()):
    every = (*match.every, also) if also else match.every
    wanted = " & ".join(_any(group, " | ", "'", "'") for group in every)
    return wanted + "".join(f" & !({_tsquery(each)})" for each in match.none)


def _fts(match):
    wanted = " AND ".join(_any(group, " OR ", '"', '"') for group in match.every)
    for each in match.none:
        wanted = f"({wanted}) NOT ({_fts(each)})"
    return wanted


def _any(group, joint, before, after):
    return f"({joint.join(f'{before}{word}{after}' for word in group)})"
