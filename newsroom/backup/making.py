"""Making an archive while the site is being written to."""

import json
import tempfile
import tomllib
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from newsroom.backup import Refused, archive, media, sequences
from newsroom.backup.tables import LEFT_OUT, carried
from newsroom.management.doctor import waiting_migrations

BEGIN = {
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    # Not as Django begins one, which would keep others from writing.
    "sqlite": "BEGIN DEFERRED",
}


def make(path, *, pictures=None, step=lambda _name: None):
    """Write an archive to a path and return its manifest; with `pictures`, a folder, those lie there, once for all archives.

    Raise Refused where the database is not that of this version.
    """
    if waiting_migrations():
        raise Refused("The database lacks changes of this version: run manage.py migrate first.")
    with archive.written(path) as writer, tempfile.TemporaryFile("w+", encoding="utf-8") as names:
        with snapshot():
            told = _about()
            told["tables"] = dict(_tables(writer, names, step))
        names.seek(0)
        told["files"] = _files(writer, (json.loads(line) for line in names), pictures, step)
        text = json.dumps(told, ensure_ascii=False, indent=1)
        writer.add(archive.MANIFEST, text.encode())
    return told


@contextmanager
def snapshot():
    """Let all that is read in the block be of one moment, and nobody wait for it; in a transaction it is that one's."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            # With the first question the moment is fixed.
            cursor.execute("SELECT count(*) FROM django_migrations")
            cursor.fetchone()
            yield
        finally:
            cursor.execute("ROLLBACK")


@cache
def schema():
    """Return the last migration of each app that this version has, as [app, name]."""
    return sorted(map(list, MigrationLoader(None).graph.leaf_nodes()))


def version():
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["version"]


def _about():
    return {
        "format": archive.FORMAT,
        "made_at": timezone.now().isoformat(),
        "version": version(),
        "schema": schema(),
        "left_out": LEFT_OUT,
    }


def _tables(writer, names, step):
    """Write the rows of each table, and the names of their files to an open one; yield what is told of each."""
    for name, table in carried().items():
        lines = table.lines(on_file=lambda file_name: names.write(f"{json.dumps(file_name)}\n"))
        number, digest = writer.add_lines(f"tables/{name}", lines)
        step(name)
        yield (
            name,
            {
                "rows": number,
                "sha256": digest,
                "columns": table.columns,
                "last": sequences.last(table),
            },
        )


def _files(writer, names, folder, step):
    place, missing = media.Beside(folder) if folder else media.InArchive(writer), []
    number, digest = writer.add_lines("files", media.keep(_counted(names, step), place, missing))
    place.close()
    return {"number": number, "sha256": digest, "are_beside": bool(folder), "missing": missing}


def _counted(names, step):
    for name in names:
        step(name)
        yield name
