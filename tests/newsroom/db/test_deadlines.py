"""What needs a server to be seen is in test_replicas.py."""

from types import SimpleNamespace

import psycopg

from newsroom.db import deadlines


def test_a_connection_that_its_owner_closes_at_that_moment_is_no_failure():
    """For the one thread that shuts connections would end with it, and everybody then wait for ever."""
    lost = psycopg.pq.PGconn.connect(b"host=/nowhere")
    driver = SimpleNamespace(closed=False, pgconn=lost)

    deadlines._shut(SimpleNamespace(connection=driver, alias="default", Database=psycopg))

    lost.finish()
    deadlines._shut(SimpleNamespace(connection=driver, alias="default", Database=psycopg))
