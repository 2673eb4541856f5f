"""One edge and its courier: told at once, twice more later, again until it answers, never forgotten."""

import json
from concurrent.futures import Future

import pytest

from newsroom.http import teller
from newsroom.http.client import RequestError
from newsroom.pagecache.edges import delivery
from newsroom.pagecache.edges.delivery import Courier, Position
from tests.newsroom.pagecache.edge import has_heard

START = Position(10, 1000.0)


class Edge:
    """Notes what it is told, and answers when the test lets it."""

    address = "varnish://cache"

    def __init__(self):
        self.told, self.error, self.is_slow = [], None, False

    def purge(self, tags):
        self.told.append(set(tags))
        if self.error:
            raise self.error


class Pool:
    """Does at once what it is given, or later if the edge is slow."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, tags):
        future = Future()
        self.waiting.append((future, work, tags))
        if not work.__self__.is_slow:
            self.work()
        return future

    def work(self):
        for future, work, tags in self.waiting:
            try:
                future.set_result(work(tags))
            except RequestError as error:
                future.set_exception(error)
        self.waiting.clear()


@pytest.fixture
def clock(monkeypatch):
    """The time that the courier sees; a test moves it."""

    class Clock:
        now = 100.0

        def monotonic(self):
            return self.now

    stopped_clock = Clock()
    for module in (delivery, teller):
        monkeypatch.setattr(module, "time", stopped_clock)
    return stopped_clock


class Told:
    """A courier with an edge, and the purges that the test makes."""

    def __init__(self, position=START):
        self.edge, self.pool, self.count = Edge(), Pool(), 0
        self.courier = self.another(position)
        self.courier.step(position or START)

    def another(self, position):
        """Return the courier of a keeper that has read the position from its file."""
        courier = Courier(self.edge)
        courier.pool = self.pool
        if position:
            courier.go_on(json.loads(json.dumps(position)))
        return courier

    def purge(self, *tags):
        self.count += 1
        for tag in tags:
            self.courier.hear(tag, 10 + self.count, 0)

    def step(self):
        """Look twice: what was sent at the first time has come at the second."""
        for _each in range(2):
            self.courier.step(Position(10 + self.count, 2000.0))
        return self.edge.told


@pytest.fixture
def told(clock):
    return Told()


def test_a_purge_is_told_at_once_and_twice_more_within_two_seconds(told, clock):
    told.purge("article:1:en", "image:7")

    assert told.step() == [{"article:1:en", "image:7"}]
    clock.now += 0.39
    assert len(told.step()) == 1
    clock.now += 0.01
    assert len(told.step()) == 2
    clock.now += 1.5
    assert len(told.step()) == 2
    assert not has_heard(told.courier)
    clock.now += 0.1
    assert told.step() == [{"article:1:en", "image:7"}] * 3
    clock.now += 60
    assert len(told.step()) == 3
    assert has_heard(told.courier)


def test_nothing_purged_is_nothing_told(told):
    assert told.step() == []
    assert has_heard(told.courier)


def test_an_edge_whose_position_is_not_known_drops_everything(clock):
    told = Told(position=None)

    assert told.step() == [{"settings"}]
    told.purge("article:2:en")
    assert told.step()[1:] == [{"article:2:en"}]


def test_with_everything_nothing_else_need_be_named(told):
    told.purge("article:1:en")
    told.purge("settings")

    assert told.step() == [{"settings"}]


def test_an_edge_that_fails_is_told_again_until_it_answers(told, clock, caplog):
    told.edge.error = RequestError("varnish://cache answered 500: oh")
    told.purge("article:1:en")
    for count, wait in enumerate((0.5, 1, 2, 4, 8, 16, 30, 30), start=1):
        assert len(told.step()) == count
        clock.now += wait - 0.001
        assert len(told.step()) == count
        clock.now += 0.002
    told.purge("article:2:en")
    told.edge.error = None
    clock.now += 30

    assert told.step()[-1] == {"article:1:en", "article:2:en"}
    assert [record.message for record in caplog.records] == [
        "A server is told again until it answers: varnish://cache answered 500: oh",
        "varnish://cache answers again.",
    ]


def test_an_edge_that_says_when_is_asked_then(told, clock):
    told.edge.error = RequestError("too many requests", wait=7)
    told.purge("article:1:en")
    told.step()
    clock.now += 6.9
    assert len(told.step()) == 1
    clock.now += 0.1
    assert len(told.step()) == 2


def test_everything_is_not_forgotten_when_the_edge_fails(told, clock):
    told.step()
    told.edge.error = RequestError("no")
    told.purge("settings")
    told.step()
    told.edge.error = None
    clock.now += 1

    assert told.step()[-1] == {"settings"}


def test_a_slow_edge_gets_one_message_at_a_time(told):
    told.edge.is_slow = True
    told.purge("article:1:en")
    told.step()
    told.purge("article:2:en")
    told.step()
    assert len(told.pool.waiting) == 1

    told.pool.work()
    told.step()
    told.pool.work()
    assert told.edge.told == [{"article:1:en"}, {"article:2:en"}]


def test_a_keeper_that_is_stopped_goes_on_before_what_was_not_told_twice(told, clock):
    told.purge("article:1:en")
    told.step()
    assert told.courier.kept == START

    clock.now += delivery.AGAIN
    told.step()
    assert told.courier.kept == Position(11, 2000.0)


def test_of_what_was_purged_before_it_was_there_a_keeper_tells_what_is_new(told):
    courier = told.another(START)
    for tag, number, moment in [("a", 9, 0), ("b", 10, 0), ("c", 9, 1000.0), ("d", 9, 1000.1)]:
        courier.hear(tag, number, moment)
    assert (courier.kept, has_heard(courier)) == (START, False)

    courier.step(Position(11, 2000.0))

    assert told.edge.told == [{"b", "d"}]


def test_a_message_that_has_not_come_is_told_after_a_restart(told):
    told.edge.error = RequestError("no")
    told.purge("article:1:en")
    told.step()

    assert told.courier.kept == START


@pytest.mark.parametrize(
    ("position", "tags"),
    [
        (Position(10, 1000.0), []),
        (Position(11, 1000.0), [{"settings"}]),
        (Position(10, 1000.0 - 24 * 3600), [{"settings"}]),
        (Position(10, 1000.0 + 24 * 3600), [{"settings"}]),
    ],
)
def test_an_edge_drops_everything_where_the_log_cannot_go_on_from_its_position(
    told, position, tags
):
    """A database that was put back, a keeper that slept for a day, a clock that was wrong."""
    told.another(position).step(Position(10, 1000.0))

    assert told.edge.told == tags
