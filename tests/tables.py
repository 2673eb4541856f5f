"""The tables of this run's test database, with the little that all tests find in them, for a site that a test starts.

To make them by migrations takes five seconds of a processor. Outside of a transaction.
"""

import fcntl
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.core.management.commands import migrate
from django.db import connection

from tests import postgres


def into_file(path):
    """Write them to a new file of SQLite, from SQLite; return the address of that database."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return f"sqlite:///{path}"


def as_sql():
    """Return them as SQL, from PostgreSQL."""
    source = connection.get_connection_params()
    dump = ["--no-owner", "-h", source["host"], "-U", "postgres", source["dbname"]]
    return _run("pg_dump", *dump, text=True).stdout


def into_database(name, *, host, sql=None):
    """Write them to an empty database of PostgreSQL that listens in a folder, from PostgreSQL."""
    load = ["-q", "-v", "ON_ERROR_STOP=1", "-h", host, "-U", "postgres", name]
    _run("psql", *load, input=sql or as_sql(), text=True)


def _run(program, *arguments, **options):
    command = [next(postgres.installations()) / program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, cwd="/", **options)


def share():
    """Let one process of a run make the tables by migrations, when its test database is made; the others copy them from it."""
    make = migrate.Command.handle

    def handle(command, *args, **options):
        migrate.Command.handle = make
        made = Path(os.environ["VAR_DIR"], "tables")
        with made.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if made.exists():
                _copy(made)
            else:
                make(command, *args, **options)
                _keep(made)

    if "PYTEST_XDIST_WORKER" in os.environ:
        migrate.Command.handle = handle


def _keep(made):
    if connection.vendor == "sqlite":
        into_file(made)
    else:
        made.write_text(as_sql(), encoding="utf-8")


def _copy(made):
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(made)) as source:
            connection.ensure_connection()
            source.backup(connection.connection)
    else:
        target = connection.get_connection_params()
        sql = made.read_text(encoding="utf-8")
        into_database(target["dbname"], host=target["host"], sql=sql)
