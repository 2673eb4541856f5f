"""An archive is of one moment, and nobody waits for it."""

import pytest
from django.db import connection

from newsroom import env
from newsroom.backup import making


@pytest.fixture
def two(tmp_path):
    """Two connections to one database, with the table that tells its migrations."""
    copies = [connection.copy(), connection.copy()]
    for copy in copies if connection.vendor == "sqlite" else ():
        copy.settings_dict |= {"NAME": str(tmp_path / "site.sqlite3"), "OPTIONS": dict(env.SQLITE)}
    with copies[0].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS django_migrations (app text)")
        cursor.execute("CREATE TABLE backup_story (headline text)")
    yield copies
    with copies[0].cursor() as cursor:
        cursor.execute("DROP TABLE backup_story")
    for copy in copies:
        copy.close()


@pytest.mark.django_db
def test_what_is_written_meanwhile_is_in_the_next_one(two, monkeypatch):
    reader, writer = two
    monkeypatch.setattr(making, "connection", reader)

    def stories():
        with reader.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM backup_story")
            return cursor.fetchone()[0]

    with making.snapshot():
        with writer.cursor() as cursor:
            cursor.execute("INSERT INTO backup_story VALUES ('Rain')")
        assert stories() == 0

    assert stories() == 1
