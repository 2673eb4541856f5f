"""The order of purges: a number that each one has, and the number below which all are visible.

On PostgreSQL it is the id of the transaction that wrote the purge, and the horizon the oldest one
that is still under way (PostgreSQL, "pg_snapshot_xmin"): whoever starts to read now sees every change
with a smaller number. On SQLite, where one transaction writes at a time, it is the id of the row.
"""

from django.db import connections
from django.db.models import BigIntegerField, Func

HORIZON = {
    "postgresql": "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
    "sqlite": "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'pagecache_purge'), 0) + 1",
}


class Now(Func):
    """The number of a purge that is being inserted."""

    output_field = BigIntegerField()
    arity = 0
    of_postgresql = "pg_current_xact_id()"

    def as_postgresql(self, compiler, connection, **context):
        return f"{self.of_postgresql}::text::bigint", []

    def as_sqlite(self, compiler, connection, **context):
        return f"({HORIZON['sqlite']})", []


class End(Now):
    """The number below which all are that this statement can see, if they were given here."""

    of_postgresql = "pg_snapshot_xmax(pg_current_snapshot())"


def horizon(*, using):
    """Return the horizon of a database; raises django.db.Error if it does not answer."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(HORIZON[connection.vendor])
        return cursor.fetchone()[0]
