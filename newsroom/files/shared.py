"""Files that several processes of a machine share: read and written as a whole, and held by one of them."""

import fcntl
import os
import secrets
from contextlib import suppress


def content(path):
    """Return the bytes of a file, or None where there is none."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return path.read_bytes()
    return None


def write(path, data, *, tmp):
    """Put a file in its place at once, as a whole, by way of another folder of its disk."""
    tmp.mkdir(parents=True, exist_ok=True)
    part = tmp / f"{os.getpid()}-{secrets.token_hex(8)}"
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def hold(path):
    """Return an open file that no other process can hold until it is closed, or None while one does."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
