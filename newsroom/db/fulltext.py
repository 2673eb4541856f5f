"""Find rows by words that the caller has made comparable: a database matches them as they are, and knows no language.

A column holds the words of a row with a space between them. PostgreSQL finds them by a GIN index on a tsvector, SQLite
by a table of FTS5 that triggers keep in step. Rows come in the order of their keys, the highest first: no database ranks,
so that all answer the same.

FTS5 reads rows in that order, and stops when there are enough. GIN cannot. So PostgreSQL has each word once for each span of keys, and
one statement goes back span by span: what is far behind is not read, however many rows hold a word.
"""

from operator import itemgetter
from typing import NamedTuple

from django.db import connections

LOWEST = -(1 << 62)
ANY = "*"


class Match(NamedTuple):
    """What is to be in a row: of each group in `every` one word, and nothing of what `none` match.

    A word with ANY at its end stands for all that begin with what is before that.
    """

    every: tuple[tuple[str, ...], ...]
    none: tuple["Match", ...] = ()


class Search(NamedTuple):
    """The rows that fulfil the first of the matches, from the highest key on, then those of the next, and so on.

    There are `limit` at most. Each match has its own highest key in `tops`; the lowest one is `bottom`.
    """

    matches: tuple[Match, ...]
    tops: tuple[int, ...]
    limit: int
    bottom: int = LOWEST


class Hit(NamedTuple):
    """A row: which match it fulfils, by its place among the matches of the search, and its key."""

    match: int
    key: int


class Index:
    """The words in a column of a table, with a key that no two rows share.

    Keys that differ in their lower `far` bits only are one span. Of words that are in very many rows not even the newest span is
    read whole: the latest keys are looked at first, those of NEAREST spans of `near` bits. SQLite keeps a list of its own for each beginning of so
    many letters as `prefixes` say: the lists of all words with a common beginning would take it long to merge.
    """

    def __init__(self, table, *, key, words, near, far, prefixes=()):
        self.table, self.key, self.words, self.near, self.far = table, key, words, near, far
        self.prefixes = prefixes

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
        if not searches:
            return []
        write = self._on_sqlite if connection.vendor == "sqlite" else self._on_postgresql
        with connection.cursor() as cursor:
            cursor.execute(*write(searches))
            rows = cursor.fetchall()
        # A statement may not keep the order.
        rows.sort(key=itemgetter(2), reverse=True)
        rows.sort(key=itemgetter(1))
        by_search = [[] for _search in searches]
        for number, match, key in rows:
            by_search[number].append(Hit(match, key))
        return [hits[: search.limit] for hits, search in zip(by_search, searches, strict=True)]

    def _on_postgresql(self, searches):
        """Return a statement that takes each search step by step and each step span by span, until there are enough rows.

        They are the outer sides of nested loops, so they are taken in their order, and no more of them than needed.
        A key with nothing added would invite the planner to read the table by it, and to make a tsvector of each row.
        An array has ten members for the planner; a thousand spans, as it takes a series for, would be worth compiling.
        """
        limits = [(number, search.limit) for number, search in enumerate(searches)]
        steps = [
            (number, *step)
            for number, search in enumerate(searches)
            for step in self._steps(search)
        ]
        lowest = f"(SELECT min({self.key}) FROM {self.table})"  # noqa: S608
        sql = (
            f"SELECT search.number, hit.match, hit.key FROM (VALUES {_rows('(%s::int, %s::int)', limits)}) AS search (number, most)"  # noqa: S608
            " CROSS JOIN LATERAL (SELECT step.match, this.key"
            f" FROM (VALUES {_rows('(%s::int, %s::int, %s::text, %s::bigint, %s::bigint)', steps)}) AS step (search, match, query, top, bottom)"
            " CROSS JOIN LATERAL unnest(ARRAY(SELECT generate_series"
            f"({_span('step.top', self.far)}, {_span(f'greatest(step.bottom, {lowest})', self.far)}, -1))) AS span"
            f" CROSS JOIN LATERAL (SELECT {self.key} AS key FROM {self.table}"
            f" WHERE {self._vector} @@ replace(step.query, '{SPAN}', span::text)::tsquery"
            f" AND {self.key} + 0 BETWEEN step.bottom AND step.top ORDER BY {self.key} + 0 DESC LIMIT search.most) AS this"
            " WHERE step.search = search.number LIMIT search.most) AS hit"
        )
        return sql, [value for row in [*limits, *steps] for value in row]

    def _steps(self, search):
        """Yield (match, query, highest key, lowest key): for each match its latest keys, and then the others."""
        for place, (match, top) in enumerate(zip(search.matches, search.tops, strict=True)):
            last, query = max(top >> self.near, 0), _tsquery(match)
            spans = range(last, max(last - NEAREST, -1), -1)
            latest = " | ".join(f"'{NEAR}{span}'" for span in spans)
            edge = max(spans[-1] << self.near, search.bottom) if spans[-1] else search.bottom
            yield place, f"{query} & ({latest})", top, edge
            if edge > search.bottom:
                yield place, query, edge - 1, search.bottom

    def _on_sqlite(self, searches):
        """Return a statement with a part for each match."""
        sql = (
            f"SELECT * FROM (SELECT %s, %s, rowid FROM {self._shadow} WHERE {self._shadow} MATCH %s"  # noqa: S608
            " AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s)"
        )
        parts = [
            (number, place, _fts(match), search.bottom, top, search.limit)
            for number, search in enumerate(searches)
            for place, (match, top) in enumerate(zip(search.matches, search.tops, strict=True))
        ]
        return " UNION ALL ".join([sql] * len(parts)), [value for part in parts for value in part]

    @property
    def _vector(self):
        """Each word with its span before it, and a word for the span of `near` bits."""
        near, far = (f"{_span(self.key, bits)}::text" for bits in (self.near, self.far))
        words = f"replace(' ' || {self.words}, ' ', ' ' || {far} || ':')"
        return f"array_to_tsvector(string_to_array('{NEAR}' || {near} || {words}, ' '))"

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
        prefixes = " ".join(map(str, self.prefixes))
        also = f", prefix='{prefixes}'" if prefixes else ""
        return [
            f"CREATE VIRTUAL TABLE {self._shadow} USING fts5({self.words}, content='{self.table}', "
            f"content_rowid='{self.key}', detail=none, columnsize=0, tokenize=\"ascii tokenchars '{SIGNS}'\"{also})",
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


SPAN, NEAR, NEAREST = "@", "near:", 3
"""What stands for a span in a query, what is before the word for a near one, and how many of those are looked at first."""


def _rows(pattern, rows):
    return ", ".join([pattern] * len(rows))


def _span(key, bits):
    """Return SQL for the number of the span of a key; what is below zero is all one."""
    return f"greatest({key} >> {bits}, 0)"


def _tsquery(match):
    wanted = " & ".join(_any(group, " | ", f"'{SPAN}:{{}}'", ":*") for group in match.every)
    return wanted + "".join(f" & !({_tsquery(unwanted)})" for unwanted in match.none)


def _fts(match):
    wanted = " AND ".join(_any(group, " OR ", '"{}"', " *") for group in match.every)
    for unwanted in match.none:
        wanted = f"({wanted}) NOT ({_fts(unwanted)})"
    return wanted


def _any(group, joint, pattern, beginning):
    """Return what asks for one word of a group; `beginning` is what a database has behind one that is a beginning."""
    words = (
        pattern.format(word.removesuffix(ANY)) + (beginning if word.endswith(ANY) else "")
        for word in group
    )
    return f"({joint.join(words)})"
