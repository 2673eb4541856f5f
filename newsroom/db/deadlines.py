"""Wait for a database no longer than a reader would.

A time-out for statements is the server's own to keep, and those of TCP end the wait for a host that is
gone. A server that hangs keeps the first and lets the second pass: its machine answers for it. So the
connections of a thread are shut from this side when a block of code has waited for too long; the
statement under way fails as if the server had closed them.
"""

import logging
import os
import socket
import threading
import time
from contextlib import contextmanager, suppress

from django.db import connections

logger = logging.getLogger(__name__)

STEP = 0.25
"""Seconds between two looks of the thread that shuts connections."""


@contextmanager
def limit(seconds, *, aliases, only_if=None):
    """Shut this thread's connections to these databases if the block takes longer than this.

    With `only_if`, a function, that is done only once it returns true.
    """
    watched = [connections[alias] for alias in aliases]
    if not all(connection.vendor == "postgresql" for connection in watched):
        yield
        return
    with _watch.over(watched, until=time.monotonic() + seconds, only_if=only_if):
        yield


class Watch:
    """A thread that looks for blocks that have taken too long; started with the first of them."""

    def __init__(self):
        self._blocks = {}
        self._lock = threading.Lock()
        self._thread = None

    @contextmanager
    def over(self, watched, *, until, only_if):
        block = object()
        with self._lock:
            self._blocks[block] = until, watched, only_if
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                del self._blocks[block]

    def _run(self):
        while True:
            time.sleep(STEP)
            with self._lock:
                blocks = tuple(self._blocks.values())
            for until, watched, only_if in blocks:
                if time.monotonic() > until and (only_if is None or only_if()):
                    for connection in watched:
                        _shut(connection)


_watch = Watch()
# Of the threads of a process that is forked, only one is there afterwards.
os.register_at_fork(after_in_child=_watch.__init__)


def _shut(connection):
    """Shut the socket of a connection that another thread uses; its owner closes the rest."""
    driver = connection.connection
    if driver is None or driver.closed:
        return
    # Shut a copy, and only if the original was this connection's all along: its owner may be closing
    # it at this moment, and its number may be another connection's by now.
    with suppress(OSError, connection.Database.Error):
        number = driver.pgconn.socket
        with socket.socket(fileno=os.dup(number)) as copy:
            if not driver.closed and driver.pgconn.socket == number:
                copy.shutdown(socket.SHUT_RDWR)
                logger.warning("The database “%s” took too long; let go.", connection.alias)
