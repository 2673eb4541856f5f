"""Finished pages in the folder of a host, as its keeper has it: nobody else writes below `www/`.

What is there is served, so a page is there only while it may be. One that was overtaken is set aside, as
`stale.html`, `stale.html.br` and `stale.html.gz`, for when nothing newer can be made; a feed as `stale.atom` and so on.
"""

import fcntl
import os
import secrets
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path

from newsroom.pagecache.serving.page import digest
from newsroom.pagecache.stores.files import (
    FACTS,
    SUFFIXES,
    all_names,
    content,
    facts,
    loaded,
    names,
    place,
    write,
)

FORM = "4"
"""What `form` says: of another one, the folder is emptied."""

BOOT = Path("/proc/sys/kernel/random/boot_id")
LEFT_BEHIND = 60
"""Seconds after which a file in tmp/ is nobody's work in progress."""


class Folder:
    """The folder of a FileStore; each method raises OSError."""

    def __init__(self, store):
        self.store, self.root, self.www, self.tmp = store, store.root, store.www, store.tmp
        self._lock = None

    def is_ours(self):
        """Return whether this is the only keeper of the folder, or has just become so."""
        if self._lock is None:
            self.root.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.root / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                return False
            self._lock = handle
        return True

    def release(self):
        """Leave the folder to another keeper."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def prepare(self):
        """Make what is not there; after a crash of the machine, or by another release, nothing is whole for sure."""
        for folder in (self.www, self.store.spool, self.tmp):
            folder.mkdir(parents=True, exist_ok=True)
        form = f"{FORM} {BOOT.read_text().strip() if BOOT.exists() else ''}".encode()
        if content(self.root / "form") != form:
            self.clear()
            write(self.root / "form", form, tmp=self.tmp)
        self._delete_cleared()

    def show(self):
        """Let servers find the pages, by the link `live`."""
        if not self.store.live.is_symlink():
            self.store.live.symlink_to(self.www.name)

    def hide(self):
        self.store.live.unlink(missing_ok=True)

    # --- What has come ---

    def arrivals(self, limit):
        """Yield up to so many pages from the spool; each goes from there when the next one is asked for."""
        with os.scandir(self.store.spool) as entries:
            paths = [
                Path(entry.path) for entry, _number in zip(entries, range(limit), strict=False)
            ]
        for path in paths:
            number, page = path.stat().st_ino, loaded(content(path))
            try:
                if page:
                    yield page
            finally:
                # A newer one may have come meanwhile.
                if path.stat().st_ino == number:
                    path.unlink()

    def put(self, page, *, aside=False):
        """Put a page in its place, and return the size of its files.

        The one that servers look for comes last: the process may be killed at any step.
        """
        folder, name = self.www / place(page.key), names(page.key)[aside]
        _unlink(folder, all_names(page.key))
        folder.mkdir(parents=True, exist_ok=True)
        known = facts(page)
        write(folder / FACTS, known, tmp=self.tmp)
        for encoding, suffix in SUFFIXES.items():
            if body := page.bodies.get(encoding):
                # nginx makes its ETag of a file's length and the seconds of its time: made of the bytes, they
                # tell two pages of one second apart.
                seconds = stamp(digest(body))
                write(folder / (name + suffix), body, tmp=self.tmp, seconds=seconds)
        return len(known) + sum(map(len, page.bodies.values()))

    # --- What is there ---

    def read(self, key):
        """Return a page without its bodies, or None."""
        return loaded(content(self.www / place(key) / FACTS))

    def pages(self):
        """Yield (page without its bodies, size, whether it is set aside) of all; what is not whole is deleted."""
        for folder, _folders, found in os.walk(self.www):
            if found:
                yield from self._kept(Path(folder), set(found))

    def _kept(self, folder, found):
        page = loaded(content(folder / FACTS))
        times = {each: (folder / each).stat() for each in found}
        if page and place(page.key) == folder.relative_to(self.www).as_posix():
            plain, aside = names(page.key)
            is_aside = plain not in found
            name = aside if is_aside else plain
            forms = {name + SUFFIXES[each]: value for each, value in page.bodies.items()}
            if found == {FACTS, *forms} and all(
                times[each].st_mtime == stamp(value.decode()) for each, value in forms.items()
            ):
                yield page, sum(each.st_size for each in times.values()), is_aside
                return
        _unlink(folder, found)

    def set_aside(self, key):
        """Take a page away from servers, and keep it for when nothing newer can be made."""
        folder, (plain, aside) = self.www / place(key), names(key)
        # The plain one first, as servers look for it.
        for suffix in reversed(SUFFIXES.values()):
            with suppress(FileNotFoundError):
                (folder / (plain + suffix)).rename(folder / (aside + suffix))

    def remove(self, key):
        """Delete a page, and the folders that are empty without it."""
        folder = self.www / place(key)
        _unlink(folder, all_names(key))
        while folder != self.www:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def clear(self):
        """Take all pages out of the way at once; they are deleted by and by."""
        self.www.rename(self.root / f"gone-{secrets.token_hex(8)}")
        self.www.mkdir()
        self._delete_cleared()

    def _delete_cleared(self):
        for gone in self.root.glob("gone-*"):
            # It may take minutes, and must not keep a purge waiting.
            threading.Thread(target=shutil.rmtree, args=[gone, True], daemon=True).start()

    def tidy(self):
        """Delete what killed processes have left in tmp/."""
        for path in self.tmp.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_ctime < time.time() - LEFT_BEHIND:
                    path.unlink()


def stamp(name):
    """Return a time of the years before 1979 that is made of a body's digest."""
    return int(name[:7], 16)


def _unlink(folder, found):
    for name in found:
        with suppress(FileNotFoundError):
            (folder / name).unlink()
