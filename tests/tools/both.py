"""`make test`: the tests on both databases at a time. While one run waits for a browser or a server, the other computes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile

PYTEST = [sys.executable, "-m", "pytest", "-n", "auto"]
RUNS = {"sqlite": "not e2e", "postgresql": "not once or both"}
"""Which tests there are on a database: browser tests on one, and those marked `once` (tests/conftest.py) on the other.

A test marked `both` is asked of each although its module is marked `once`."""


def start(database, arguments, *, into=None):
    command = [*PYTEST, "-m", RUNS[database], *arguments]
    environment = os.environ | {"TEST_DATABASE": database}
    return subprocess.Popen(command, env=environment, stdout=into, stderr=into)


def main(arguments):
    """Show the run on SQLite as it goes and then what the other said; return the status of one that failed, or 0."""
    with tempfile.TemporaryFile() as told:
        postgresql = start("postgresql", arguments, into=told)
        sqlite = start("sqlite", arguments)
        # Ctrl-C reaches the two as well: they clean up, and this waits for them.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        status = sqlite.wait()
        sys.stdout.write("\nThe same on PostgreSQL, since the beginning:\n")
        sys.stdout.flush()
        status = postgresql.wait() or status
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout.buffer)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
