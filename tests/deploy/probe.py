"""Try what a process of the site never needs: `python tests/deploy/probe.py FILE` writes how each try ended.

Whoever may do all this, and does it without the protection of the units, finds "done" everywhere.
"""

import ctypes
import errno
import json
import os
import socket
import sys
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER = 0x10000000
NO_RANDOM_ADDRESSES = 0x0040000
TRACE_ME = 0

OPEN = "/srv/open"
"""A folder in which everybody may write."""
HIDDEN = (
    "/home/somebody",
    "/dev/other",
    "/tmp/other",  # noqa: S108, nothing is written there
    "/usr/lib/modules/other",
    "/proc/1",
)
"""What everybody else may look at."""


def call(name, *arguments):
    """Call a function of C."""
    if getattr(LIBC, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)


def write(folder, *, mode=0o600):
    path = Path(folder) / "tried"
    try:
        path.touch()
        path.chmod(mode)
    finally:
        path.unlink(missing_ok=True)


def tries(own):
    return {
        "write in its own folder": lambda: write(own),
        "write where everybody may": lambda: write(OPEN),
        "make a program that runs as its owner": lambda: write(own, mode=0o4755),
        **{f"look at {path}": lambda path=path: os.stat(path) for path in HIDDEN},
        "talk to the kernel": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
        "make a namespace": lambda: call("unshare", CLONE_NEWUSER),
        "change how programs are loaded": lambda: call("personality", NO_RANDOM_ADDRESSES),
        "be traced": lambda: call("ptrace", TRACE_ME, 0, 0, 0),
    }


def outcome(attempt):
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"


def main(target):
    outcomes = {name: outcome(attempt) for name, attempt in tries(target.parent).items()}
    target.write_text(json.dumps(outcomes))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
