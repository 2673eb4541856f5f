"""Waiting for what another process or thread does: for a condition, never for seconds."""

import time

SECONDS = 90
"""The timeout of every wait, for what takes a moment where nobody else wants the processors."""


def wait_until(condition, *, seconds=SECONDS):
    """Return what a condition says once it is true."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.01)
    return answer
