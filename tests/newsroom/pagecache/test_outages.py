"""The real servers stop and start under load: readers of cached pages do not notice.

Readers ask all the time on connections that they keep; a newsroom publishes from another process.
"""

import os
import time

import pytest

from tests import postgres
from tests.newsroom import replicated
from tests.newsroom.pagecache.site import Readers, Site
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.skipif(
        os.environ.get("TEST_DATABASE") != "postgresql", reason="it stops a PostgreSQL of its own"
    ),
    pytest.mark.django_db,
]


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    server = postgres.Server()
    with django_db_blocker.unblock():
        replicated.fill(server)
    yield server
    server.remove()


@pytest.fixture(scope="module")
def site(tmp_path_factory, database):
    site = Site(tmp_path_factory.mktemp("site"), database=database.url_of(replicated.NAME))
    yield site
    site.stop()


def warm(site, *paths):
    """Ask until each process has these pages in memory."""
    for path in paths:
        wait_until(
            lambda path=path: all(each.cache == "newsroom; hit" for each in site.ask_all(path))
        )


def is_everywhere(site, headline):
    return all(headline.encode() in each.body for each in site.ask_all("/en/"))


def test_while_the_database_is_down_cached_pages_are_served_and_it_heals_by_itself(site, database):
    cached, uncached = site.publish("A story that is read"), site.publish("A story nobody read")
    warm(site, "/en/", cached)

    with Readers(site, ["/en/", cached]) as readers:
        # It purges the front page, and nobody may have asked for the new one when the database goes.
        site.publish("A story of the last moment")
        database.stop()
        stopped = time.monotonic()
        wait_until(lambda: all("stale" in each.cache for each in site.ask_all(cached)))
        assert {each.status for each in site.ask_all("/en/")} == {200}
        missing = {path: site.ask(path) for path in (uncached, "/es/", "/ar/")}
        wait_until(lambda: len(list(readers.seen(cached, since=stopped))) > 100)
        database.start()
        wait_until(lambda: site.ask(uncached).status == 200)
        wait_until(lambda: all(each.cache == "newsroom; hit" for each in site.ask_all(cached)))
        published = site.publish("A story after the outage")
        wait_until(lambda: is_everywhere(site, "A story after the outage"))

    assert readers.errors == []
    assert {each.status for each in missing.values()} == {503}
    assert [each.headers["retry-after"] for each in missing.values()] == ["30"] * 3
    for path, words in ((uncached, "Back in a moment"), ("/es/", "Volvemos"), ("/ar/", "سنعود")):
        assert words in missing[path].body.decode()
    assert site.ask(published).status == 200


def test_a_database_that_says_nothing_keeps_no_reader_waiting_for_long(site, database):
    cached, uncached = site.publish("Another that is read"), site.publish("Another nobody read")
    warm(site, cached)

    with Readers(site, [cached]) as readers:
        database.hang()
        began = time.monotonic()
        missing = site.ask(uncached)
        waited = time.monotonic() - began
        wait_until(lambda: all("stale" in each.cache for each in site.ask_all(cached)))
        database.wake()
        wait_until(lambda: site.ask(uncached).status == 200)
        wait_until(lambda: all(each.cache == "newsroom; hit" for each in site.ask_all(cached)))

    assert readers.errors == []
    assert (missing.status, missing.headers["retry-after"]) == (503, "30")
    assert waited < 20
