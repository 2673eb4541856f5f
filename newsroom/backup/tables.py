"""The tables of the site, and their rows as JSON says them, the same from every database.

A row is a list of values in the order of the names of its columns. Columns are those that the database has: a site has the texts of
languages that it does not show today, too.
"""

import hashlib
import json
from functools import cached_property
from typing import NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import FileField

LEFT_OUT = {
    "axes.AccessAttempt": "who has failed to log in, and from where",
    "axes.AccessAttemptExpiration": "who has failed to log in, and from where",
    "axes.AccessFailureLog": "who has failed to log in, and from where",
    "axes.AccessLog": "who has logged in, and from where",
    "django_tasks_database.DBTaskResult": "work that waits: done twice, mails would be sent twice; pictures are found again by the task of the day",
    "newsroom.OpenForm": "who had which form open: after a restoring nobody has",
    "newsroom.SentForm": "forms that were open: they are read before they are sent again",
    "newsroom.VerifiedBackup": "what is known of the archives of this installation",
    "pagecache.Purge": "which pages are out of date: after a restoring all are",
    "sessions.Session": "who is logged in: with an archive nobody becomes somebody else",
    "users.LostPassword": "who has asked for a link of one use",
}
"""The models that are in no archive, and why. Every other one is in it; docs/reference/backups.md lists both."""

MADE_ANEW = ("contenttypes.ContentType", "auth.Group", "auth.Group_permissions", "auth.Permission")
"""What `migrate` fills: a database that holds nothing else is empty."""

BATCH = 500
"""Rows that are read or written by one statement."""

OF_JSON = frozenset({"DateField", "DateTimeField", "JSONField"})
"""Kinds of fields whose values have another form in a database than in JSON."""


class Sum(NamedTuple):
    """How many rows a table has, and the SHA-256 of their lines."""

    rows: int
    sha256: str


def carried():
    """Return the Tables that are in an archive, by their names."""
    models = apps.get_models(include_auto_created=True)
    kept = [model for model in models if model._meta.managed and not model._meta.proxy]
    kept = [model for model in kept if model._meta.label not in LEFT_OUT]
    return {model._meta.label: Table(model) for model in sorted(kept, key=lambda m: m._meta.label)}


class Table:
    """The table of a model in the database of this site."""

    def __init__(self, model):
        self.model, self.name = model, model._meta.label
        self.fields = {field.column: field for field in model._meta.local_concrete_fields}

    @cached_property
    def columns(self):
        # Not by Django's introspection, which on SQLite parses the whole statement that made the table.
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {self._quoted} LIMIT 0")  # noqa: S608
            return sorted(name for name, *_rest in cursor.description)

    def lines(self, *, on_file=lambda _name: None):
        """Yield the rows by their keys, each as one line of JSON in bytes; `on_file` is told the name of each file."""
        files = [at for at, field in enumerate(self._of_columns) if isinstance(field, FileField)]
        for row in self._rows():
            for at in files:
                if row[at]:
                    on_file(row[at])
            text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=_plain)
            yield f"{text}\n".encode()

    def sum(self):
        """Return the Sum of what is there."""
        number, digest = 0, hashlib.sha256()
        for line in self.lines():
            number += 1
            digest.update(line)
        return Sum(number, digest.hexdigest())

    def is_filled(self):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {self._quoted} LIMIT 1")  # noqa: S608
            return cursor.fetchone() is not None

    def empty(self):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._quoted}")  # noqa: S608

    def insert(self, rows, columns):
        """Write rows whose values stand in the order of these columns."""
        fields = [self.fields.get(column) for column in columns]
        changed = [(at, field) for at, field in enumerate(fields) if _is_of_json(field)]
        for row in rows:
            for at, field in changed:
                # What may not be NULL and is nothing is the null of JSON.
                prepared = field.get_db_prep_save if field.null else field.get_db_prep_value
                row[at] = prepared(field.to_python(row[at]), connection)
        names = ", ".join(map(connection.ops.quote_name, columns))
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self._quoted} ({names}) VALUES ({marks})", rows)  # noqa: S608

    @property
    def _quoted(self):
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def _of_columns(self):
        return [self.fields.get(column) for column in self.columns]

    def _rows(self):
        """Yield lists of Python's values, read in batches: the last costs what the first does, and none holds up a writer."""
        key = self.columns.index(self.model._meta.pk.column)
        converted, last = self._converters(), None
        while rows := self._after(last):
            last = rows[-1][key]
            for row in map(list, rows):
                for at, convert in converted:
                    row[at] = convert(row[at])
                yield row

    def _after(self, last):
        names = ", ".join(map(connection.ops.quote_name, self.columns))
        key = connection.ops.quote_name(self.model._meta.pk.column)
        beyond = "" if last is None else f"WHERE {key} > %s "
        sql = f"SELECT {names} FROM {self._quoted} {beyond}ORDER BY {key} LIMIT {BATCH}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [] if last is None else [last])
            return cursor.fetchall()

    def _converters(self):
        """Return (place, function) for each column whose values this database keeps in a form of its own."""
        return [
            (at, _converter(steps, column))
            for at, field in enumerate(self._of_columns)
            if field
            for column in [field.get_col(self.model._meta.db_table)]
            for steps in [
                connection.ops.get_db_converters(column) + column.get_db_converters(connection)
            ]
            if steps
        ]


def _converter(steps, column):
    def convert(value):
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert


def _is_of_json(field):
    return field is not None and field.get_internal_type() in OF_JSON


def _plain(value):
    """Return a day or a moment as JSON says it."""
    return value.isoformat()
