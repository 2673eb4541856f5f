"""Bringing a site back from an archive, into a database that holds nothing: all of it, or nothing."""

from io import StringIO
from itertools import islice
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import Error, connection

from newsroom.backup import Refused, archive, media, sequences
from newsroom.backup.making import schema, version
from newsroom.backup.tables import BATCH, MADE_ANEW, carried
from newsroom.db import locks
from newsroom.management.doctor import waiting_migrations


def read(path, *, pictures=None):
    """Read all of an archive, with the folder of pictures that it may need, and return what it says of itself.

    Raise Refused for one of another version, or that is not what was written.
    """
    told = archive.manifest(path)
    _require_schema(path, told)
    archive.check(path)
    if told["files"]["are_beside"]:
        if pictures is None:
            raise Refused(
                f"The pictures of {path.name} lie beside it: name their folder by --pictures."
            )
        media.check_beside(_files(path), Path(pictures))
    return told


def restore(path, told, *, pictures=None, with_files=True, step=lambda _name: None):
    """Fill the empty database, and the storage, from an archive that was read; prove each table before it is committed."""
    _require_empty()
    if waiting_migrations():
        call_command("migrate", verbosity=0)
    try:
        with locks.writing():
            # Nobody may fill it meanwhile.
            _require_empty()
            _fill(path, told["tables"], step)
            if with_files:
                _put_files_back(path, told["files"], pictures, step)
            # As after any change that the site has not seen.
            call_command("purge_pages", all=True, stdout=StringIO())
    except Error as error:
        words = " ".join(str(error).split())
        raise Refused(f"The database does not take what is in {path.name}: {words}") from error
    finally:
        ContentType.objects.clear_cache()


def _require_schema(path, told):
    if told["schema"] == schema():
        return
    mine = {tuple(migration) for migration in schema()}
    other = ", ".join(
        ".".join(migration) for migration in told["schema"] if tuple(migration) not in mine
    )
    raise Refused(
        f"{path.name} was made by version {told['version']}, whose database is another one than that of this version "
        f"({version()}; {other or 'which has more'}): restore it with that version, and upgrade then."
    )


def _require_empty():
    with connection.cursor() as cursor:
        known = set(connection.introspection.table_names(cursor))
    for name, table in carried().items():
        is_there = table.model._meta.db_table in known
        if name not in MADE_ANEW and is_there and table.is_filled():
            raise Refused(
                f"The database holds data already ({name}): an archive is restored into an empty one, so name one by DATABASE_URL."
            )


def _fill(path, told, step):
    tables = carried()
    for name in reversed(MADE_ANEW):
        tables[name].empty()
    for member, file in archive.members(path, "tables"):
        name = member.split("/")[1]
        rows = iter(archive.lines(file))
        while some := list(islice(rows, BATCH)):
            tables[name].insert(some, told[name]["columns"])
        step(name)
    connection.check_constraints()
    for name, table in tables.items():
        if table.sum() != (told[name]["rows"], told[name]["sha256"]):
            raise Refused(f"The database does not hold {name} as it is in {path.name}.")
        sequences.go_on(table, told[name]["last"])


def _put_files_back(path, told, pictures, step):
    if told["are_beside"]:
        for name, _size, _digest in _files(path):
            with (Path(pictures) / name).open("rb") as file:
                media.put_back(name, file)
            step(name)
        return
    for member, file in archive.members(path, "media"):
        name = member.removeprefix("media/")
        media.put_back(name, file)
        step(name)


def _files(path):
    """Yield (name, size, sum) of each picture of an archive."""
    for _member, file in archive.members(path, "files"):
        yield from archive.lines(file)
