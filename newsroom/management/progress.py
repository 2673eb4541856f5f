"""A line that counts, on a terminal; nothing anywhere else."""

import time

ENOUGH = 2.0
"""So many seconds tell a rate."""


class Progress:
    """Count things on one line of `stream`, with their rate; `clear()` removes the line.

    Where the `total` is known it tells the time that is left, too.
    """

    def __init__(self, stream, *, label, total=None):
        self.stream, self.label, self.count, self.total = stream, label, 0, total
        self.visible = stream.isatty()
        self.began = time.monotonic()

    def step(self, name=""):
        """Count one more, and show its name."""
        self.count += 1
        if self.visible:
            # A file may be called anything; only what can be printed goes to the terminal.
            words = "".join(c if c.isprintable() else "?" for c in name[:60])
            told = f"{self.label} {self.count:,}{self._of_all()} {words}"
            self.stream.write(f"\r\x1b[K{told}", ending="")
            self.stream.flush()

    def _of_all(self):
        """Return the total, the rate and the time left, as far as they are known by now."""
        of = f" of {self.total:,}" if self.total else ""
        seconds = time.monotonic() - self.began
        if seconds < ENOUGH:
            return of
        rate = self.count / seconds
        left = max(self.total - self.count, 0) / rate if self.total else 0
        return f"{of}, {rate:,.0f}/s" + (f", {_clock(left)} left" if left else "")

    def clear(self):
        if self.visible:
            self.stream.write("\r\x1b[K", ending="")


def _clock(seconds):
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
