"""Ask for a page many times, and note what each request costs."""

import time
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

WARM_UP = 3


class UnexpectedAnswer(Exception):
    """A page did not answer as it should, so its times would mean nothing."""


@dataclass
class Samples:
    """What requests for one page cost: statements in one request, then milliseconds of each."""

    queries: int = 0
    sql: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    wall: list = field(default_factory=list)

    def add(self, other):
        """Take in the samples of another round; the number of queries shows the worst one."""
        self.queries = max(self.queries, other.queries)
        self.sql += other.sql
        self.cpu += other.cpu
        self.wall += other.wall


class Stopwatch:
    """Adds up the time in which the process waits for the answers to its statements."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self, execute, sql, params, many, context):
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - started


def measure(page, *, runs):
    """Return the Samples of a page: `runs` requests, after a few that only warm up."""
    client = Client()
    for _run in range(WARM_UP):
        warm = _get(client, page)
    samples = Samples(queries=len(warm))
    for _run in range(runs):
        _time(client, page, samples)
    return samples


def statements(page):
    """Return the statements of one request, with their parameters filled in."""
    return _get(Client(), page)


def plan(statement):
    """Return what PostgreSQL does for a statement, and what it took, line by line."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement.replace('%', '%%')}", ())
        return [line for (line,) in cursor.fetchall()]


def _get(client, page):
    with CaptureQueriesContext(connection) as captured:
        _answer(client, page)
    return [query["sql"] for query in captured.captured_queries]


def _time(client, page, samples):
    stopwatch = Stopwatch()
    cpu, wall = time.process_time(), time.perf_counter()
    with connection.execute_wrapper(stopwatch):
        _answer(client, page)
    samples.wall.append((time.perf_counter() - wall) * 1000)
    samples.cpu.append((time.process_time() - cpu) * 1000)
    samples.sql.append(stopwatch.seconds * 1000)


def _answer(client, page):
    status = client.get(page.url).status_code
    if status != page.status:
        message = f"{page.kind}: {page.url} answers {status} and not {page.status}"
        raise UnexpectedAnswer(message)
