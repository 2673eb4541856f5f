"""Statements that Django writes once, and that then run with other values.

Django takes several times as long to write a statement as the database takes to answer one that an
index serves. The statements of a public page differ in their values only, so they are kept, as
compiled templates are; no answer ever is.

    @statement
    def tags(language):
        return Tag.objects.filter(items__content_object=Given("owner")).values_list(...)

    tags("es", owner=12)  # a list of rows, whose fields have the names of the columns
"""

from collections import namedtuple
from datetime import datetime
from functools import update_wrapper
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, F
from django.db.models.query import ValuesListIterable


class Given(Expression):
    """Stands in a queryset for a value that each call of the statement brings, under this name.

    With a `place` it is the value there in a list; see Each.
    """

    def __init__(self, name, place=None):
        super().__init__()
        self.name, self.place = name, place

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def of(self, given, connection):
        """Return the value in `given`, as the database takes it."""
        value = given[self.name] if self.place is None else given[self.name][self.place]
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        return value


class Each(Expression):
    """Stands behind `__in` for a list of so many values, which `padded` has made."""

    def __init__(self, name, number):
        super().__init__()
        self.values = [Given(name, place) for place in range(number)]

    def as_sql(self, compiler, connection):
        return f"({', '.join(['%s'] * len(self.values))})", self.values


def padded(values):
    """Return the values as a list, the last one repeated until their number is a power of two.

    So there are few statements, however many numbers of values there may be. None is one None, which
    equals nothing.
    """
    values = list(values) or [None]
    number = 1 << (len(values) - 1).bit_length()
    return values + values[-1:] * (number - len(values))


def named(queryset, *fields, **columns):
    """Return a queryset of values: these fields, and under each name the column that it stands for."""
    others = {name: F(path) for name, path in columns.items() if name != path}
    return queryset.annotate(**others).values_list(*fields, *columns, named=True)


class Statement:
    """A function that returns a queryset of values, as one that returns their rows; see the module.

    What it is called with by position makes another statement, what by name only other values.
    """

    def __init__(self, build):
        self.build, self.querysets = build, {}
        update_wrapper(self, build)

    def __call__(self, *shape, **given):
        # The statement of other languages is another one.
        key = (*shape, tuple(settings.LANGUAGES))
        if key not in self.querysets:
            self.querysets[key] = _checked(self.build(*shape))
        queryset = self.querysets[key]
        connection = connections[queryset.db]
        # Kept with the connection, which it knows: kept here, it would keep that open.
        written = vars(connection).setdefault("statements", {})
        if (self, key) not in written:
            written[self, key] = _written(queryset, connection)
        return _run(written[self, key], connection, given)


statement = Statement


class Written(NamedTuple):
    """A statement for one database: its text and parameters, and how its rows are read."""

    sql: str | None
    parameters: tuple
    row: type
    compiler: object
    converters: dict


def _checked(queryset):
    """Return a queryset whose columns come in the order in which they were asked for."""
    if not issubclass(queryset._iterable_class, ValuesListIterable):
        raise TypeError(
            "a statement takes values_list(), behind rewrite(mode=False) where texts are translated"
        )
    return queryset


def _written(queryset, connection):
    """Return what `_run` needs of a queryset; its statement is None where none is needed."""
    compiler = queryset.query.clone().get_compiler(connection=connection)
    row = namedtuple("Row", queryset._fields)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Written(None, (), row, compiler, {})
    columns = [column for column, *_rest in compiler.select[: compiler.col_count]]
    return Written(sql, parameters, row, compiler, compiler.get_converters(columns))


def _run(written, connection, given):
    if written.sql is None:
        return []
    values = [
        value.of(given, connection) if isinstance(value, Given) else value
        for value in written.parameters
    ]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, values)
        rows = cursor.fetchall()
    if written.converters:
        rows = written.compiler.apply_converters(rows, written.converters)
    return [written.row._make(row) for row in rows]
