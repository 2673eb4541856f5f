"""Hubs hear of each page that a purge has ended, once, and until they have heard; over real HTTP."""

import time
from urllib.parse import parse_qs

import pytest

from newsroom.pagecache import purge
from newsroom.pagecache.edges import hubs
from newsroom.pagecache.edges.hubs import Announcer
from newsroom.pagecache.edges.keeper import Keeper
from newsroom.pagecache.purges.log import Log
from newsroom.pagecache.serving.page import LIFE
from newsroom.pagecache.serving.release import release
from newsroom.pagecache.stores.files import FileStore
from tests.newsroom.pagecache import edge
from tests.newsroom.pagecache.stored import page
from tests.waiting import wait_until

TOPIC = "https://news.example/ar/tag/%D8%B3/feed.atom"


@pytest.fixture
def hub(settings):
    with edge.running(lambda _request: (202, {}, "")) as found:
        settings.WEBSUB_HUBS = [f"{found.base}/hub?a=b"]
        yield found


@pytest.fixture
def announcer(tmp_path):
    found = Announcer(tmp_path / "hubs.json")
    yield found
    found.close()


def feed(topic=TOPIC, **changes):
    return page("/ar/tag/س/feed.atom", headers=[["Link", hubs.links(topic)]], **changes)


def topics(hub):
    """Return what a hub was told; each time that something has been published."""
    bodies = [parse_qs(request.body.decode()) for request in hub.requests]
    assert all(body["hub.mode"] == ["publish"] for body in bodies)
    assert all(body["hub.url"] == body["hub.topic"] for body in bodies)
    return [topic for body in bodies for topic in body["hub.url"]]


def tell(announcer):
    def is_done():
        announcer.step()
        return all(hub.is_done for hub in announcer.hubs.values())

    wait_until(is_done)


def test_a_page_names_the_hubs_and_its_own_address(settings):
    settings.WEBSUB_HUBS = ["https://one.example/", "https://two.example/?x"]

    assert hubs.links(TOPIC) == (
        '<https://one.example/>; rel="hub", <https://two.example/?x>; rel="hub", '
        f'<{TOPIC}>; rel="self"'
    )
    assert hubs.named(feed()) == [
        ("https://one.example/", TOPIC),
        ("https://two.example/?x", TOPIC),
    ]


def test_without_hubs_nothing_is_named(settings):
    settings.WEBSUB_HUBS = []

    assert hubs.links(TOPIC) == ""
    assert hubs.named(feed()) == []
    assert hubs.named(page(headers=[["Link", "</static/site.css>; rel=preload"]])) == []


def test_a_hub_is_told_a_moment_later_and_once_of_many_changes(hub, announcer):
    for _each in range(3):
        announcer.hear(feed())
    announcer.step()
    assert hub.requests == []

    tell(announcer)

    assert topics(hub) == [TOPIC]
    assert hub.requests[0].path == "/hub?a=b"


def test_what_changes_while_the_hub_is_told_is_told_again(hub, announcer, monkeypatch):
    monkeypatch.setattr(hubs, "SOON", 0)
    hub.seconds = 0.2
    announcer.hear(feed())
    announcer.step()
    announcer.hear(feed())

    tell(announcer)

    assert topics(hub) == [TOPIC, TOPIC]


def test_a_hub_that_fails_is_told_again_and_the_log_says_so_once(
    hub, announcer, monkeypatch, caplog
):
    monkeypatch.setattr(hubs, "SOON", 0)
    monkeypatch.setattr(hubs, "LONGEST_WAIT", 0.05)
    answers = iter([503, 500, 429, 204])
    hub.answer = lambda _request: (next(answers), {}, "")
    announcer.hear(feed())

    tell(announcer)

    assert topics(hub) == [TOPIC] * 4
    assert [record.getMessage().partition("http")[0] for record in caplog.records] == [
        "A hub is told until it answers: ",
        "The hub ",
    ]


def test_a_hub_that_refuses_an_address_is_not_asked_again(hub, announcer, caplog):
    hub.answer = lambda _request: (403, {}, "")
    announcer.hear(feed())

    tell(announcer)

    assert len(hub.requests) == 1
    assert f"answered 403 and is not told of {TOPIC}" in caplog.text


def test_what_a_stopped_keeper_has_not_told_the_next_one_tells(hub, tmp_path):
    first = Announcer(tmp_path / "not-there-yet" / "hubs.json")
    first.hear(feed())
    first.keep()
    second = Announcer(first.path)

    tell(second)
    second.keep()

    assert topics(hub) == [TOPIC]
    assert Announcer(first.path).hubs == {}


@pytest.mark.parametrize("content", ["", "{", "[1]", '[["a"]]', "null", "[[1, 2, 3]]"])
def test_a_file_that_is_none_of_ours_tells_nothing(tmp_path, content):
    (tmp_path / "hubs.json").write_text(content)

    assert Announcer(tmp_path / "hubs.json").hubs == {}


@pytest.mark.django_db(transaction=True)
def test_the_keeper_tells_of_what_was_purged_and_of_nothing_else(hub, tmp_path):
    store, log = FileStore(tmp_path / "pages"), Log()
    log.sync()
    facts = {"release": release(), "horizon": log.horizon, "mark": log.mark}
    aged = time.time() - LIFE - 1
    for name, tags, changes in (
        ("changed", "list:1", {}),
        ("hidden", "list:2", {}),
        ("same", "list:3", {}),
        ("aged", "list:4", {"rendered_at": aged}),
    ):
        kept = feed(f"https://news.example/{name}", tags={tags: None}, **facts | changes)
        kept.key = f"/en/{name}/feed.atom"
        kept.headers.append(["Content-Type", "application/atom+xml"])
        store.put(kept)
    store.put(page(tags={"list:1": None}, **facts))
    keeper = Keeper(store=store, edges=[], megabytes=10, log=Log())
    while keeper.step():
        pass

    purge(["list:1"], soft=True)
    purge(["list:2"])

    assert keeper.once(seconds=10) == []
    assert sorted(topics(hub)) == ["https://news.example/changed", "https://news.example/hidden"]
