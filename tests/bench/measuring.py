"""Ask for a page many times, and note what each request costs."""

import time
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client

from tests.bench import plans

WARM_UP = 3


class UnexpectedAnswer(Exception):
    """A page did not answer as it should, so its times would mean nothing."""


@dataclass
class Samples:
    """What a page costs: statements and the blocks that these read, then milliseconds per request."""

    queries: int = 0
    blocks: int = 0
    sql: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    wall: list = field(default_factory=list)

    def add(self, other):
        """Take in the samples of another round; of queries and blocks the larger number stays."""
        self.queries = max(self.queries, other.queries)
        self.blocks = max(self.blocks, other.blocks)
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
        recorded = statements(page)
    samples = Samples(len(recorded), sum(plans.blocks(sql, params) for sql, params in recorded))
    for _run in range(runs):
        _time(client, page, samples)
    return samples


def statements(page, client=None):
    """Return the statements of one request, each with its parameters: of a reader, or of whose `client` it is."""
    with plans.recorded() as recorded:
        _answer(client or Client(), page)
    return recorded


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
