"""Pages as files, laid out so that nginx can serve them by itself.

`PAGES_ROOT/www/en/region/syria/index.html`, beside it `index.html.br` and `index.html.gz`. A file that
is there is served, so whoever writes one has written it down in the index before, and the keeper (keeper.py)
takes it away as soon as it is out of date: what must not be seen is deleted, any other is set aside as
`stale.html`, `stale.html.br` and `stale.html.gz`, for when nothing newer can be made. Servers look by the link `PAGES_ROOT/live`, which is there only
while a keeper does so.
"""

import fcntl
import os
import secrets
import sqlite3
import time
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path

from newsroom.pagecache.breaker import Breaker
from newsroom.pagecache.serving.page import digest
from newsroom.pagecache.serving.release import release
from newsroom.pagecache.stores.index import DamagedError, Index, is_busy, is_damage

PAGE, ASIDE = "index.html", "stale.html"
SUFFIXES = {"br": ".br", "gzip": ".gz", "identity": ""}
"""The ending of each form of a page. The plain one last: it is the one that nginx looks for."""

FILES = tuple(name + suffix for name in (ASIDE, PAGE) for suffix in SUFFIXES.values())
LONGEST_NAME = 255
LONGEST_PATH = 3000
"""Bytes that a file system takes for one name, and for a path with room for PAGES_ROOT."""

STRIPES = 256
PAUSE = 5.0
"""Seconds for which a full disk or a folder that cannot be written to is left alone."""

GONE = "gone-"
LEFT_BEHIND = 60
"""Seconds after which a file that the index does not know is nobody's work in progress."""


def place(key):
    """Return the path of a page under www/, or None for one that has no safe and unambiguous place."""
    parts = key[1:-1].split("/")
    if not (len(key) > 2 and key[0] == key[-1] == "/" and all(map(_is_name, parts))):
        return None
    return "/".join(parts) if len(key.encode()) <= LONGEST_PATH else None


def _is_name(part):
    try:
        length = len(part.encode())
    except UnicodeEncodeError:
        return False
    return (
        part not in {"", ".", "..", *FILES}
        and not {"\x00", "?"} & set(part)
        and length <= LONGEST_NAME
    )


def is_for_files(page):
    """Return whether nginx could serve a page from a file as what it is."""
    kind = dict(page.headers).get("Content-Type", "")
    return page.status == 200 and kind.startswith("text/html") and place(page.key) is not None


class FileStore:
    """Pages in a folder, for all processes of a host. What is for readers never raises; what is for the keeper does."""

    def __init__(self, root):
        self.root = Path(root)
        self.www, self.live = self.root / "www", self.root / "live"
        self.index = Index(self.root / "index.sqlite3")
        self.breaker = Breaker(f"The folder of pages {str(root)!r}", seconds=PAUSE)

    # --- For readers ---

    def get(self, key):
        """Return the Page that was put under this key, or None; it may be out of date."""
        return self._safely(self._read, key) if place(key) else None

    def put(self, page):
        """Keep a page in place of what had its key."""
        if is_for_files(page):
            self._safely(self._write, page)

    def put_back(self, page):
        """Keep a page again if its file had to go; one that is answered with, so to be quick about."""
        if is_for_files(page):
            self._safely(self._write_if_gone, page)

    def vouches_for(self, page):
        """Return whether a page of this store may be seen, to a process that has never read the log."""
        # A keeper is there, which removes what must not be seen.
        return page.release == release() and self.live.is_symlink()

    @contextmanager
    def lock(self, key):
        """Yield True if this caller is to render the page, False while another one does."""
        taken, handle = True, None
        try:
            taken, handle = self._take(key)
        except OSError as error:
            self.breaker.trip(error)
        try:
            yield taken
        finally:
            if handle is not None:
                os.close(handle)

    def _safely(self, work, argument):
        """Return what `work` returns, or None if the folder or the index do not let it."""
        if not self.breaker.is_closed:
            return None
        try:
            found = work(argument)
            self.breaker.reset()
        except (OSError, sqlite3.Error, DamagedError) as error:
            found = None
            self._give_up(error)
        return found

    def _give_up(self, error):
        if is_busy(error):
            return
        if not is_damage(error):
            self.breaker.trip(error)
            return
        try:
            self.clear()
        except OSError as failure:
            self.breaker.trip(failure)

    def _read(self, key):
        self.prepare()
        found = self.index.find(key)
        if not found:
            return None
        page, digests = found
        folder = self.www / place(key)
        for encoding, name in digests.items():
            body = _bytes(folder / (PAGE + SUFFIXES[encoding]))
            body = _bytes(folder / (ASIDE + SUFFIXES[encoding])) if body is None else body
            # Somebody may be writing the page at this moment: the parts must be of one page.
            if body is None or digest(body) != name:
                return None
            page.bodies[encoding] = body
        return page

    def _write_if_gone(self, page):
        if not (self.www / place(page.key) / PAGE).exists():
            self._write(page)

    def _write(self, page):
        self.prepare()
        parts = {}
        try:
            digests = {encoding: digest(body) for encoding, body in page.bodies.items()}
            for encoding, body in page.bodies.items():
                parts[encoding] = self._written(body, stamp(digests[encoding]))
            with self.index.lock():
                self._publish(page, parts, digests)
        finally:
            for part in parts.values():
                part.unlink(missing_ok=True)

    def _publish(self, page, parts, digests):
        """Take the files of the page before away, write the page down, and put its files in their place.

        In this order, for the process may be killed at any step: then the page is a miss, and no file is there
        that the index does not know.
        """
        folder = self.www / place(page.key)
        with self.index.writing():
            _unlink(folder)
            number = self.index.add(page, digests, now=time.time())
        with self.index.writing():
            # The keeper may have removed it, or somebody else put another in its place.
            if not self.index.keys([number]):
                return
            folder.mkdir(parents=True, exist_ok=True)
            # The plain one last, as servers look for it.
            for encoding, suffix in SUFFIXES.items():
                if encoding in parts:
                    parts[encoding].replace(folder / (PAGE + suffix))

    def _written(self, body, seconds):
        """Write a body to a file that nobody looks for yet, and return its path.

        nginx makes its ETag of the length and the seconds of the file's time, so the time is made of the
        bytes: two pages of one second would else look the same to a browser.
        """
        path = self.root / "tmp" / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            path.write_bytes(body)
            os.utime(path, (seconds, seconds))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    def _take(self, key):
        """Return (whether the caller is to render, the open file that keeps others from it).

        Pages share a few hundred locks. Who finds one taken for another page does not wait for it.
        """
        folder = self.root / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        wanted = digest(key.encode(errors="replace")).encode()
        handle = os.open(folder / str(zlib.crc32(wanted) % STRIPES), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # In place and of one length: to make it shorter first costs a disk a hundred times as much.
            os.pwrite(handle, wanted, 0)
        except BlockingIOError:
            holder = os.pread(handle, len(wanted), 0)
            os.close(handle)
            return holder != wanted, None
        except OSError:
            os.close(handle)
            raise
        return True, handle

    def prepare(self):
        """Make the folders, where they are not; files without an index are nobody's to keep up to date."""
        self._make_folders()
        if self.index.identity is None and any(self.www.iterdir()):
            self.clear()

    def _make_folders(self):
        for folder in (self.www, self.root / "tmp"):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)

    # --- For the keeper ---

    def show(self):
        """Let servers find the pages, by the link `live`."""
        if not self.live.is_symlink():
            self.live.symlink_to(self.www.name)

    def hide(self):
        self.live.unlink(missing_ok=True)

    def remove(self, numbers):
        """Remove pages by their numbers in the index; return how many there were."""
        # The file first: it is what readers see.
        return self._each(numbers, self._drop, self.index.remove)

    def set_aside(self, numbers):
        """Take pages away from servers, and keep them for when nothing newer can be made; return how many there were."""
        return self._each(numbers, _set_aside, self.index.set_aside)

    def _each(self, numbers, work, note):
        """Do something with the folder of each page, and note it in the index."""
        if not numbers:
            return 0
        self.prepare()
        with self.index.lock(), self.index.writing():
            keys = self.index.keys(numbers)
            for number, key in keys.items():
                work(self.www / place(key))
                note(number)
        return len(keys)

    def clear(self):
        """Take all pages and the index out of the way at once; `sweep` deletes them."""
        self._make_folders()
        with self.index.lock(alone=True):
            self.www.rename(self.root / f"{GONE}{secrets.token_hex(8)}")
            self.index.delete()
            self._make_folders()

    def sweep(self):
        """Delete what was cleared and what killed processes left behind.

        A generator, because it may take minutes: yields how many files it deleted, folder by folder.
        """
        self.prepare()
        for gone in self.root.glob(f"{GONE}*"):
            yield from _deleted(gone)
        before = time.time() - LEFT_BEHIND
        for folder, _folders, names in os.walk(self.www):
            yield _unlinked(self._unknown(Path(folder), names, before=before))
        yield _unlinked(p for p in (self.root / "tmp").iterdir() if _is_older(p, before))

    def _unknown(self, folder, names, *, before):
        """Return the files of a folder that are not those of the page in the index."""
        found = self.index.find(f"/{folder.relative_to(self.www).as_posix()}/") if names else None
        digests = found[1] if found else {}
        times = {
            first + SUFFIXES[encoding]: stamp(value)
            for first in (PAGE, ASIDE)
            for encoding, value in digests.items()
        }
        return [
            path for name in names if _is_older(path := folder / name, before, but=times.get(name))
        ]

    def _drop(self, folder):
        _unlink(folder)
        while folder != self.www:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def stamp(name):
    """Return a time of the years before 1979 that is made of a body's digest."""
    return int(name[:7], 16)


def _bytes(path):
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _set_aside(folder):
    # The plain one first, as servers look for it.
    for suffix in reversed(SUFFIXES.values()):
        with suppress(FileNotFoundError):
            (folder / (PAGE + suffix)).rename(folder / (ASIDE + suffix))


def _unlink(folder):
    for name in reversed(FILES):
        with suppress(FileNotFoundError):
            (folder / name).unlink()


def _unlinked(paths):
    """Delete files, and return how many there were."""
    return sum(not path.unlink(missing_ok=True) for path in paths)


def _deleted(root):
    for folder, _folders, names in os.walk(root, topdown=False):
        yield _unlinked(Path(folder, name) for name in names)
        # Another keeper may be at it, too.
        with suppress(FileNotFoundError):
            os.rmdir(folder)


def _is_older(path, moment, *, but=None):
    """Return whether a file was written before a moment; one with the time `but` is none."""
    with suppress(FileNotFoundError):
        found = path.stat()
        # When it was written is not the time of its contents, which is made up.
        return found.st_ctime < moment and found.st_mtime != but
    return False
