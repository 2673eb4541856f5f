"""Finished pages in the folder of a host, as web processes use it.

They drop each page into `spool/`, in one file, and never touch what servers see. The keeper alone writes below
`www/` (folder.py), laid out so that nginx can serve pages by itself: `www/en/region/syria/index.html`, beside it
`index.html.br`, `index.html.gz` and, for other processes, what is known of the page in `page.json`. A page without
a slash at its end has a folder of that name: `www/en/feed.atom/index.atom`. Servers look by the link `live`, which
is there only while a keeper is.
"""

import fcntl
import os
import secrets
import zlib
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from newsroom.pagecache.breaker import Breaker
from newsroom.pagecache.serving.page import Page, digest
from newsroom.pagecache.serving.release import release

KINDS = {
    "/": ("html", "text/html"),
    ".atom": ("atom", "application/atom+xml"),
    ".rss": ("rss", "application/rss+xml"),
    "/feed.json": ("feed", "application/feed+json"),
    ".json": ("json", "application/json"),
    ".xml": ("xml", "application/xml"),
    ".txt": ("txt", "text/plain"),
}
"""How an address ends -> how its files end, and the one type that servers give them. A test compares nginx's list."""

PAGE, ASIDE, FACTS = "index", "stale", "page.json"
"""What the files of a page, of one set aside, and of what is known of either are called."""

SUFFIXES = {"br": ".br", "gzip": ".gz", "identity": ""}
"""The ending of each form of a page. The plain one last: it is the one that nginx looks for."""

LONGEST_NAME = 255
LONGEST_PATH = 3000
"""Bytes that a file system takes for one name, and for a path with room for PAGES_ROOT."""

STRIPES = 256
PAUSE = 5.0
"""Seconds for which a full disk or a folder that cannot be written to is left alone."""


def kind(key):
    """Return (how its files end, their type) for the address of a page, or None for one that says neither."""
    return next((KINDS[end] for end in KINDS if key.endswith(end)), None)


def place(key):
    """Return the path of a page's folder under www/, or None for one that has no safe and unambiguous place."""
    path = key[1:].removesuffix("/")
    # With a slash after it, too, the name of a feed would be the folder of two pages.
    is_clear = kind(key) and (key[1:] == path or not kind(path))
    if not (key[:1] == "/" and is_clear and all(map(_is_name, path.split("/")))):
        return None
    return path if len(key.encode()) <= LONGEST_PATH else None


def _is_name(part):
    """Return whether a part of a path can be a folder: none is hidden, or called like a file or a form of one."""
    try:
        length = len(part.encode())
    except UnicodeEncodeError:
        return False
    is_safe = part and not {"\x00", "?"} & set(part)
    is_like_file = part.startswith((".", f"{PAGE}.", f"{ASIDE}.", "page.")) or part.endswith(
        (".br", ".gz")
    )
    return is_safe and not is_like_file and length <= LONGEST_NAME


def names(key):
    """Return what the plain file of a page is called, and that of one set aside."""
    end, _type = kind(key)
    return f"{PAGE}.{end}", f"{ASIDE}.{end}"


def all_names(key):
    """Return all files that a page may have, the one that servers look for first."""
    forms = reversed(SUFFIXES.values())
    return [*(name + suffix for suffix in forms for name in names(key)), FACTS]


def is_for_files(page):
    """Return whether nginx could serve a page from a file as what it is."""
    if not page.may_be_file or page.status != 200 or place(page.key) is None:
        return False
    said, _semicolon, charset = dict(page.headers).get("Content-Type", "").lower().partition(";")
    return said == kind(page.key)[1] and charset.strip() in {"", "charset=utf-8"}


def facts(page):
    """Return a page as it stands in `page.json`: each body is only named there, by its digest."""
    names = {encoding: digest(body).encode() for encoding, body in page.bodies.items()}
    return replace(page, bodies=names).dumps()


class FileStore:
    """The folder of pages for the web processes of a host. None of this raises to a reader."""

    def __init__(self, root):
        self.root = Path(root)
        self.www, self.live = self.root / "www", self.root / "live"
        self.spool, self.tmp = self.root / "spool", self.root / "tmp"
        self.breaker = Breaker(f"The folder of pages {str(root)!r}", seconds=PAUSE)

    def get(self, key):
        """Return the Page that was put under this key, or None; it may be out of date."""
        return self._safely(self._read, key) if place(key) else None

    def put(self, page):
        """Keep a page in place of what had its key."""
        if is_for_files(page):
            self._safely(self._drop, page)

    def put_back(self, page):
        """Keep a page again if its files had to go; one that is answered with, so to be quick about."""
        if is_for_files(page):
            self._safely(self._drop_if_gone, page)

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
        """Return what `work` returns, or None if the folder does not let it."""
        if not self.breaker.is_closed:
            return None
        try:
            found = work(argument)
        except OSError as error:
            self.breaker.trip(error)
            return None
        self.breaker.reset()
        return found

    def _read(self, key):
        # What the keeper has not taken yet is the newest.
        return loaded(content(self._spooled(key))) or self._finished(key)

    def _finished(self, key):
        folder, (plain, aside) = self.www / place(key), names(key)
        page = loaded(content(folder / FACTS))
        for encoding, name in page.bodies.items() if page else ():
            body = content(folder / (plain + SUFFIXES[encoding]))
            body = content(folder / (aside + SUFFIXES[encoding])) if body is None else body
            # The keeper may be at it at this moment: the parts must be of one page.
            if body is None or digest(body).encode() != name:
                return None
            page.bodies[encoding] = body
        return page

    def _spooled(self, key):
        return self.spool / digest(key.encode())

    def _drop(self, page):
        for folder in (self.spool, self.tmp):
            folder.mkdir(parents=True, exist_ok=True)
        write(self._spooled(page.key), page.dumps(), tmp=self.tmp)

    def _drop_if_gone(self, page):
        if (
            not (self.www / place(page.key) / names(page.key)[0]).exists()
            and not self._spooled(page.key).exists()
        ):
            self._drop(page)

    def _take(self, key):
        """Return (whether the caller is to render, the open file that keeps others from it).

        Pages share a few hundred locks. A caller that finds one taken for another page does not wait for it.
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


def content(path):
    """Return the bytes of a file, or None where there is none."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return path.read_bytes()
    return None


def loaded(data):
    """Return the page that these bytes are, or None for anything else."""
    with suppress(ValueError, TypeError):
        return Page.loads(data) if data else None
    return None


def write(path, data, *, tmp, seconds=None):
    """Put a file in its place at once, as a whole, with a time of its own if need be."""
    part = tmp / f"{os.getpid()}-{secrets.token_hex(8)}"
    try:
        part.write_bytes(data)
        if seconds is not None:
            os.utime(part, (seconds, seconds))
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
