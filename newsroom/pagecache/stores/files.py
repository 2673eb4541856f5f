"""Finished pages in the folder of a host, as web processes use it.

They drop each page into `spool/`, in one file, and never touch what servers see. The keeper alone writes below `www/`
(folder.py), laid out so that nginx can serve pages by itself: `www/en/region/syria/.page/index.html`, `.br` and `.gz` beside
it, and for other processes what is known of it in `page.json`. A page without a slash at its end has a folder of that name,
too: `www/en/feed.atom/.page/index.atom`. One that is set aside lies in `.stale`. Servers look by the link `live`, while a keeper is there.
"""

import fcntl
import os
import re
import struct
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from newsroom.files.shared import content, write
from newsroom.pagecache.breaker import Breaker
from newsroom.pagecache.serving.page import Page, digest, encoded
from newsroom.pagecache.serving.release import release

KINDS = {
    "/": ("html", "text/html"),
    ".atom": ("atom", "application/atom+xml"),
    ".rss": ("rss", "application/rss+xml"),
    "/feed.json": ("feed", "application/feed+json"),
    ".opml": ("opml", "text/x-opml"),
    ".json": ("json", "application/json"),
    ".xml": ("xml", "application/xml"),
    ".txt": ("txt", "text/plain"),
    ".md": ("md", "text/markdown"),
}
"""How an address ends -> how its files end, and the one type that servers give them. A test compares nginx's list."""

PAGE, ASIDE, FACTS = ".page", ".stale", "page.json"
"""The folder of a page's files, and of one that is set aside; the file in it with what is known of the page."""

SUFFIXES = {"br": ".br", "gzip": ".gz", "identity": ""}
"""The ending of each form of a page."""

LONGEST_NAME = 255
"""Bytes that a file system takes for one name."""

PAUSE = 1.0
"""Seconds for which a full disk or a folder that cannot be written to is left alone."""


def kind(key):
    """Return (how its files end, their type) for the address of a page, or None for one that says neither."""
    return next((KINDS[end] for end in KINDS if key.endswith(end)), None)


def place(key):
    """Return the path of a page's folder under www/, or None for one that has no safe and unambiguous place.

    No part of it is hidden, as those are in which pages lie.
    """
    path = key[1:].removesuffix("/")
    # With a slash after it, too, the name of a feed would be the folder of two pages.
    is_clear = kind(key) and (key[1:] == path or not kind(path))
    # Half a character is none that a file system could write.
    is_safe = key[:1] == "/" and not re.search("[\x00?\ud800-\udfff]", key)
    names = (
        len(part.encode()) <= LONGEST_NAME and part[:1] not in ("", ".") for part in path.split("/")
    )
    return path if is_clear and is_safe and all(names) else None


def name(key):
    """Return what the plain file of a page is called."""
    return f"index.{kind(key)[0]}"


def is_for_files(page):
    """Return whether nginx could serve a page from a file as what it is."""
    if not page.may_be_file or page.status != 200 or place(page.key) is None:
        return False
    said, _semicolon, charset = dict(page.headers).get("Content-Type", "").lower().partition(";")
    return said == kind(page.key)[1] and charset.strip() in {"", "charset=utf-8"}


class FileStore:
    """The folder of pages for the web processes of a host. None of this raises to a reader."""

    def __init__(self, root):
        self.root = Path(root)
        self.www, self.live = self.root / "www", self.root / "live"
        self.spool, self.tmp = self.root / "spool", self.root / "tmp"
        self.breaker = Breaker(f"The folder of pages {str(root)!r}", seconds=PAUSE)

    def get(self, key):
        """Return the Page that was put under this key, or None; it may be out of date."""
        return self.breaker.ask(self._read, key) if place(key) else None

    def put(self, page, *, only_if_gone=False):
        """Keep a page in place of what had its key, or only if its files had to go."""
        if is_for_files(page):
            self.breaker.ask(self._drop, page, only_if_gone)

    def vouches_for(self, page):
        """Return whether a page of this store may be seen, to a process that has never read the log."""
        # A keeper is there, which removes what must not be seen.
        return page.release == release() and self.live.is_symlink()

    @contextmanager
    def lock(self, key):
        """Yield True if this caller is to render the page, False while another one does."""
        handle = self.breaker.ask(self._take, key)
        try:
            yield handle is not False
        finally:
            if handle:
                os.close(handle)

    def _take(self, key):
        """Return the open file that keeps others from rendering a page, or False while one does that."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.root / "render.lock", os.O_RDWR | os.O_CREAT, 0o644)
        # One byte for each page, of a file without any: the lock is of this handle, and ends with it.
        byte = int(digest(key.encode())[:15], 16)
        wanted = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, byte, 1, 0)
        try:
            fcntl.fcntl(handle, fcntl.F_OFD_SETLK, wanted)
        except OSError as error:
            os.close(handle)
            if not isinstance(error, BlockingIOError):
                raise
            return False
        return handle

    def _read(self, key):
        # What the keeper has not taken yet is the newest.
        return loaded(content(self._spooled(key))) or self._finished(key)

    def _finished(self, key):
        for folder in (PAGE, ASIDE):
            kept = self.www / place(key) / folder
            page, body = loaded(content(kept / FACTS)), content(kept / name(key))
            # The keeper may be at it at this moment: the parts must be of one page.
            if page and body is not None and digest(body) == page.etag:
                return replace(page, bodies=encoded(body))
        return None

    def _spooled(self, key):
        return self.spool / digest(key.encode())

    def _drop(self, page, only_if_gone):
        spooled, finished = self._spooled(page.key), self.www / place(page.key) / PAGE
        if not (only_if_gone and (finished.exists() or spooled.exists())):
            self.spool.mkdir(parents=True, exist_ok=True)
            write(spooled, page.dumps(), tmp=self.tmp)


def loaded(data):
    """Return the page that these bytes are, or None for anything else."""
    with suppress(ValueError, TypeError):
        return Page.loads(data) if data else None
    return None
