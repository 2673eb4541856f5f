"""The files of an archive, from any storage and to any: in the archive, or once for all archives in a folder beside."""

import json
import os
import shutil
from contextlib import suppress

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from newsroom.backup import Refused
from newsroom.backup.archive import digest_of

SUMS = "SHA256SUMS"
"""In a folder beside: of each file of the last archive, for `sha256sum -c`."""


class InArchive:
    """Files that lie in the archive."""

    def __init__(self, writer):
        self.writer = writer

    def keep(self, name):
        with default_storage.open(name) as file:
            return file.size, self.writer.copy(f"media/{name}", file, file.size)

    def close(self):
        """Do nothing: the archive has its own list."""


class Beside:
    """Files that lie in a folder under their names, which change with what is in them; what was read once is not read again."""

    def __init__(self, folder):
        self.folder, self.known = folder, dict(_known(folder / SUMS))
        folder.mkdir(parents=True, exist_ok=True)
        self.part = folder / f".{SUMS}.part"
        self.sums = self.part.open("w", encoding="utf-8")

    def keep(self, name):
        path = self.folder / name
        if not path.exists():
            self.known.pop(name, None)
            self._copy(name, path)
        digest = self.known.get(name) or _digest(path)
        self.sums.write(f"{digest}  {name}\n")
        return path.stat().st_size, digest

    def close(self):
        self.sums.close()
        os.replace(self.part, self.folder / SUMS)

    def _copy(self, name, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        try:
            with default_storage.open(name) as file, part.open("wb") as copy:
                shutil.copyfileobj(file, copy)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)


def keep(names, place, missing):
    """Keep each file in a place, and yield a line for it; append what the storage does not have to `missing`."""
    for name in names:
        try:
            size, digest = place.keep(name)
        except OSError:
            if default_storage.exists(name):
                raise
            missing.append(name)
        else:
            yield f"{json.dumps([name, size, digest], ensure_ascii=False)}\n".encode()


def check_beside(rows, folder):
    """Raise Refused for a file that is not in the folder as it was written."""
    for name, _size, digest in rows:
        path = folder / name
        if not path.is_file():
            raise Refused(f"{path} is missing: the archive needs it.")
        if _digest(path) != digest:
            raise Refused(f"{path} is damaged: it is not what was written.")


def put_back(name, file):
    """Store an open file under its name, unless the very same is there."""
    try:
        is_there = default_storage.exists(name)
    except SuspiciousFileOperation as error:
        raise Refused(f"{name} leads out of the storage of pictures.") from error
    if is_there:
        with default_storage.open(name) as there:
            if digest_of(there) == digest_of(file):
                return
        raise Refused(f"Another file is stored as {name} already: take it away.")
    if default_storage.save(name, file) != name:
        raise Refused(f"{name} cannot be stored under its name.")


def _digest(path):
    with path.open("rb") as file:
        return digest_of(file)


def _known(path):
    """Yield (name, sum) of each line of an earlier list."""
    with suppress(FileNotFoundError), path.open(encoding="utf-8") as file:
        for line in file:
            digest, _space, name = line.rstrip("\n").partition("  ")
            if len(digest) == 64:
                yield name, digest
