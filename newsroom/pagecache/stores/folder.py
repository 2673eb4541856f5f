"""Finished pages in the folder of a host, as its keeper has it: nobody else writes below `www/`.

What is there is served, so a page is there only while it may be. The files of a page lie in a folder of their own,
which comes, is set aside and goes as a whole, by a rename: whenever the keeper is killed, a page is there or it is not.
"""

import os
import secrets
import shutil
import threading
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from newsroom.files.shared import content, hold, write
from newsroom.pagecache.stores.files import ASIDE, FACTS, PAGE, SUFFIXES, loaded, name, place

FORM = "5"
"""What `form` says: of another one, the folder is emptied."""

BOOT = Path("/proc/sys/kernel/random/boot_id")
LEFT_BEHIND = 60
"""Seconds after which what lies in tmp/ is nobody's work in progress."""


class Folder:
    """The folder of a FileStore; each method raises OSError."""

    def __init__(self, store):
        self.store, self.root, self.www, self.tmp = store, store.root, store.www, store.tmp
        self._lock = self._tidying = None

    def is_ours(self):
        """Return whether this is the only keeper of the folder, or has just become so."""
        if self._lock is None:
            self.root.mkdir(parents=True, exist_ok=True)
            self._lock = hold(self.root / "keeper.lock")
        return self._lock is not None

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
            self.www.rename(self._new())
            self.www.mkdir()
            write(self.root / "form", form, tmp=self.tmp)

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
            paths = [Path(entry.path) for entry in islice(entries, limit)]
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
        """Put a page in its place, and return the size of its files."""
        new = self._new()
        new.mkdir()
        files = {FACTS: replace(page, bodies={"identity": b""}).dumps()}
        files |= {name(page.key) + SUFFIXES[code]: body for code, body in page.bodies.items()}
        for file_name, data in files.items():
            (new / file_name).write_bytes(data)
            # nginx makes its ETag of a file's length and the seconds of its time: made of the page, they
            # tell two pages of one second apart. They are of the years before 1979.
            os.utime(new / file_name, (0, int(page.etag[:7], 16)))
        self.remove(page.key)
        folder = self.www / place(page.key)
        folder.mkdir(parents=True, exist_ok=True)
        new.rename(folder / (ASIDE if aside else PAGE))
        return sum(map(len, files.values()))

    # --- What is there ---

    def read(self, key):
        """Return a page without its body, or None."""
        folder = self.www / place(key)
        return _known(folder / PAGE) or _known(folder / ASIDE)

    def pages(self):
        """Yield (page without its body, size, whether it is set aside) of all; what is no page is deleted."""
        for path, _folders, file_names in os.walk(self.www):
            folder = Path(path)
            if file_names:
                page = _known(folder)
                if page and folder.parent == self.www / place(page.key):
                    size = sum((folder / file_name).stat().st_size for file_name in file_names)
                    yield page, size, folder.name == ASIDE
                else:
                    self._delete(folder)

    def set_aside(self, key):
        """Take a page away from servers, and keep it for when nothing newer can be made."""
        folder = self.www / place(key)
        with suppress(FileNotFoundError):
            (folder / PAGE).rename(folder / ASIDE)

    def remove(self, key):
        """Delete a page, and the folders that are empty without it."""
        folder = self.www / place(key)
        for subfolder in (PAGE, ASIDE):
            self._delete(folder / subfolder)
        with suppress(OSError):
            while folder != self.www:
                folder.rmdir()
                folder = folder.parent

    def tidy(self):
        """Delete what was taken out of the way, and what killed processes have left; in a thread: it may take minutes."""
        if not (self._tidying and self._tidying.is_alive()):
            self._tidying = threading.Thread(target=self._tidy, daemon=True)
            self._tidying.start()

    def _tidy(self):
        with suppress(OSError):
            # By the disk's own clock: this machine's may differ from it, or be set while a page is written.
            (mark := self._new()).touch()
            now = mark.stat().st_ctime
            for path in self.tmp.iterdir():
                if path.stat().st_ctime <= now - LEFT_BEHIND:
                    _unlink(path)

    def _delete(self, folder):
        with suppress(FileNotFoundError):
            # Out of servers' sight at once, and as a whole.
            _unlink(folder.rename(self._new()))

    def _new(self):
        return self.tmp / secrets.token_hex(8)


def _known(folder):
    return loaded(content(folder / FACTS))


def _unlink(path):
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
