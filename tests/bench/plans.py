"""How a database answers a statement: the plan, and how much of the archive it looks at."""

from contextlib import contextmanager

from django.db import connection

STEP = 10
"""SQLite counts in steps of its own machine; it is asked after every so many."""


class Recorder:
    """Keeps each statement with its parameters, as an execute wrapper."""

    def __init__(self):
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        self.statements.append((sql, params))
        return execute(sql, params, many, context)


@contextmanager
def recorded():
    """Yield the list that the statements of this block are added to."""
    recorder = Recorder()
    with connection.execute_wrapper(recorder):
        yield recorder.statements


def described(sql, params):
    """Return what PostgreSQL does for a statement, and what it took, line by line."""
    return [line for (line,) in _ask(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)]


def looked_at(sql, params):
    """Return how much a statement looks at, however little of it is an answer.

    On PostgreSQL the largest number of rows that any part of the plan took in or threw away; on
    SQLite steps of its machine, of which a row takes five or more.
    """
    if connection.vendor == "sqlite":
        return _steps(sql, params)
    return max(_rows(node) for node in _nodes(_measured(sql, params)))


def blocks(sql, params):
    """Return how many blocks of tables and indexes PostgreSQL reads for a statement."""
    plan = _measured(sql, params)
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def _measured(sql, params):
    [(explained,)] = _ask(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
    return explained[0]["Plan"]


def _nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _rows(node):
    removed = (value for name, value in node.items() if name.startswith("Rows Removed by"))
    return (node["Actual Rows"] + sum(removed)) * node["Actual Loops"]


def _steps(sql, params):
    counted = 0

    def count():
        nonlocal counted
        counted += STEP

    connection.connection.set_progress_handler(count, STEP)
    try:
        _ask(sql, params)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted


def _ask(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
