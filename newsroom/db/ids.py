"""Ids of rows before they are written: what refers to a row can be made before the row has its place."""

from itertools import count

from django.db import connection


def coming(model, *, number):
    """Yield ids for new rows of a model, asked for so many at once.

    Only inside the lock of all who write, and only until any row of the model is written: SQLite has no sequence to take them from.
    """
    if connection.vendor == "sqlite":
        yield from count(_last(model) + 1)
    while True:
        yield from _taken(model, number)


def _last(model):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
        return cursor.fetchone()[0] or 0


def _taken(model, number):
    sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    names = [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*names, number])
        return [pk for (pk,) in cursor.fetchall()]
