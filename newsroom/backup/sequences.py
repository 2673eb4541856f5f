"""The numbers that a database gives to new rows: one that was given stays taken, also if its row is gone."""

from django.db import connection
from django.db.models import AutoField


def last(table):
    """Return the last number that was given to a row of a Table; None where nobody gives them, or has yet."""
    if not _gives(table):
        return None
    name, key = table.model._meta.db_table, table.model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [name])
            row = cursor.fetchone()
            return row and (row[0] or None)
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(name), key])
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608
        number, is_given = cursor.fetchone()
        return number if is_given else None


def go_on(table, number):
    """Let the next new row of a Table get the number after this one."""
    if not _gives(table):
        return
    name, key = table.model._meta.db_table, table.model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, number or 0])
            return
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
            [_quoted(name), key, number or 1, number is not None],
        )


def _gives(table):
    return isinstance(table.model._meta.pk, AutoField)


def _quoted(name):
    return connection.ops.quote_name(name)
