"""A statement that takes too long, and servers that are stopped in the middle of one, on connections of Django's."""

import threading
import time

import pytest
from django.db import OperationalError, connections

from newsroom.db import deadlines
from tests.newsroom import replicated
from tests.waiting import SECONDS

pytestmark = pytest.mark.django_db

FOR_EVER = "SELECT pg_sleep(600)"


@pytest.fixture
def execute(primary, replica, django_db_blocker):
    """Return a function that runs a statement on a connection to the primary."""

    def execute(sql):
        with connections["default"].cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    with django_db_blocker.unblock(), replicated.databases(primary, replica):
        yield execute


def test_a_statement_that_takes_too_long_is_let_go(execute):
    started = time.monotonic()

    with pytest.raises(OperationalError, match="took too long"), deadlines.limit(0.3):
        execute(FOR_EVER)

    assert time.monotonic() - started < SECONDS
    connections["default"].close()
    assert execute("SELECT 1") == 1


def test_a_server_that_says_nothing_is_let_go(execute, primary):
    assert execute("SELECT 1") == 1  # opens the connection
    primary.hang()
    started = time.monotonic()

    with pytest.raises(OperationalError, match="took too long"), deadlines.limit(0.3):
        execute("SELECT 1")

    assert time.monotonic() - started < SECONDS


def test_a_statement_is_let_go_only_if_something_else_is_wrong(execute):
    is_wrong = threading.Event()

    with deadlines.limit(0, only_if=is_wrong.is_set):
        execute("SELECT pg_sleep(0.3)")
        is_wrong.set()
        with pytest.raises(OperationalError):
            execute(FOR_EVER)
    connections["default"].close()


def test_of_two_limits_the_narrower_one_counts(execute):
    with pytest.raises(OperationalError), deadlines.limit(0.1), deadlines.limit(600):
        execute(FOR_EVER)
    connections["default"].close()


def test_a_statement_after_the_block_has_no_limit(execute):
    with pytest.raises(OperationalError), deadlines.limit(0):
        # Its end of the connection is soon free again.
        execute("SELECT pg_sleep(0.3)")
    connections["default"].close()

    execute("SELECT pg_sleep(0.3)")
