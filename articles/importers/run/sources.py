"""From what was named to files on the disk: a file, a folder, an archive of either, or standard input.

What comes in an archive or by standard input is unpacked by a `Scratch`, with limits, and is gone when the run has ended. An archive may
come from anywhere: no name in it leads out of its folder, and nothing in it is more than the limits say.
"""

import gzip
import os
import secrets
import shutil
import stat
import sys
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from articles.importers.decode import find_files
from articles.importers.story import BadFile
from newsroom.files import shared

STANDARD_INPUT = "-"

MAX_MEMBERS = 500_000
MAX_UNPACKED = 50_000_000_000
"""So many bytes are unpacked of one archive: ten times the largest known export of a newspaper, and less than a disk holds."""

MAX_RATIO = 300
"""Text becomes ten times as small, XML of one pattern fifty; a bomb a thousand times."""

SMALL = 1_000_000
"""Up to so many bytes the ratio of what is unpacked says nothing."""

CHUNK = 1_000_000


@dataclass(frozen=True)
class Source:
    """One file: `path` is where its bytes are now, `place` where people know it, and `named` what of it was named.

    `folder` holds its pictures. `root` is the folder, or the archive, from which `place` tells an id, None for a file that is named alone.
    """

    path: Path
    place: Path
    named: Path
    folder: Path
    root: Path | None = None

    @cached_property
    def resolved(self):
        """Where people know it, whatever links lead there."""
        return self.place.resolve()

    @property
    def is_single(self):
        """Whether it was named itself."""
        return self.place == self.named

    @property
    def is_nameless(self):
        """Whether it came by standard input."""
        return str(self.named) == STANDARD_INPUT


class Broken(Exception):
    """What is wrong with an archive or a member of it, as the end of a sentence."""


_BROKEN = (Broken, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class Scratch:
    """Folders below `parent` for what is unpacked: made when they are asked for, and gone when the run has ended.

    Those that have been read through go before that: see `clear`.
    Those that killed runs have left go with the next that needs one.
    """

    def __init__(self, parent):
        self.parent, self.folder, self.handle = parent, None, None
        self.read = []

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            _lock_of(self.folder).unlink(missing_ok=True)
            os.close(self.handle)

    def new(self):
        """Return a new empty folder."""
        if self.folder is None:
            self._begin()
        return Path(tempfile.mkdtemp(dir=self.folder))

    def clear(self):
        """Remove the folders in `read`: their stories are stored, with the pictures that lay there."""
        while self.read:
            shutil.rmtree(self.read.pop(), ignore_errors=True)

    def _begin(self):
        self.parent.mkdir(parents=True, exist_ok=True)
        for lock in self.parent.glob("*.lock"):
            if handle := shared.hold(lock):
                shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
                lock.unlink(missing_ok=True)
                os.close(handle)
        folder = self.parent / secrets.token_hex(8)
        self.handle = shared.hold(_lock_of(folder))
        folder.mkdir()
        self.folder = folder


def _lock_of(folder):
    return folder.with_suffix(".lock")


def find(named, scratch, *, root=None):
    """Yield a Source for each file of what was named, or the BadFile that tells why there is none.

    `root` is the folder from which a file tells its id if not that which was named; what is in an archive tells it from there.
    """
    if named == STANDARD_INPUT:
        yield from _of_input(scratch)
        return
    named = Path(named)
    root = root or (named if named.is_dir() else None)
    for path in find_files(named):
        if isinstance(path, BadFile):
            yield path
        else:
            yield from _opened(Source(path, path, named, path.parent, root), scratch)


def _of_input(scratch):
    path = scratch.new() / "input"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file, CHUNK)
    place = Path(STANDARD_INPUT)
    yield from _opened(Source(path, place, place, path.parent), scratch)


def _opened(source, scratch):
    """Yield the source itself, or what an archive holds."""
    try:
        head = _head(source.path)
        if head.startswith(b"\x1f\x8b"):
            yield from _unzipped(source, scratch)
        elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not _is_document(source.path):
            yield from _members(source, scratch)
        else:
            yield source
    except (OSError, *_BROKEN) as error:
        yield BadFile(source.place, _sentence(error))


def _head(path):
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError:
        return b""  # who reads it says so


def _sentence(error):
    if isinstance(error, Broken):
        return f"{error}."
    words = str(error).rstrip(".") or type(error).__name__
    return f"the archive cannot be unpacked ({words}); download or make it again."


def _is_document(path):
    """Return whether a .zip is one document of an office program, or a book."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()[:1] in (["mimetype"], ["[Content_Types].xml"])


def _unzipped(source, scratch):
    """Yield the one file of a .gz, which counts as lying where the .gz does."""
    place = source.place
    if place.suffix.lower() in {".gz", ".gzip"}:
        place = place.with_suffix("")
    path = scratch.new() / place.name
    with gzip.open(source.path) as packed:
        _copy(packed, path, limit=_limit(source.path.stat().st_size))
    named = place if source.is_single else source.named
    yield replace(source, path=path, place=place, named=named)
    scratch.read.append(path.parent)


def _members(source, scratch):
    """Unpack a .zip and yield its files as those of a folder, and a BadFile for each member that cannot be."""
    folder = scratch.new()
    with zipfile.ZipFile(source.path) as archive:
        members = [member for member in archive.infolist() if not _is_furniture(member)]
        _check(members, source.path.stat().st_size)
        left = MAX_UNPACKED
        for member in members:
            try:
                left -= _unpack(archive, member, folder, limit=left)
            except (OSError, RuntimeError, *_BROKEN) as error:
                yield BadFile(source.place / _printable(_name(member)), _sentence(error))
    for path in find_files(folder):
        yield from _of_member(path, folder, source, scratch)
    scratch.read.append(folder)


def _of_member(path, folder, archive, scratch):
    if isinstance(path, BadFile):
        yield BadFile(archive.place / path.path.relative_to(folder), path.sentence)
    elif zipfile.is_zipfile(path):
        inside = archive.place / path.relative_to(folder)
        yield BadFile(inside, "an archive inside an archive; unpack it, and name the folder.")
    else:
        place = archive.place / path.relative_to(folder)
        source = Source(path, place, archive.named, path.parent, archive.place)
        yield from _opened(source, scratch)


def _is_furniture(member):
    """Return whether a member is a folder, or what a Mac adds for itself."""
    return member.is_dir() or member.filename.startswith("__MACOSX/")


def _check(members, packed):
    if len(members) > MAX_MEMBERS:
        raise Broken(f"the archive holds more than {MAX_MEMBERS:,} files; make several of it")
    if sum(member.file_size for member in members) > _limit(packed):
        raise Broken(
            "the archive unpacks to more than any archive of stories does; make several of it"
        )


def _limit(packed):
    return min(MAX_UNPACKED, max(SMALL, packed * MAX_RATIO))


def _unpack(archive, member, folder, *, limit):
    """Unpack one member; return its number of bytes."""
    name = _name(member)
    parts = PurePosixPath(name).parts
    if name.startswith("/") or "\\" in name or ".." in parts:
        raise Broken(
            "its name leads out of the archive; pack the folder again, with / between folders"
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Broken("a link; put the file itself into the archive")
    if member.flag_bits & 1:
        raise Broken("locked with a password; unpack it, and name the folder")
    path = folder.joinpath(*parts)
    if path.exists():
        raise Broken("the archive holds two files of this name; rename one")
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as packed:
        return _copy(packed, path, limit=min(limit, _limit(member.compress_size)))


def _name(member):
    """Return the name of a member: older programs write UTF-8 and do not say so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename


def _copy(packed, path, *, limit):
    """Write what is unpacked, as far as the limit; return the number of bytes."""
    size = 0
    with path.open("xb") as file:
        while chunk := packed.read(CHUNK):
            size += len(chunk)
            if size > limit:
                file.close()
                path.unlink()
                raise Broken("it unpacks to more than any file of stories; unpack it yourself")
            file.write(chunk)
    return size


def _printable(name):
    return "".join(character if character.isprintable() else "\ufffd" for character in name).strip(
        "/"
    )
