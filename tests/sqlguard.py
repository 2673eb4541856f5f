"""Fail when SQL computes on the base column of a translated field.

django-modeltranslation keeps `title` beside `title_en`, `title_es` …: a copy of whichever language
was active at the last save. A whole row may be loaded with it; a condition, an order, a group or an
expression on it answers in a language of chance, without an error. The guard sees the statements
themselves, so it also catches what reached the base column by F(), Lower() or a related model.
"""

import re
from functools import cache

from django.db import connections
from django.db.backends.signals import connection_created
from modeltranslation.translator import translator

SET_OPERATION = re.compile(r" (?:UNION ALL|UNION|INTERSECT|EXCEPT) ")
SELECT = re.compile(r"\(*SELECT (?:DISTINCT (?:ON \([^)]*\) )?)?")
DERIVED_TABLE = re.compile(r"(?: FROM| JOIN) $")
ALIAS = re.compile(r'"(?P<table>\w+)" (?:AS )?"?(?P<alias>[TUVW]\d+)"?')
COLUMN = re.compile(r'"?(?P<table>\w+)"?\."(?P<column>\w+)"')
PLAIN = re.compile(r'"?\w+"?\."\w+"(?: AS "?\w+"?)?')


class BaseColumnUsedError(AssertionError):
    """A statement computes on a column that holds a language of chance."""


@cache
def base_columns():
    """Return table name -> (base columns, primary key) of every model with translated fields."""
    result = {}
    for model in translator.get_registered_models(abstract=False):
        names = translator.get_options_for_model(model).all_fields
        columns = {model._meta.get_field(name).column for name in names}
        if columns and not model._meta.proxy:
            result[model._meta.db_table] = (columns, model._meta.pk.column)
    return result


def top_level(sql):
    """Return the statement with everything inside parentheses blanked out, position for position."""
    depth, result = 0, []
    for character in sql:
        depth -= character == ")"
        result.append(" " if depth and character not in "()" else character)
        depth += character == "("
    return "".join(result)


def split_at(sql, spans):
    """Return the parts of the statement between the given (start, end) spans."""
    edges = [0, *(edge for span in spans for edge in span), len(sql)]
    return [sql[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


class Statement:
    """One SELECT with the tables it names; `misuse()` is the first computed base column or None."""

    def __init__(self, sql, *, tables=None):
        tables = base_columns() if tables is None else tables
        self.sql = sql
        self.tables = tables | {
            found["alias"]: tables[found["table"]]
            for found in ALIAS.finditer(sql)
            if found["table"] in tables
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
        items = self._computed(sql[begin.end() : end])
        return self._first_use(items) or self._misuse_in_rest(sql[end:])

    def _misuse_in_rest(self, sql):
        """Look at all behind the list of columns; a derived table may list plain columns itself."""
        sql, inner = self._without_derived_tables(sql)
        for statement in inner:
            if use := Statement(statement, tables=self.tables).misuse():
                return use
        flat = top_level(sql)
        start = flat.find(" GROUP BY ")
        if start < 0:
            return self._first_use(sql)
        ends = [flat.find(word, start) for word in (" HAVING ", " ORDER BY ", " LIMIT ")]
        end = min((position for position in ends if position > 0), default=len(sql))
        group = sql[start + len(" GROUP BY ") : end]
        return self._first_use(sql[:start] + sql[end:]) or self._misuse_in_group(group)

    def _misuse_in_group(self, group):
        """A group that holds the primary key is one row: SQLite names all its columns then."""
        for table, (_, key) in self.tables.items():
            if re.search(rf'"?\b{table}"?\."{key}"', group):
                group = self._computed(group, table=table)
        return self._first_use(group)

    def _computed(self, items, *, table=None):
        """Return the comma-separated items without those that are a plain column (of the table)."""
        commas = [found.span() for found in re.finditer(", ", top_level(items))]
        parts = (part.strip() for part in split_at(items, commas))
        return ", ".join(
            part
            for part in parts
            if not PLAIN.fullmatch(part)
            or (table is not None and COLUMN.match(part)["table"] != table)
        )

    def _without_derived_tables(self, sql):
        spans = []
        flat = top_level(sql)
        for found in re.finditer(r"\(", flat):
            start = found.start()
            derived = DERIVED_TABLE.search(sql[:start])
            if derived and sql.startswith("(SELECT ", start):
                spans.append((start + 1, flat.index(")", start)))
        inner = [sql[start:end] for start, end in spans]
        return "".join(split_at(sql, spans)), inner

    def _first_use(self, sql):
        for found in COLUMN.finditer(sql):
            columns, _ = self.tables.get(found["table"], ((), None))
            if found["column"] in columns:
                return found.group(0)
        return None


def guard(execute, sql, params, many, context):
    """Execute a statement, unless it computes on a base column: then raise BaseColumnUsedError."""
    if sql.lstrip("( ").startswith(("SELECT ", "UPDATE ", "DELETE ")) and (
        use := Statement(sql).misuse()
    ):
        message = (
            f"{use} holds a language of chance; name the language's own column. In: {sql[:400]}"
        )
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
