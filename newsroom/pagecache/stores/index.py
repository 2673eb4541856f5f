"""The index of the pages that are kept as files: which page is where, and which tags it has.

A SQLite file that may be lost at any time, as every page can be rendered again. So it is written
without waiting for the disk, and after a crash of the machine it starts empty.
"""

import fcntl
import json
import os
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from newsroom.pagecache.serving.page import Page

VERSION = 3
BUSY = 0.2
"""Seconds that a writer waits for its turn; then the page is not kept this time."""

BOOT = Path("/proc/sys/kernel/random/boot_id")

SCHEMA = """
CREATE TABLE about (version INTEGER, boot TEXT);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    facts BLOB NOT NULL,
    bodies TEXT NOT NULL,
    stored_at REAL NOT NULL,
    ends_at REAL,
    hidden_at REAL,
    size INTEGER NOT NULL
);
CREATE INDEX pages_ends_at ON pages (ends_at);
CREATE INDEX pages_hidden_at ON pages (hidden_at);
CREATE INDEX pages_size ON pages (size);
CREATE TABLE tags (
    name TEXT NOT NULL,
    page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    low INTEGER,
    high INTEGER,
    PRIMARY KEY (name, page_id)
) WITHOUT ROWID;
CREATE INDEX tags_page ON tags (page_id);
"""
PRAGMAS = ("journal_mode=WAL", "synchronous=OFF", "foreign_keys=ON")

NEW_TAG = "INSERT INTO tags (name, page_id, low, high) VALUES (?, ?, ?, ?)"
IN_SPAN = " AND (low IS NULL OR low <= :at) AND (high IS NULL OR high >= :at)"


class DamagedError(Exception):
    """The index is not one that this release wrote on this machine since it was started."""


def boot():
    """Return the name of this start of the machine, or "" where it has none."""
    return BOOT.read_text().strip() if BOOT.exists() else ""


def is_damage(error):
    """Return whether an error says that the index is of no use any more."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, DamagedError) or code in {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }


def is_busy(error):
    """Return whether others only were quicker."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    }


class Index:
    """The index in one file. Each method raises sqlite3.Error, OSError or DamagedError."""

    def __init__(self, path):
        self.path = path
        self._local = threading.local()

    @property
    def identity(self):
        """What tells this file from one that took its place; None where there is none."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    # --- Asking ---

    def find(self, key):
        """Return (the page without its bodies, {encoding: digest}), or None."""
        row = self._ask("SELECT facts, bodies FROM pages WHERE key = ?", key).fetchone()
        return (_page(row[0]), _read(json.loads, row[1])) if row else None

    def added(self, after, *, limit):
        """Return [(number, page without its bodies)] of the pages kept after number `after`."""
        sql = "SELECT id, facts FROM pages WHERE id > ? ORDER BY id LIMIT ?"
        return [(number, _page(facts)) for number, facts in self._ask(sql, after, limit)]

    def with_tag(self, name, position, *, limit=-1):
        """Return [(number, page without its bodies)] of pages whose span of a tag holds a position."""
        sql = "SELECT pages.id, facts FROM tags JOIN pages ON pages.id = page_id WHERE name = :name"
        if position is not None:
            sql += IN_SPAN
        values = {"name": name, "at": position, "limit": limit}
        rows = self.connection().execute(f"{sql} LIMIT :limit", values)
        return [(number, _page(facts)) for number, facts in rows]

    def ended(self, now):
        """Return the numbers of the pages that end by a moment and are not set aside."""
        return self._numbers("SELECT id FROM pages WHERE ends_at <= ?", now)

    def hidden(self, now):
        """Return the numbers of the pages that must not be seen any more by a moment."""
        return self._numbers("SELECT id FROM pages WHERE hidden_at <= ?", now)

    def beyond(self, room):
        """Return the numbers of the pages that exceed `room` bytes: those set aside, then those kept first."""
        if (self._ask("SELECT sum(size) FROM pages").fetchone()[0] or 0) <= room:
            return []
        sql = (
            "SELECT id FROM (SELECT id, sum(size) OVER (ORDER BY ends_at IS NULL, id DESC)"
            " AS total FROM pages)"
            " WHERE total > ?"
        )
        return self._numbers(sql, room)

    def keys(self, numbers):
        """Return {number: key} of those of the pages that are still there."""
        sql = "SELECT id, key FROM pages WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._ask(sql, json.dumps(numbers)).fetchall())

    # --- Changing, inside `writing` ---

    @contextmanager
    def writing(self):
        """Hold the only right to write, until the block is done; what fails is taken back."""
        connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def add(self, page, digests, *, now):
        """Write down a page, instead of what had its key before; return its number."""
        connection = self.connection()
        connection.execute("DELETE FROM pages WHERE key = ?", (page.key,))
        facts = replace(page, bodies={}).dumps()
        row = (page.key, facts, json.dumps(digests), now, page.ends_at, page.size)
        number = connection.execute(
            "INSERT INTO pages (key, facts, bodies, stored_at, ends_at, size) VALUES (?, ?, ?, ?, ?, ?)",
            row,
        ).lastrowid
        tags = [(name, number, *(span or (None, None))) for name, span in page.tags.items()]
        connection.executemany(NEW_TAG, tags)
        return number

    def end(self, number, moment):
        """Let a page end at a moment, if it does not end before it."""
        self._ask("UPDATE pages SET ends_at = min(ends_at, ?) WHERE id = ?", moment, number)

    def hide(self, number, moment):
        """Let a page be seen no more from a moment on, if it is not from an earlier one."""
        sql = "UPDATE pages SET hidden_at = min(coalesce(hidden_at, ?1), ?1) WHERE id = ?2"
        self._ask(sql, moment, number)

    def set_aside(self, number):
        """Note that a page has ended, and is kept for when nothing newer can be made."""
        self._ask("UPDATE pages SET ends_at = NULL WHERE id = ?", number)

    def remove(self, number):
        self._ask("DELETE FROM pages WHERE id = ?", number)

    # --- The file, and the connection of each thread to it ---

    @contextmanager
    def lock(self, *, alone=False):
        """Let many write pages at a time, or one alone throw everything away."""
        handle = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield
        finally:
            os.close(handle)

    def delete(self):
        """Throw the index away, inside `lock(alone=True)`."""
        self.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def connection(self):
        """Return this thread's connection to the file that is there now."""
        kept = getattr(self._local, "kept", None)
        if kept and kept[0] == self.identity:
            return kept[1]
        self.close()
        # So that what is opened is one file with its log, and still has its name when that is noted.
        with self.lock():
            connection = sqlite3.connect(self.path, timeout=BUSY, isolation_level=None)
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._local.kept = self.identity, connection
        return connection

    def close(self):
        """Close this thread's connection."""
        if kept := getattr(self._local, "kept", None):
            kept[1].close()
            self._local.kept = None

    def _prepare(self, connection):
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not _tables(connection):
            connection.execute("BEGIN IMMEDIATE")
            # Asked again, now that nobody else can be at it.
            if not _tables(connection):
                for statement in filter(str.strip, SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute("INSERT INTO about VALUES (?, ?)", (VERSION, boot()))
            connection.execute("COMMIT")
        if "about" not in _tables(connection):
            raise DamagedError("it belongs to something else")
        if connection.execute("SELECT * FROM about").fetchall() != [(VERSION, boot())]:
            raise DamagedError("it is of another release, or from before the machine was started")

    def _ask(self, sql, *values):
        return self.connection().execute(sql, values)

    def _numbers(self, sql, *values):
        return [number for (number,) in self._ask(sql, *values)]


def _page(facts):
    return _read(Page.loads, facts)


def _read(loads, data):
    try:
        return loads(data)
    except (ValueError, TypeError) as error:
        raise DamagedError("it holds what is no page") from error


def _tables(connection):
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in found}
