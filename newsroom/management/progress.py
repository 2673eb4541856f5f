"""A line that counts, on a terminal; nothing anywhere else."""


class Progress:
    """Count things on one line of `stream`; `clear()` removes the line."""

    def __init__(self, stream, *, label):
        self.stream, self.label, self.count = stream, label, 0
        self.visible = stream.isatty()

    def step(self, name=""):
        """Count one more, and show its name."""
        self.count += 1
        if self.visible:
            # A file may be called anything; only what can be printed goes to the terminal.
            words = "".join(c if c.isprintable() else "?" for c in name[:60])
            self.stream.write(f"\r\x1b[K{self.label} {self.count:,} {words}", ending="")
            self.stream.flush()

    def clear(self):
        if self.visible:
            self.stream.write("\r\x1b[K", ending="")
