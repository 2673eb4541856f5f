"""Telling another server what has changed, again and again until it answers."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from newsroom.http.client import RequestError

logger = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
"""Seconds after which a server that failed is told at the latest; the first wait is half a second."""


class Teller:
    """Tells one server one thing at a time, in a thread of its own; whoever has it calls `collect` again and again.

    A kind of it says in `again` how what was `told` comes to be told once more.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.told: Any = None
        self.future: Future[Any] | None = None
        self.failures, self.quiet_until = 0, 0.0
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="teller")

    @property
    def is_free(self) -> bool:
        """Whether nothing is under way, and no failure to be waited out."""
        return not self.future and time.monotonic() >= self.quiet_until

    def tell(self, told: Any, work: Callable[..., Any], *arguments: object) -> None:
        """Let `work`, which raises RequestError if it fails, tell something."""
        self.told, self.future = told, self.pool.submit(work, *arguments)

    def again(self) -> None:
        """Have what was told last told once more."""
        raise NotImplementedError

    def collect(self) -> None:
        """Take note of how what is under way was received, once it was."""
        if not (self.future and self.future.done()):
            return
        future, self.future = self.future, None
        try:
            future.result()
        except RequestError as error:
            if not self.failures:
                logger.warning("A server is told again until it answers: %s", error)
            wait = max(0.5 * 2 ** min(self.failures, 10), error.wait)
            self.quiet_until = time.monotonic() + min(wait, LONGEST_WAIT)
            self.failures += 1
            self.again()
            return
        if self.failures:
            logger.warning("%s answers again.", self.address)
        self.failures = 0

    def close(self) -> None:
        """Wait for what is under way."""
        self.pool.shutdown()
        self.collect()
