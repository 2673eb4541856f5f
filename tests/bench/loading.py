"""Write generated stories into the database, in batches that are each all or nothing."""

from django.core.management.color import no_style
from django.db import connection, transaction
from psycopg.types.json import JsonbDumper

from articles.derived import months
from articles.models import Edition
from tests.bench import archive, shelves, words
from tests.bench.rows import FIELDS, Rows

BATCH = 5000


def load(stories, *, progress=None):
    """Append this many stories to the archive, with everything that belongs to them.

    `progress(done)` is told after each batch. Nobody else may write meanwhile: ids are given out
    here. Stopped half-way, it leaves whole stories, and the next call goes on behind them.
    """
    rows = Rows(shelves.prepare())
    first = next_number()
    for start in range(first, first + stories, BATCH):
        stop = min(start + BATCH, first + stories)
        rows.clear()
        for number in range(start, stop):
            rows.add(archive.story(number))
        _write(rows.tables)
        if progress:
            progress(stop - first)
    months.recount()
    _analyse()


def next_number():
    """Return the number of the first story that has not been made."""
    made = Edition.objects.filter(language=archive.SOURCE, slug__startswith=words.SLUG_START)
    newest = made.order_by("-slug").values_list("slug", flat=True).first()
    return words.number_of(newest) + 1 if newest else 0


@transaction.atomic
def _write(tables):
    insert = _copy if connection.vendor == "postgresql" else _insert
    with connection.cursor() as cursor:
        _trust_keys(cursor)
        for model, rows in tables.items():
            insert(cursor, model, rows)
        # The rows brought their own ids, of which the sequences know nothing.
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def _trust_keys(cursor):
    """Leave out the check of every foreign key, where that is allowed: it takes half of the time."""
    if connection.vendor != "postgresql":
        return
    cursor.execute("SHOW is_superuser")
    if cursor.fetchone() == ("on",):
        cursor.execute("SET LOCAL session_replication_role = replica")


def _copy(cursor, model, rows):
    cursor.adapters.register_dumper(dict, JsonbDumper)
    with cursor.copy(f"COPY {_target(model)} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


def _insert(cursor, model, rows):
    fields = [model._meta.get_field(name) for name in FIELDS[model]]
    values = ", ".join("%s" for _field in fields)
    cursor.executemany(
        f"INSERT INTO {_target(model)} VALUES ({values})",  # noqa: S608, names of our own columns
        [
            [
                field.get_db_prep_save(value, connection)
                for field, value in zip(fields, row, strict=True)
            ]
            for row in rows
        ],
    )


def _target(model):
    quote = connection.ops.quote_name
    names = (model._meta.get_field(name).column for name in FIELDS[model])
    return f"{quote(model._meta.db_table)} ({', '.join(map(quote, names))})"


def _analyse():
    """Let the planner see how common each shelf is."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
