"""Pages in a real Redis: kept, shared, and never an error, whatever happens to the server."""

import logging
import time

import pytest
import redis

from newsroom import env
from newsroom.pagecache.serving.page import LIFE
from newsroom.pagecache.stores.base import shared_store
from newsroom.pagecache.stores.redis_store import PAUSE, PREFIX, RedisStore
from tests.newsroom.pagecache.redis_server import RedisServer
from tests.newsroom.pagecache.stored import page


@pytest.fixture(scope="module")
def running():
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def server(running):
    if running.process.poll() is not None:
        running.start()
    running.wake()
    with redis.Redis(port=running.port) as client:
        client.flushall()
    return running


@pytest.fixture
def store(server):
    found = RedisStore(server.url)
    yield found
    found.client.close()


def test_a_page_is_found_by_other_processes(server, store):
    kept = page(key="/ar/2026/11/22/خبر/")
    store.put(kept)
    other = RedisStore(server.url)

    assert other.get(kept.key) == kept
    assert other.get("/en/another/") is None
    other.client.close()


def test_a_page_takes_the_place_of_the_one_before(store):
    store.put(page(words="old"))
    store.put(page(words="new"))

    assert store.get("/en/story/").bodies["identity"] == b"new"


def test_a_page_leaves_after_a_day(store):
    store.put(page())

    assert LIFE - 5 <= store.client.ttl(PREFIX + "/en/story/") <= LIFE


@pytest.mark.parametrize("unshared", [page(status=410), page(key="/en/?before=1")])
def test_of_what_there_is_an_endless_number_nothing_is_kept(store, unshared):
    store.put(unshared)

    assert store.client.keys("*") == []


@pytest.mark.parametrize(
    "value", [b"", b"x", b"x" * 100, page().dumps()[:-1], page().dumps() + b"x"]
)
def test_what_is_no_page_is_none(store, value):
    store.client.set(PREFIX + "/en/story/", value)

    assert store.get("/en/story/") is None


def test_one_renders_and_the_others_do_not(server, store):
    other = RedisStore(server.url)
    with store.lock("/en/a/") as mine, other.lock("/en/a/") as theirs, other.lock("/en/b/") as free:
        assert (mine, theirs, free) == (True, False, True)
    with other.lock("/en/a/") as theirs:
        assert theirs
    other.client.close()


def test_a_lock_that_lapsed_is_not_taken_from_its_next_holder(server, store):
    other = RedisStore(server.url)
    second = other.lock("/en/a/")
    with store.lock("/en/a/"):
        store.client.flushall()
        assert second.__enter__()
    with store.lock("/en/a/") as mine:
        assert not mine
    second.__exit__(None, None, None)
    other.client.close()


def test_without_redis_everybody_renders_and_one_line_says_so(server, store, caplog):
    server.stop()

    with caplog.at_level(logging.WARNING):
        for _each in range(5):
            assert store.get("/en/story/") is None
            store.put(page())
            with store.lock("/en/story/") as mine:
                assert mine

    assert [record.message for record in caplog.records] == [
        f"Redis cannot be used: Error 111 connecting to 127.0.0.1:{server.port}. Connection refused."
    ]


def test_it_is_used_again_after_a_moment(server, store, caplog):
    server.stop()
    store.put(page())
    server.start()

    assert store.get("/en/story/") is None
    time.sleep(PAUSE)
    with caplog.at_level(logging.WARNING):
        store.put(page())

    assert store.get("/en/story/") is not None
    assert caplog.records[-1].message == "Redis can be used again."


def test_a_redis_that_hangs_costs_one_reader_a_fraction_of_a_second(server, monkeypatch):
    monkeypatch.setattr("newsroom.pagecache.stores.redis_store.PAUSE", 60)
    store = RedisStore(server.url)
    store.put(page())
    server.hang()
    started = time.monotonic()

    found = [store.get("/en/story/") for _each in range(1000)]

    assert found == [None] * 1000
    # If each waited, this would take minutes.
    assert time.monotonic() - started < 30
    server.wake()
    store.client.close()


def test_a_full_redis_is_one_that_keeps_nothing(server, store):
    store.client.config_set("maxmemory", "100kb")
    store.client.config_set("maxmemory-policy", "noeviction")
    try:
        store.put(page())
        assert store.get("/en/story/") is None
    finally:
        store.client.config_set("maxmemory", "0")


@pytest.mark.parametrize("scheme", ["redis", "rediscache"])
def test_the_cache_url_leads_to_it(server, settings, scheme):
    settings.CACHES = {"default": env.cache(server.url.replace("redis:", f"{scheme}:", 1))}
    store = shared_store()

    store.put(page())

    assert store.get("/en/story/") == page(rendered_at=store.get("/en/story/").rendered_at)
    store.client.close()


def test_with_tls_and_a_password_it_is_addressed_as_redis_asks(settings):
    settings.CACHES = {"default": env.cache("rediss://:word@host:6380/2")}

    kept = shared_store().client.connection_pool.connection_kwargs

    assert (kept["host"], kept["port"], kept["db"], kept["password"]) == ("host", 6380, 2, "word")
