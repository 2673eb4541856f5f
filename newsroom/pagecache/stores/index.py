"""The keeper's index of the pages in its folder: which of them has which tags, and where they stand in lists.

It is the keeper's own and made anew at each start, in a file of SQLite's that nobody else sees and that goes with
the process. So there is nothing to lock, to repair or to bring up to date.
"""

import sqlite3

SCHEMA = """
PRAGMA foreign_keys = ON;
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    rendered_at REAL NOT NULL,
    is_aside INTEGER NOT NULL
);
CREATE INDEX pages_order ON pages (is_aside, rendered_at DESC, id, size);
CREATE TABLE tags (
    name TEXT NOT NULL,
    page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    low INTEGER,
    high INTEGER,
    PRIMARY KEY (name, page_id)
) WITHOUT ROWID;
CREATE INDEX tags_page ON tags (page_id);
"""
NEW_PAGE = "INSERT OR REPLACE INTO pages (key, size, rendered_at, is_aside) VALUES (?, ?, ?, ?)"
NEW_TAG = "INSERT INTO tags (name, page_id, low, high) VALUES (?, ?, ?, ?)"
WITH_TAG = """
SELECT key FROM tags JOIN pages ON id = page_id WHERE name = :name
AND (:at IS NULL OR (low IS NULL OR low <= :at) AND (high IS NULL OR high >= :at))
"""
BEYOND = """
SELECT key FROM (SELECT key, sum(size) OVER (ORDER BY is_aside, rendered_at DESC, id) AS total FROM pages) WHERE total > ?
"""


class Index:
    """An empty index. Each method raises sqlite3.Error."""

    def __init__(self):
        self.connection = sqlite3.connect("", check_same_thread=False)
        self.connection.executescript(SCHEMA)

    def close(self):
        self.connection.close()

    def add(self, page, *, size, is_aside):
        """Write down a page, instead of what had its key before."""
        row = (page.key, size, page.rendered_at, is_aside)
        number = self.connection.execute(NEW_PAGE, row).lastrowid
        tags = [(name, number, *(span or (None, None))) for name, span in page.tags.items()]
        self.connection.executemany(NEW_TAG, tags)

    def set_aside(self, key):
        self.connection.execute("UPDATE pages SET is_aside = 1 WHERE key = ?", [key])

    def remove(self, key):
        self.connection.execute("DELETE FROM pages WHERE key = ?", [key])

    def with_tag(self, name, position):
        """Return the keys of pages whose span of a tag holds a position; None stands for all."""
        return self._keys(WITH_TAG, {"name": name, "at": position})

    def from_before(self, moment):
        """Return the keys of pages that were rendered up to a moment and are not set aside."""
        return self._keys("SELECT key FROM pages WHERE is_aside = 0 AND rendered_at <= ?", [moment])

    def beyond(self, room):
        """Return the keys of pages that exceed `room` bytes: those set aside, then those rendered first."""
        return self._keys(BEYOND, [room])

    def _keys(self, sql, values):
        return [key for (key,) in self.connection.execute(sql, values)]
