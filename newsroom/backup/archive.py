"""The file of an archive: a tar that is written and read from its begin to its end, whatever its size.

    tables/<model>/000001.jsonl.gz   rows, some megabytes of them in each member
    media/<name of the file>         pictures, unless they lie in a folder beside
    files/000001.jsonl.gz            of each picture its name, size and SHA-256
    manifest.json                    what is in it, and of which version and moment
    SHA256SUMS                       of each member before it: `sha256sum -c SHA256SUMS`, once unpacked

It has its name once it is whole.
"""

import errno
import gzip
import hashlib
import json
import os
import tarfile
import tempfile
import time
from contextlib import contextmanager
from io import BytesIO
from itertools import zip_longest

from newsroom.backup import Refused
from newsroom.files.shared import hold

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
FORMAT = 1
CHUNK = 4_000_000
"""Bytes of rows in one member: what is held in memory."""

BLOCK = 1 << 20
BROKEN = (tarfile.TarError, EOFError, OSError, ValueError, KeyError)
"""What an archive raises that is none, or is damaged."""


class Writer:
    """Adds members to a tar, and to the list of their sums."""

    def __init__(self, tar, sums):
        self.tar, self.sums = tar, sums

    def add(self, name, data):
        self.copy(name, BytesIO(data), len(data))

    def copy(self, name, file, size):
        """Add a member of this size from an open file, and return its SHA-256."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(time.time())
        hashed = Hashed(file)
        self.tar.addfile(info, hashed)
        # It would remember each for ever.
        self.tar.members.clear()
        self.sums.write(f"{hashed.digest.hexdigest()}  {name}\n".encode())
        return hashed.digest.hexdigest()

    def add_lines(self, folder, lines):
        """Add lines as members of a folder; return (number of lines, SHA-256 of all of them)."""
        number, members, held, size = 0, 0, [], 0
        digest = hashlib.sha256()
        for line in lines:
            number += 1
            digest.update(line)
            held.append(line)
            size += len(line)
            if size >= CHUNK:
                members += 1
                self._add_packed(folder, members, held)
                held, size = [], 0
        if held:
            self._add_packed(folder, members + 1, held)
        return number, digest.hexdigest()

    def _add_packed(self, folder, number, lines):
        data = gzip.compress(b"".join(lines), compresslevel=6, mtime=0)
        self.add(f"{folder}/{number:06}.jsonl.gz", data)


class Hashed:
    """An open file that hashes what is read from it."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size=-1):
        data = self.file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def written(path):
    """Yield a Writer of an archive that has this path once the block has ended well; else nothing is left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    handle = hold(part)
    if handle is None:
        raise Refused(f"{part} is being written by another backup: wait for its end.")
    with os.fdopen(handle, "wb") as file:
        try:
            # What a killed one has left is written over. It holds what only its owner may read.
            os.ftruncate(handle, 0)
            os.fchmod(handle, 0o600)
            with tempfile.TemporaryFile() as sums, tarfile.open(fileobj=file, mode="w") as tar:
                writer = Writer(tar, sums)
                yield writer
                size = sums.tell()
                sums.seek(0)
                writer.copy(SUMS, sums, size)
            file.flush()
            os.fsync(handle)
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def manifest(path):
    """Return what an archive says of itself, unproved; raise Refused for what is none."""
    with _reading(path) as tar:
        for member in _members(tar):
            if member.name == MANIFEST:
                told = json.loads(tar.extractfile(member).read())
                if told["format"] != FORMAT:
                    raise Refused(f"{path.name} is of a form that this version does not know.")
                return told
    raise _not_whole(path)


def check(path):
    """Read all of an archive; raise Refused for what is damaged, missing or not named."""
    with _reading(path) as tar, tempfile.TemporaryFile() as digests:
        for member in _members(tar):
            file = tar.extractfile(member)
            if member.name == SUMS:
                digests.seek(0)
                _compare(path, digests, file)
                return
            digests.write(f"{digest_of(file)}  {member.name}\n".encode())
    raise _not_whole(path)


def members(path, folder):
    """Yield (name, open file) of each member of a folder, in their order."""
    with _reading(path) as tar:
        for member in _members(tar):
            if member.name.startswith(f"{folder}/"):
                yield member.name, tar.extractfile(member)


def lines(file):
    """Return the values of each line of a member of rows."""
    with gzip.open(file) as unpacked:
        return [json.loads(line) for line in unpacked]


def digest_of(file):
    """Return the SHA-256 of an open file, of whatever kind."""
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


@contextmanager
def _reading(path):
    """Yield an open archive; what is wrong with it is told as Refused."""
    try:
        with tarfile.open(path) as tar:
            yield tar
    except FileNotFoundError as error:
        raise Refused(f"{path} is not there.") from error
    except PermissionError as error:
        raise Refused(f"{path} may not be read by this user.") from error
    except BROKEN as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise
        raise _not_whole(path) from error


def _members(tar):
    for member in tar:
        tar.members.clear()
        if member.isfile():
            yield member


def _compare(path, digests, named):
    for mine, told in zip_longest(digests, named):
        if mine == told:
            continue
        name = (told or mine).decode().rstrip("\n").split("  ", 1)[-1]
        if mine and told and mine[64:] == told[64:]:
            raise Refused(f"{path.name} is damaged: {name} is not what was written.")
        raise Refused(f"{path.name} is not whole: {name} is missing, or not named in its list.")


def _not_whole(path):
    return Refused(
        f"{path.name} is no whole archive: it was cut off, is damaged, or is another file."
    )
