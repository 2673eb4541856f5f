"""Hubs hear of each page that a purge has ended, once, and until they have heard; over real HTTP."""

import time
from urllib.parse import parse_qs

import pytest

from newsroom.http import teller, websub
from newsroom.http.websub import Hub
from newsroom.management.commands.keep_pages import make
from newsroom.pagecache import purge
from newsroom.pagecache.edges import keeper as keeper_module
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
    with edge.running(lambda _request: (202, {}, "")) as server:
        settings.WEBSUB_HUBS = [f"{server.base}/hub?a=b"]
        yield server


@pytest.fixture
def told(settings, hub):
    """The hub as its keeper has it."""
    kept_hub = Hub(*settings.WEBSUB_HUBS)
    yield kept_hub
    kept_hub.close()


def feed(topic=TOPIC, **changes):
    return page("/ar/tag/س/feed.atom", headers=[["Link", websub.links(topic)]], **changes)


def change(told, *, after=0):
    told.hear(feed().headers, after=after)


def topics(hub):
    """Return what a hub was told; each time that something has been published."""
    bodies = [parse_qs(request.body.decode()) for request in hub.requests]
    assert all(body["hub.mode"] == ["publish"] for body in bodies)
    assert all(body["hub.url"] == body["hub.topic"] for body in bodies)
    return [topic for body in bodies for topic in body["hub.url"]]


def tell(told):
    def has_heard():
        told.step()
        return not told.kept

    wait_until(has_heard)


def test_a_page_names_the_hubs_and_its_own_address(settings, told):
    settings.WEBSUB_HUBS = ["https://one.example/", "https://two.example/?x"]

    assert websub.links(TOPIC) == (
        '<https://one.example/>; rel="hub", <https://two.example/?x>; rel="hub", '
        f'<{TOPIC}>; rel="self"'
    )
    change(told)
    assert told.kept == [TOPIC]


def test_without_hubs_nothing_is_named(settings, told):
    settings.WEBSUB_HUBS = []

    assert websub.links(TOPIC) == ""
    change(told)
    told.hear([("Link", "</static/site.css>; rel=preload")], after=0)
    told.hear([], after=0)
    assert not told.kept


def test_a_hub_is_told_a_moment_later_and_once_of_many_changes(hub, told):
    for _each in range(3):
        change(told, after=0.1)
    told.step()
    assert hub.requests == []

    tell(told)

    assert topics(hub) == [TOPIC]
    assert hub.requests[0].path == "/hub?a=b"


def test_what_changes_while_the_hub_is_told_is_told_again(hub, told):
    hub.seconds = 0.2
    change(told)
    told.step()
    change(told)

    tell(told)

    assert topics(hub) == [TOPIC, TOPIC]


def test_a_hub_that_fails_is_told_again_and_the_log_says_so_once(hub, told, monkeypatch, caplog):
    monkeypatch.setattr(teller, "LONGEST_WAIT", 0.05)
    answers = iter([503, 500, 429, 204])
    hub.answer = lambda _request: (next(answers), {}, "")
    change(told)

    tell(told)

    assert topics(hub) == [TOPIC] * 4
    assert [record.getMessage() for record in caplog.records] == [
        f"A server is told again until it answers: {told.address} answered 503:",
        f"{told.address} answers again.",
    ]


def test_a_hub_that_refuses_an_address_is_not_asked_again(hub, told, caplog):
    hub.answer = lambda _request: (403, {}, "")
    change(told)

    tell(told)

    assert len(hub.requests) == 1
    assert f"answered 403 and is not told of {TOPIC}" in caplog.text


def test_what_a_stopped_keeper_has_not_told_the_next_one_tells(
    hub, tmp_path, settings, monkeypatch
):
    settings.PAGES_ROOT = tmp_path / "not-there-yet"
    monkeypatch.setattr(keeper_module, "own_log", Log())
    first = make()
    change(first.hubs[0])
    first.close()
    second = make()
    assert second.hubs[0].kept == [TOPIC]
    tell(second.hubs[0])
    second.close()

    assert topics(hub) == [TOPIC]
    assert make().hubs[0].kept == []


@pytest.mark.django_db(transaction=True)
def test_the_keeper_tells_of_what_was_purged_and_of_nothing_else(hub, tmp_path, settings):
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
    keeper = Keeper(store=store, edges=[], hubs=settings.WEBSUB_HUBS, megabytes=10, log=Log())
    while keeper.step():
        pass

    purge(["list:1"], soft=True)
    purge(["list:2"])

    while keeper.step():
        pass
    tell(keeper.hubs[0])
    keeper.close()
    assert sorted(topics(hub)) == ["https://news.example/changed", "https://news.example/hidden"]
