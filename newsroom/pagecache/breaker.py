"""A circuit breaker: what has failed is left alone for a while, and one line of the log says so."""

import logging
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")
logger = logging.getLogger(__name__)

QUIET = 60.0
"""Seconds within which a failure is not logged twice."""


class Breaker:
    """Keeps callers from asking again at once what has failed: each would wait for its time-out."""

    def __init__(self, name: str, *, seconds: float) -> None:
        self.name, self.seconds = name, seconds
        self._until, self._told_at, self._is_told = 0.0, float("-inf"), False

    @property
    def is_closed(self) -> bool:
        """Whether it may be asked."""
        return time.monotonic() >= self._until

    def ask(self, work: Callable[..., Result], *arguments: object) -> Result | None:
        """Return what `work` returns; None if it fails, and while what has failed is left alone."""
        if not self.is_closed:
            return None
        try:
            result = work(*arguments)
        except (OSError, sqlite3.Error) as error:
            self.trip(error)
            return None
        if self._is_told:
            logger.warning("%s can be used again.", self.name)
            self._is_told = False
        return result

    def trip(self, error: Exception) -> None:
        """Note a failure; it is logged unless one was within the last minute."""
        now = time.monotonic()
        self._until = now + self.seconds
        # A disk that is full can be read all the time, and fails at every page that is kept.
        if now - self._told_at > QUIET:
            words = " ".join(str(error).split()) or type(error).__name__
            logger.warning("%s cannot be used: %s", self.name, words)
            self._told_at, self._is_told = now, True
