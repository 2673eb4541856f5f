"""A running site whose databases hang or lag: what readers get of it, and how soon."""

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import pytest

from tests.newsroom import replicated
from tests.newsroom.pagecache.site import Readers, Site
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

LONGEST = 20
"""Seconds that a reader waits at most; if each caller tried whether the database is back, it would be half a minute."""

MANY = 100
"""Requests at a time: so many more than the site has threads that it takes long if each waits."""


@pytest.fixture
def start(tmp_path, primary):
    """Start a site on the primary; it is stopped with the test."""
    started = []

    def start(**variables):
        database = primary.url_of(replicated.NAME)
        site = Site(tmp_path, database=database, **variables)
        started.append(site)
        return site

    yield start
    # A newsroom that waits for its database does not end.
    primary.restore()
    for started_site in started:
        started_site.stop()


def warm(site, path):
    """Ask until each process has a page."""
    wait_until(lambda: all(answer.cache == "newsroom; hit" for answer in site.ask_all(path)))


def timed(site, path):
    """Return (status, seconds) of one request."""
    answer = site.ask(path)
    return answer.status, time.monotonic() - answer.began


def test_a_database_that_hangs_keeps_no_reader_of_a_cached_page_waiting(start, primary):
    """Others ask for pages that nobody has asked for before, more of them than there are threads."""
    site = start()
    cached = site.publish("A story that is read")
    warm(site, cached)

    with Readers(site, [cached], count=2) as readers, ThreadPoolExecutor(MANY) as others:
        primary.hang()
        wait_until(lambda: all("stale" in answer.cache for answer in site.ask_all(cached)))
        missing = [others.submit(timed, site, f"/en/tag/{number}/") for number in range(MANY)]
        waits = [timed(site, cached) for _each in range(20)]
        missing = [future.result() for future in missing]
        primary.wake()
        wait_until(lambda: site.ask("/en/").status == 200)

    assert readers.errors == []
    assert {status for status, _seconds in missing} == {503}
    assert {status for status, _seconds in waits} == {200}
    assert max(seconds for _status, seconds in waits) < LONGEST
    assert median(seconds for _status, seconds in missing) < LONGEST


def test_a_change_is_everywhere_at_once_although_the_replica_lacks_it(start, replica):
    site = start(DATABASE_REPLICAS=replica.url_of(replicated.NAME))
    site.publish("A story from before")
    replica.catch_up()
    warm(site, "/en/")
    replica.pause()

    path = site.publish("A story that the replica lacks")
    wait_until(
        lambda: all(
            b"A story that the replica lacks" in answer.body for answer in site.ask_all("/en/")
        )
    )
    assert {answer.status for answer in site.ask_all(path)} == {200}

    replica.resume()
    replica.catch_up()
    for answer in [*site.ask_all("/en/"), *site.ask_all(path)]:
        assert b"A story that the replica lacks" in answer.body
