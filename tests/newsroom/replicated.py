"""A site of its own on a primary and a streaming replica, in this process."""

from contextlib import contextmanager

from django.db import connections

from newsroom import env
from tests import postgres, tables

NAME = "newsroom"


def is_possible():
    """Return whether this run has a PostgreSQL, whose schema can be copied."""
    return connections["default"].vendor == "postgresql"


@contextmanager
def servers():
    """Yield (primary, replica), with a copy of this run's test database."""
    # Without this a change may stay in the server's memory for a while before a replica hears of it.
    primary = postgres.Server(options=["synchronous_commit=on"])
    try:
        fill(primary)
        replica = primary.replica()
        try:
            yield primary, replica
        finally:
            replica.remove()
    finally:
        primary.remove()


def fill(server):
    """Copy the tables of the test database, with the little that all tests find in them."""
    server.ask(f"CREATE DATABASE {NAME}")
    tables.into_database(NAME, host=server.folder)


@contextmanager
def databases(primary, *replicas):
    """Let Django find these servers as its databases, in every thread that starts from now on."""
    urls = [replica.url_of(NAME) for replica in replicas]
    by_alias = env.databases(primary.url_of(NAME), urls)
    before = dict(connections.settings)
    kept = {alias: connections[alias] for alias in before}
    for alias, database in by_alias.items():
        connections.settings[alias] = before["default"] | database
        connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        for alias in by_alias:
            connections[alias].close()
            del connections[alias]
            del connections.settings[alias]
        connections.settings.update(before)
        for alias, connection in kept.items():
            connections[alias] = connection
