"""Wait for a database no longer than a reader would.

A time-out for statements is the server's own to keep, and those of TCP end the wait for a host that is
gone. A server that hangs keeps the first and lets the second pass: its machine answers for it. So the
connections of newsroom/db/postgresql look at the clock while they wait; the statement under way fails as
if the server had closed its connection.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Limit = tuple[float, Callable[[], bool] | None]

_limits: ContextVar[tuple[Limit, ...]] = ContextVar("deadlines", default=())


@contextmanager
def limit(seconds: float, *, only_if: Callable[[], bool] | None = None) -> Iterator[None]:
    """Let no statement of the block go on once it has taken longer than this; SQLite knows no such limit.

    With `only_if`, a function, that holds only once it returns true.
    """
    token = _limits.set((*_limits.get(), (time.monotonic() + seconds, only_if)))
    try:
        yield
    finally:
        _limits.reset(token)


def is_set() -> bool:
    """Return whether this code runs in a block that has a limit."""
    return bool(_limits.get())


def is_over() -> bool:
    """Return whether this code runs in a block that has taken too long."""
    now = time.monotonic()
    return any(now > until and (not only_if or only_if()) for until, only_if in _limits.get())
