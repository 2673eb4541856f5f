from types import SimpleNamespace

import psycopg
from django.db.backends.postgresql import base

from newsroom.db import deadlines


class Connection(psycopg.Connection):
    """A connection that closes itself when the block of code that waits for it has taken too long."""

    def wait(self, gen, *args, **options):
        return super().wait(self._in_time(gen) if deadlines.is_set() else gen, *args, **options)

    def _in_time(self, gen):
        """Do what `gen` does. psycopg comes back here at least ten times a second while it waits."""
        ready = None
        while True:
            try:
                wanted = gen.send(ready)
            except StopIteration as end:
                return end.value
            ready = yield wanted
            if deadlines.is_over():
                self.pgconn.finish()
                raise psycopg.OperationalError("the database took too long, and was let go")


class DatabaseWrapper(base.DatabaseWrapper):
    Database = SimpleNamespace(**vars(psycopg) | {"connect": Connection.connect})
