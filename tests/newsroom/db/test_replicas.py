"""Public pages from a real streaming replica that is delayed, stopped and made to hang on purpose."""

import threading
import time

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connections, transaction
from django.http import HttpResponse

from newsroom.db import replicas
from newsroom.pagecache import purge, tag
from newsroom.pagecache.purges import clock
from newsroom.pagecache.purges.log import Log
from newsroom.pagecache.serving.memory import Memory
from newsroom.pagecache.serving.wsgi import PageCache
from tests.newsroom import replicated
from tests.newsroom.pagecache.answering import NoStore
from tests.waiting import SECONDS

# For the run's own database to be there, whose tables are copied.
pytestmark = pytest.mark.django_db

User = get_user_model()


@pytest.fixture
def database(primary, replica, django_db_blocker):
    """Django's databases are the pair, and both know a word that is shown."""
    with django_db_blocker.unblock(), replicated.databases(primary, replica):
        User.objects.all().delete()
        User.objects.create(username="shown", first_name="old")
        replica.catch_up()
        yield


class Site:
    """A page that shows one word, behind the page cache; `asked` counts what was rendered from where."""

    def __init__(self):
        self.log = Log()
        self.log.follow = lambda: None  # the tests say when
        self.cache = PageCache(
            self.application, memory=Memory(megabytes=1), store=NoStore(), log=self.log
        )
        self.rendered = []
        self.between = lambda: None
        self.log.sync()

    def application(self, environ, start_response):
        rows = User.objects.filter(username="shown")
        self.rendered.append(rows.db)
        try:
            self.between()
            response = HttpResponse(rows.get().first_name, content_type="text/plain")
            tag(response, ["word"])
        except OperationalError:
            response = HttpResponse("no database", status=503)
        headers = [*response.items()]
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        return response

    def get(self):
        """Return (body, headers) of the page."""
        started = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/en/",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
        }
        body = b"".join(self.cache(environ, lambda *head: started.extend(head)))
        return body.decode(), {"Status": started[0]} | dict(started[1])


@pytest.fixture
def site(database):
    return Site()


def change(word):
    with transaction.atomic():
        User.objects.filter(username="shown").update(first_name=word)
        purge(["word"])


def change_unseen(word):
    """A change that nobody is told of: it shows which database a page is from."""
    User.objects.filter(username="shown").update(first_name=word)


def test_pages_are_read_from_the_replica_and_everything_else_from_the_primary(site, replica):
    replica.pause()
    change_unseen("new")

    assert site.get()[0] == "old"
    assert site.rendered == ["replica1"]
    assert User.objects.get().first_name == "new"
    with replicas.reading():
        assert User.objects.select_for_update().db == "default"
        User.objects.update(first_name="newer")


def test_a_page_that_the_replica_lacks_comes_from_the_primary_and_stays(site, replica):
    assert site.get()[0] == "old"
    replica.pause()

    change("new")
    site.log.sync()

    assert site.get()[0] == "new"
    assert site.rendered == ["replica1", "replica1", "default"]
    assert site.get()[0] == "new"
    assert len(site.rendered) == 3

    replica.resume()
    replica.catch_up()
    assert site.get()[0] == "new"
    assert len(site.rendered) == 3


def test_an_old_page_of_the_replica_does_not_outlive_the_news_of_the_change(site, replica):
    """This process has not heard of the change yet, as for 0.2 s it may not have."""
    replica.pause()
    change("new")

    assert site.get()[0] == "old"

    replica.resume()
    replica.catch_up()
    site.log.sync()
    assert site.get()[0] == "new"
    assert site.rendered == ["replica1", "replica1"]


def test_the_new_page_is_there_soon_after_the_replica_goes_on(site, replica):
    site.get()
    replica.pause()
    change("new")

    replica.resume()
    started = time.monotonic()
    site.log.sync()
    while site.get()[0] != "new" or clock.horizon(using="replica1") < site.log.horizon:
        assert time.monotonic() - started < SECONDS


def test_a_replica_that_is_down_costs_no_reader_an_error(site, replica):
    replica.stop()
    assert site.get()[0] == "old"
    assert site.rendered == ["default"]

    replica.start()
    time.sleep(replicas.REST)
    change("new")
    replica.catch_up()
    site.log.sync()
    assert site.get()[0] == "new"
    assert site.rendered == ["default", "replica1"]


def test_a_replica_that_stops_while_a_page_is_rendered_costs_no_reader_an_error(site, replica):
    site.between = lambda: replica.stop() if replica.is_running else None

    assert site.get()[0] == "old"
    assert site.rendered == ["replica1", "default"]


def test_a_replica_that_hangs_costs_a_reader_a_moment(site, replica):
    site.get()
    change("new")
    site.log.sync()
    replica.hang()
    started = time.monotonic()

    assert site.get()[0] == "new"
    assert site.rendered == ["replica1", "default"]
    assert time.monotonic() - started < SECONDS


def test_a_replica_that_hangs_while_a_page_is_rendered_costs_a_reader_a_moment(
    site, replica, monkeypatch
):
    monkeypatch.setattr(replicas, "RENDERING", 2)
    site.between = lambda: replica.hang() if len(site.rendered) == 1 else None
    started = time.monotonic()

    assert site.get()[0] == "old"
    assert site.rendered == ["replica1", "default"]
    assert time.monotonic() - started < SECONDS


def test_only_one_caller_tries_whether_a_replica_is_back(database, replica):
    replica.stop()
    with replicas.reading() as source:
        assert not source.is_replica
    time.sleep(replicas.REST)
    replica.start()
    tried, done = [], threading.Semaphore(0)
    answer = clock.horizon

    def slow(*, using):
        tried.append(using)
        if len(tried) == 1:
            # Until the three others have been turned away.
            assert all(done.acquire(timeout=SECONDS) for _each in range(3))
        return answer(using=using)

    def read():
        with replicas.reading():
            connections.close_all()
        done.release()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "horizon", slow)
        callers = [threading.Thread(target=read) for _ in range(4)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()

    assert tried == ["replica1"]
    with replicas.reading() as source:
        assert source.alias == "replica1"


def test_replicas_take_turns(database, primary, replica):
    with (
        replicated.databases(primary, replica, replica),
        replicas.reading() as one,
        replicas.reading() as two,
    ):
        assert {one.alias, two.alias} == {"replica1", "replica2"}


class Writers:
    """Threads that write at the same time: some transactions end late, are undone or hold savepoints."""

    def __init__(self):
        self.committed = []
        self.are_busy = True
        self.threads = [threading.Thread(target=self._run, args=[number]) for number in range(3)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_failure):
        self.are_busy = False
        for thread in self.threads:
            thread.join()

    def _run(self, number):
        turn = number
        while self.are_busy:
            turn += 1
            # Of more than 64 savepoints PostgreSQL no longer lists each.
            self._write(savepoints=80 if turn % 3 == 0 else 1, is_kept=turn % 5)
        connections["default"].close()

    def _write(self, *, savepoints, is_kept):
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            (number,) = cursor.fetchone()
            for _ in range(savepoints):
                with transaction.atomic():
                    cursor.execute("INSERT INTO written VALUES (%s)", [number])
            transaction.set_rollback(not is_kept)
        if is_kept:
            self.committed.append(number)


def seen():
    """Return (the horizon of the replica, the numbers of all transactions that are seen there then)."""
    horizon = clock.horizon(using="replica1")
    with connections["replica1"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT number FROM written")
        return horizon, {number for (number,) in cursor}


def test_all_below_the_horizon_of_a_replica_is_seen_there(database, primary, replica):
    anew = "DROP TABLE IF EXISTS written; CREATE TABLE written (number bigint)"
    primary.ask(anew, name=replicated.NAME)
    replica.catch_up()
    looks, started = [], time.monotonic()

    with Writers() as writers:
        while len({horizon for horizon, _found in looks}) <= 20:
            assert time.monotonic() - started < 3 * SECONDS
            looks.append(seen())
            replica.pause()
            looks.append(seen())
            replica.resume()
    replica.catch_up()
    looks.append(seen())

    for horizon, numbers in looks:
        assert {number for number in writers.committed if number < horizon} <= numbers
    assert looks[-1][0] > max(writers.committed)


def test_one_caller_at_a_time_tries_a_primary_that_is_failing(database):
    failing = {"primary": True, "is_failing": lambda: True}

    with replicas.reading(**failing) as one:
        assert User.objects.count() == 1
        with replicas.reading(**failing) as two, pytest.raises(OperationalError):
            User.objects.count()
    assert (one.is_barred, two.is_barred) == (False, True)

    with replicas.reading(**failing):
        assert User.objects.count() == 1
    with replicas.reading(primary=True), replicas.reading(primary=True):
        assert User.objects.count() == 1


def test_a_primary_that_is_found_to_fail_just_now_is_tried_by_somebody():
    answers = iter([False])

    with replicas.reading(primary=True, is_failing=lambda: next(answers, True)) as source:
        assert not source.is_barred
