"""Fail when SQL computes on the base column of a translated field.

django-modeltranslation keeps `title` beside `title_en`, `title_es` …: a copy of whichever language
was active at the last save. A whole row may be loaded with it; a condition, an order, a group or an
expression on it answers in a language of chance, without an error. The guard sees the statements
themselves, so it also catches what reached the base column by F(), Lower() or a related model.
"""

import re
from functools import cache, lru_cache

from django.db import connections
from django.db.backends.signals import connection_created
from modeltranslation.translator import translator

SET_OPERATION = re.compile(r" (?:UNION ALL|UNION|INTERSECT|EXCEPT) ")
SELECT = re.compile(r"\(*SELECT (?:DISTINCT (?:ON \([^)]*\) )?)?")
DERIVED_TABLE = re.compile(r"(?: FROM| JOIN) $")
# Django writes aliases in lower case or as T3 or U0; words of SQL have two capitals or more.
ALIAS = re.compile(r'"(?P<table>\w+)" (?:AS )?(?P<alias>(?![A-Z]{2})\w+)')
COLUMN = re.compile(r'"?(?P<table>\w+)"?\."(?P<column>\w+)"')
CLAUSE = re.compile(r" (WHERE|GROUP BY|HAVING|ORDER BY|LIMIT) ")
NUMBER = re.compile(r"(\d+)(?: (?:ASC|DESC).*)?$")
PLAIN = re.compile(r'"?\w+"?\."\w+"(?: AS "?\w+"?)?')


class BaseColumnUsedError(AssertionError):
    """A statement computes on a column that holds a language of chance."""


@cache
def base_columns():
    """Return table name -> (base columns, primary key) of every model with translated fields."""
    result = {}
    for model in translator.get_registered_models(abstract=False):
        names = translator.get_options_for_model(model).local_fields
        columns = {model._meta.get_field(name).column for name in names}
        if columns and not model._meta.proxy:
            result[model._meta.db_table] = (columns, model._meta.pk.column)
    return result


def top_level(sql):
    """Return the statement with everything inside parentheses blanked out, position for position."""
    depth, result = 0, []
    for character in sql:
        depth -= character == ")"
        result.append(" " if depth else character)
        depth += character == "("
    return "".join(result)


def split_at(sql, spans):
    """Return the parts of the statement between the given (start, end) spans."""
    edges = [0, *(edge for span in spans for edge in span), len(sql)]
    return [sql[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def list_items(sql):
    """Return the parts of a comma-separated list."""
    commas = [match.span() for match in re.finditer(", ", top_level(sql))]
    return [part.strip() for part in split_at(sql, commas)]


def computed(items, *, tables=None):
    """Return the items, joined, without those that are a plain column (of one of the tables)."""
    return ", ".join(
        item
        for item in items
        if not PLAIN.fullmatch(item)
        or (tables is not None and COLUMN.match(item)["table"] not in tables)
    )


def numbered(entries, items):
    """Return the entries of a clause, each that is a number replaced by the item it stands for."""
    numbers = (NUMBER.match(entry) for entry in entries)
    return [
        items[int(number[1]) - 1] if number else entry
        for number, entry in zip(numbers, entries, strict=True)
    ]


def clauses_of(sql):
    """Return the statement's text behind its list of columns, by the word that opens each clause."""
    matches = list(CLAUSE.finditer(top_level(sql)))
    starts = [0, *(match.end() for match in matches)]
    ends = [*(match.start() for match in matches), len(sql)]
    names = ["FROM", *(match[1] for match in matches)]
    return {name: sql[a:b] for name, a, b in zip(names, starts, ends, strict=True)}


def without_derived_tables(sql):
    """Return the statement without its derived tables, and the statements inside those."""
    flat = top_level(sql)
    spans = [
        (match.start() + 1, flat.index(")", match.start()))
        for match in re.finditer(r"\(", flat)
        if DERIVED_TABLE.search(sql[: match.start()]) and sql.startswith("(SELECT ", match.start())
    ]
    return "".join(split_at(sql, spans)), [sql[start:end] for start, end in spans]


class Statement:
    """One SELECT with the tables it names; `misuse()` is the first computed base column or None."""

    def __init__(self, sql, *, tables=None):
        tables = base_columns() if tables is None else tables
        self.sql = sql
        self.tables = tables | {
            match["alias"]: tables[match["table"]]
            for match in ALIAS.finditer(sql)
            if match["table"] in tables
        }

    def misuse(self):
        if not self.sql.lstrip("( ").startswith("SELECT "):
            return self._first_use(self.sql)
        arms = split_at(self.sql, [m.span() for m in SET_OPERATION.finditer(top_level(self.sql))])
        uses = (self._misuse_in_select(arm) for arm in arms)
        return next((use for use in uses if use), None)

    def _misuse_in_select(self, sql):
        if sql.startswith("(") and sql.rstrip().endswith(")"):
            return self._misuse_in_select(sql.strip()[1:-1])
        flat = top_level(sql)
        begin = SELECT.match(flat)
        end = flat.find(" FROM ")
        if not begin or end < 0:
            return self._first_use(sql)
        items = list_items(sql[begin.end() : end])
        return (
            self._first_use(sql[: begin.end()])
            or self._first_use(computed(items))
            or self._misuse_in_rest(sql[end:], items)
        )

    def _misuse_in_rest(self, sql, items):
        """Look at all behind the list of columns; a derived table may list plain columns itself."""
        sql, inner = without_derived_tables(sql)
        uses = (Statement(statement, tables=self.tables).misuse() for statement in inner)
        clauses = clauses_of(sql)
        group = numbered(list_items(clauses.pop("GROUP BY", "")), items)
        order = numbered(list_items(clauses.pop("ORDER BY", "")), items)
        return (
            next(filter(None, uses), None)
            or self._first_use(", ".join([*clauses.values(), *order]))
            or self._misuse_in_group(group)
        )

    def _misuse_in_group(self, group):
        """A group that holds the primary key is one row: SQLite names all its columns then."""
        rows = {
            table
            for table, (_, key) in self.tables.items()
            for item in group
            if (match := COLUMN.match(item)) and match.groups() == (table, key)
        }
        return self._first_use(computed(group, tables=rows))

    def _first_use(self, sql):
        for match in COLUMN.finditer(sql):
            columns, _ = self.tables.get(match["table"], ((), None))
            if match["column"] in columns:
                return match.group(0)
        return None


@lru_cache(maxsize=10_000)
def misuse(sql):
    """Return the base column on which a statement computes, or None."""
    looked_at = sql.lstrip("( ").startswith(("SELECT ", "UPDATE ", "DELETE "))
    return Statement(sql).misuse() if looked_at else None


def guard(execute, sql, params, many, context):
    """Execute a statement, unless it computes on a base column: then raise BaseColumnUsedError."""
    if use := misuse(sql):
        message = f"{use} holds a language of chance; name the language's own. In: {sql[:400]}"
        raise BaseColumnUsedError(message)
    return execute(sql, params, many, context)


def watch(connection, **_):
    """Guard one connection; also the receiver of connection_created."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def watch_every_connection():
    """Guard the connections that exist and those that a thread of a live server will open."""
    connection_created.connect(watch, dispatch_uid="sqlguard")
    for connection in connections.all(initialized_only=True):
        watch(connection)
