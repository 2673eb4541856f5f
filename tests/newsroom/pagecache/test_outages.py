"""The real servers stop and start under load: readers of cached pages do not notice.

Readers ask all the time on connections that they keep; a newsroom publishes from another process. And a web server is
started again while the database is away: readers get what lies in the folder of pages.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests import postgres, tables
from tests.house_rules.source import ROOT
from tests.newsroom import replicated
from tests.newsroom.pagecache.site import Readers, Site
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db
of_postgresql = pytest.mark.skipif(
    os.environ.get("TEST_DATABASE") != "postgresql", reason="it stops a PostgreSQL of its own"
)


class File:
    """A SQLite database that can go: something else lies in its place meanwhile."""

    def __init__(self, folder):
        self.path, self.aside = folder / "newsroom.sqlite3", folder / "aside.sqlite3"
        self.url = tables.into_file(self.path)

    def stop(self):
        self.path.rename(self.aside)
        self.path.mkdir()

    def start(self):
        self.path.rmdir()
        self.aside.rename(self.path)

    def remove(self):
        pass


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        if os.environ.get("TEST_DATABASE") == "postgresql":
            server = postgres.Server()
            replicated.fill(server)
        else:
            server = File(tmp_path_factory.mktemp("database"))
    yield server
    server.remove()


@pytest.fixture(scope="module")
def site(tmp_path_factory, database):
    site = Site(tmp_path_factory.mktemp("site"), database=database.url)
    yield site
    site.stop()


@pytest.fixture
def alone(tmp_path, database):
    """A site whose web server is one process: no other one knows what it has forgotten."""
    site = Site(tmp_path, database=database.url, workers=1)
    yield site
    site.stop()


@contextmanager
def keeping(site):
    """Have the program run that keeps the folder of pages."""
    command = [sys.executable, "manage.py", "keep_pages", "-v", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stderr=site.log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def keeper(site):
    with keeping(site):
        yield


def keep(site, *paths, without=b"\0"):
    """Ask until each of these pages lies in the folder of pages as it is answered now, `without` these words.

    For a moment one process may still answer as before a change, and the keeper not know of it either.
    """
    for path in paths:
        file = site.folder / "pages" / "live" / path.strip("/") / ".page/index.html"
        wait_until(lambda path=path, file=file: without not in site.ask(path).body == content(file))


def content(file):
    return file.read_bytes() if file.exists() else None


def warm(site, *paths):
    """Ask until each process has these pages in memory."""
    for path in paths:
        wait_until(
            lambda path=path: all(answer.cache == "newsroom; hit" for answer in site.ask_all(path))
        )


def is_everywhere(site, headline):
    return all(headline.encode() in answer.body for answer in site.ask_all("/en/"))


@of_postgresql
def test_while_the_database_is_down_cached_pages_are_served_and_it_heals_by_itself(site, database):
    cached, uncached = site.publish("A story that is read"), site.publish("A story nobody read")
    warm(site, "/en/", cached)

    with Readers(site, ["/en/", cached]) as readers:
        # It purges the front page, and nobody may have asked for the new one when the database goes.
        site.publish("A story of the last moment")
        database.stop()
        stopped = time.monotonic()
        wait_until(lambda: all("stale" in answer.cache for answer in site.ask_all(cached)))
        assert {answer.status for answer in site.ask_all("/en/")} == {200}
        missing = {path: site.ask(path) for path in (uncached, "/es/", "/ar/")}
        wait_until(lambda: len(list(readers.seen(cached, since=stopped))) > 100)
        database.start()
        wait_until(lambda: site.ask(uncached).status == 200)
        wait_until(lambda: all(answer.cache == "newsroom; hit" for answer in site.ask_all(cached)))
        published = site.publish("A story after the outage")
        wait_until(lambda: is_everywhere(site, "A story after the outage"))

    assert readers.errors == []
    assert {answer.status for answer in missing.values()} == {503}
    assert [answer.headers["retry-after"] for answer in missing.values()] == ["30"] * 3
    for path, words in ((uncached, "Back in a moment"), ("/es/", "Volvemos"), ("/ar/", "سنعود")):
        assert words in missing[path].body.decode()
    assert site.ask(published).status == 200


@of_postgresql
def test_a_database_that_says_nothing_keeps_no_reader_waiting_for_long(site, database):
    cached, uncached = site.publish("Another that is read"), site.publish("Another nobody read")
    warm(site, cached)

    with Readers(site, ["/en/", cached]) as readers:
        # It purges the front page, of which there is no newer one when the database stops to answer.
        site.publish("A story of the last second")
        database.hang()
        began = time.monotonic()
        missing = site.ask(uncached)
        waited = time.monotonic() - began
        assert {answer.status for answer in site.ask_all("/en/")} == {200}
        wait_until(lambda: all("stale" in answer.cache for answer in site.ask_all(cached)))
        database.wake()
        wait_until(lambda: site.ask(uncached).status == 200)
        wait_until(lambda: all(answer.cache == "newsroom; hit" for answer in site.ask_all(cached)))

    assert readers.errors == []
    assert (missing.status, missing.headers["retry-after"]) == (503, "30")
    assert waited < 20


def test_a_web_server_that_starts_in_an_outage_shows_what_was_not_hidden(site, database, keeper):
    read, withdrawn = site.publish("A story that is read"), site.publish("A story that is wrong")
    keep(site, read, withdrawn, "/en/", "/es/")
    site.tell("withdraw A story that is wrong")
    wait_until(lambda: site.ask(withdrawn).status == 410)
    keep(site, read, "/en/", without=b"A story that is wrong")
    # It purges the front page, and nobody asks for the new one before the database goes.
    site.publish("A story of the last moment")
    database.stop()

    site.restart()

    for _each in range(6):
        answers = {path: site.ask(path) for path in ("/en/", read, withdrawn, "/es/", "/ar/")}
        assert [answer.status for answer in answers.values()] == [200, 200, 503, 200, 503]
        assert all("stale" in answer.cache for answer in answers.values() if answer.status == 200)
        assert b"A story that is wrong" not in answers["/en/"].body + answers["/es/"].body

    database.start()
    wait_until(lambda: b"A story of the last moment" in site.ask("/en/").body)
    wait_until(lambda: all(answer.status == 410 for answer in site.ask_all(withdrawn)))
    wait_until(lambda: all(answer.cache == "newsroom; hit" for answer in site.ask_all("/en/")))


@of_postgresql  # what a process does without a database; the test above shows that it knows when SQLite's is gone
def test_one_process_serves_what_it_has_in_memory_and_the_next_one_what_lies_in_the_folder(
    alone, database
):
    with keeping(alone):
        read, withdrawn = (
            alone.publish("A story that is liked"),
            alone.publish("A story gone wrong"),
        )
        keep(alone, read, withdrawn, "/en/")
        alone.tell("withdraw A story gone wrong")
        wait_until(lambda: alone.ask(withdrawn).status == 410)
        keep(alone, read, "/en/", without=b"A story gone wrong")
        alone.publish("A story of the last hour")
        database.stop()
        wait_until(lambda: "stale" in alone.ask("/en/").cache)
        from_memory = {path: alone.ask(path) for path in ("/en/", read)}

        alone.restart()
        from_folder = {path: alone.ask(path) for path in ("/en/", read)}
        hidden = alone.ask(withdrawn)
        database.start()

    for answers in (from_memory, from_folder):
        assert [answer.status for answer in answers.values()] == [200, 200]
        assert "stale" in answers["/en/"].cache
        assert b"A story gone wrong" not in answers["/en/"].body
    assert hidden.status == 503
    wait_until(lambda: b"A story of the last hour" in alone.ask("/en/").body)
