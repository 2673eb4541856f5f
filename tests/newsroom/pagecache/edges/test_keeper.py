"""The keeper with real files, real HTTP and a real log: everything that is purged goes, and only that."""

import errno
import os
import random
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from newsroom.pagecache import Span, Spot, purge, tag
from newsroom.pagecache.edges import delivery, keeper as keeper_module, providers
from newsroom.pagecache.edges.keeper import Keeper
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges.clock import Now
from newsroom.pagecache.purges.log import Log
from newsroom.pagecache.purges.tags import micros
from newsroom.pagecache.serving.release import release
from newsroom.pagecache.stores import files, tidying
from newsroom.pagecache.stores.files import FileStore
from tests.newsroom.pagecache import edge
from tests.newsroom.pagecache.answering import Body
from tests.newsroom.pagecache.stored import page
from tests.waiting import wait_until

# Not within a transaction: the log tells those that are done from the one that is under way.
pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


class Site:
    """A store and a keeper of its own, and what the log says at the moment."""

    def __init__(self, root, *, told=(), megabytes=100):
        self.root, self.told, self.megabytes = root, told, megabytes
        self.store, self.keeper = FileStore(root), None
        self.restart()

    def restart(self):
        if self.keeper:
            self.keeper.tidier.close()
        self.keeper = Keeper(
            store=FileStore(self.root),
            edges=self.told,
            megabytes=self.megabytes,
            log=Log(),
        )

    def put(self, key, *tags, **changes):
        """Keep a page as a web process would after rendering it now."""
        log = Log()
        log.sync()
        facts = {
            "horizon": log.horizon,
            "mark": log.mark,
            "release": release(),
            "tags": tag(Body(), tags).cache_tags,
        }
        self.store.put(page(key, **facts | changes))

    def keep(self):
        """Let the keeper do what is due; return the keys of the pages that are left."""
        while self.keeper.step():
            pass
        return self.keys

    @property
    def keys(self):
        return self._with(".page")

    @property
    def aside(self):
        """The keys of the pages that are kept for when nothing newer can be made."""
        return self._with(".stale")

    def _with(self, name):
        return {f"/{p.parent.relative_to(self.store.www)}/" for p in self.store.www.rglob(name)}

    def close(self):
        self.keeper.close()


@pytest.fixture
def site(tmp_path):
    new_site = Site(tmp_path / "pages")
    yield new_site
    new_site.close()


# --- Files ---


def test_the_files_of_purged_pages_go_and_no_others(site):
    site.put("/en/a/", "article:1:en", "image:7")
    site.put("/en/b/", "article:2:en")
    site.keep()

    purge(["image:7"])

    assert site.keep() == {"/en/b/"}


def test_a_page_stays_when_its_list_changed_elsewhere(site):
    site.put("/en/new/", Span("list", since=NOW - HOUR))
    site.put("/en/old/", Span("list", until=NOW - HOUR))
    site.keep()

    purge([Spot("list", NOW)])

    assert site.keep() == {"/en/old/"}


def test_a_purge_of_everything_takes_all(site):
    site.put("/en/a/")
    site.keep()

    purge(["settings"])

    assert site.keep() == set()


def test_a_page_that_was_rendered_before_a_purge_and_comes_after_it_goes(site):
    log = Log()
    log.sync()
    purge(["article:1:en"])
    site.keep()

    site.put("/en/a/", "article:1:en", horizon=log.horizon)
    site.put("/en/b/", "article:1:en")

    assert site.keep() == {"/en/b/"}


def test_what_was_purged_while_the_keeper_was_stopped_goes_at_its_start(site):
    site.put("/en/a/", "article:1:en")
    site.put("/en/b/", "article:2:en")
    site.keep()
    purge(["article:1:en"])

    site.restart()

    assert site.keep() == {"/en/b/"}


def test_what_came_after_a_purge_of_everything_is_there_after_a_start(site):
    purge(["settings"])
    site.put("/en/a/")
    site.keep()
    inode = (site.store.www / "en/a/.page/index.html").stat().st_ino

    site.restart()

    assert site.keep() == {"/en/a/"}
    assert (site.store.www / "en/a/.page/index.html").stat().st_ino == inode


@pytest.mark.parametrize("is_known_before", [True, False])
def test_a_page_goes_at_the_moment_at_which_it_changes_by_itself(site, is_known_before):
    if is_known_before:
        purge([Spot("list", NOW)], due=NOW + HOUR)
    site.put("/en/a/", Span("list"))
    site.put("/en/b/", "other")
    if not is_known_before:
        site.keep()
        purge([Spot("list", NOW)], due=NOW + HOUR)
    assert site.keep() == {"/en/a/", "/en/b/"}

    with time_machine.travel(NOW + HOUR + timedelta(seconds=1)):
        assert site.keep() == {"/en/b/"}


def test_a_page_from_after_such_a_moment_stays(site):
    """Also where the log is read late: it may hold the purge for as long as another transaction is open."""
    site.keep()
    before = Log()
    before.sync()
    purge([Spot("list", NOW)], due=datetime.now(UTC))
    site.put("/en/a/", Span("list"))
    site.put("/en/b/", Span("list"), horizon=before.horizon)
    site.put("/en/c/", Span("list"), rendered_at=time.time() - 60)

    assert site.keep() == {"/en/a/"}


def test_no_page_outlives_a_day(site):
    site.put("/en/a/", rendered_at=time.time() - 24 * 3600 + 60)
    assert site.keep() == {"/en/a/"}

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):
        assert site.keep() == set()


def test_a_page_of_another_release_goes(site):
    site.put("/en/a/", release="another")

    assert site.keep() == set()


def test_a_change_that_was_killed_before_it_told_its_tags_takes_all(site, monkeypatch):
    monkeypatch.setattr("newsroom.pagecache.purges.log.GRACE", -1)
    site.put("/en/a/")
    site.keep()

    Purge.objects.create(tags=[], is_pending=True, clock=Now())

    site.keep()
    assert site.keep() == set()


def test_the_oldest_pages_go_when_there_are_too_many(site, monkeypatch):
    monkeypatch.setattr(tidying, "WEIGHING", -1)
    site.put("/en/a/", "article:1:en", "x")
    site.keep()
    site.keeper.tidier.room = 2.5 * sum(
        path.stat().st_size for path in (site.store.www / "en/a/.page").iterdir()
    )
    for key in ("/en/a/", "/en/b/", "/en/c/"):
        site.put(key, "article:1:en", "x")

    assert site.keep() == {"/en/b/", "/en/c/"}


@pytest.mark.parametrize("soft", [False, True])
def test_while_many_pages_are_judged_servers_find_none(site, monkeypatch, soft):
    monkeypatch.setattr(tidying, "MANY", 2)
    monkeypatch.setattr(tidying, "AT_A_TIME", 1)
    for number in range(3):
        site.put(f"/en/{number}/", "menu:en")
    site.put("/es/a/", "menu:es")
    site.keep()
    site.keeper.tidier.show()
    assert site.store.live.exists()

    purge(["menu:en"], soft=soft)
    assert site.keeper.step()
    site.keeper.tidier.show()
    assert not site.store.live.exists()

    assert site.keep() == {"/es/a/"}
    assert site.aside == ({f"/en/{number}/" for number in range(3)} if soft else set())
    site.keeper.tidier.show()
    assert site.store.live.exists()


# --- Set aside ---


def test_a_page_that_was_purged_softly_is_set_aside_and_can_be_read(site):
    site.put("/en/a/", "article:1:en")
    site.put("/en/b/", "article:2:en")
    site.keep()

    purge(["article:1:en"], soft=True)

    assert (site.keep(), site.aside) == ({"/en/b/"}, {"/en/a/"})
    assert site.store.get("/en/a/").bodies["identity"]


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_a_page_that_was_purged_hard_is_not_set_aside(site, order):
    site.put("/en/a/", "article:1:en", "link:1:en")
    site.keep()

    for soft in order:
        purge(["article:1:en" if soft else "link:1:en"], soft=soft)
        site.keep()

    assert (site.keys, site.aside, site.store.get("/en/a/")) == (set(), set(), None)


def test_a_new_page_takes_the_place_of_the_one_set_aside(site):
    site.put("/en/a/", "article:1:en")
    site.keep()
    purge(["article:1:en"], soft=True)
    site.keep()

    site.put("/en/a/", "article:1:en")

    assert (site.keep(), site.aside) == ({"/en/a/"}, set())


@pytest.mark.parametrize("is_aside", [False, True])
@pytest.mark.parametrize("is_known_before", [False, True])
def test_a_page_is_removed_at_the_moment_from_which_it_must_not_be_seen(
    site, monkeypatch, is_known_before, is_aside
):
    """Also without a database, which has gone meanwhile."""
    with time_machine.travel(NOW, tick=False) as clock:
        if is_known_before:
            purge(["image:1"], due=NOW + HOUR)
        site.put("/en/a/", "article:1:en", "image:1")
        site.keep()
        if not is_known_before:
            purge(["image:1"], due=NOW + HOUR)
        if is_aside:
            purge(["article:1:en"], soft=True)
        site.keep()
        monkeypatch.setattr(Log, "sync", no_answer)
        clock.shift(HOUR - timedelta(seconds=1))
        site.keep()
        assert (site.keys | site.aside) == {"/en/a/"}
        clock.shift(timedelta(seconds=1))
        site.keep()
        assert (site.keys | site.aside) == set()


def test_a_keeper_that_starts_anew_judges_what_was_set_aside(site):
    for number in (1, 2):
        site.put(f"/en/{number}/", f"article:{number}:en")
    purge(["article:1:en", "article:2:en"], soft=True)
    site.keep()
    purge(["article:1:en"])

    site.restart()

    assert (site.keep(), site.aside) == (set(), {"/en/2/"})


def test_of_two_keepers_one_waits_until_the_other_ends(site, monkeypatch):
    site.keep()
    other = Site(site.root)
    site.put("/en/a/", "article:1:en")
    assert other.keep() == set()
    site.keep()
    site.keeper.tidier.show()
    other.keeper.tidier.hide()
    assert site.store.live.is_symlink()

    site.keeper.tidier.close()
    purge(["article:1:en"])

    assert other.keep() == set()
    other.close()


def test_when_a_backup_is_put_back_the_pages_from_after_it_go(site):
    purge(["tag:1:en"])
    site.put("/en/a/", "article:1:en")
    site.keep()
    with time_machine.travel(NOW + HOUR, tick=False):
        lost = purge(["tag:2:en"])
        site.put("/en/b/", "article:2:en")
        assert site.keep() == {"/en/a/", "/en/b/"}
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        lost.delete()
        assert (site.keep(), site.aside) == ({"/en/a/"}, set())


@pytest.mark.parametrize("tags", [["settings"], ["menu:en"]])
def test_a_page_that_comes_late_goes_also_after_all_went_at_once(site, monkeypatch, tags):
    """As when a rendering that saw nothing of the change takes longer than the keeper."""
    monkeypatch.setattr(tidying, "MANY", 2)
    log = Log()
    log.sync()
    for number in range(4):
        site.put(f"/en/{number}/", "menu:en")
    for _each in range(2):
        site.keep()
    purge(tags)
    assert site.keep() == set()

    site.put("/en/late/", "menu:en", horizon=log.horizon)
    site.put("/en/new/", "menu:en")

    assert site.keep() == {"/en/new/"}


def test_what_could_not_be_removed_is_found_by_no_server_and_removed_later(
    site, monkeypatch, caplog
):
    monkeypatch.setattr(files, "PAUSE", 0.01)
    site.restart()
    site.put("/en/a/", "article:1:en")
    site.keep()
    site.keeper.tidier.show()
    assert site.store.live.exists()
    purge(["article:1:en"])

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fails)
        for _each in range(3):
            assert site.keep() == {"/en/a/"}
            site.keeper.tidier.show()
            assert not site.store.live.exists()
            time.sleep(0.02)

    assert site.keep() == set()
    assert len(caplog.records) == 2
    site.keeper.tidier.show()
    assert site.store.live.exists()


def fails(*_arguments):
    raise OSError(errno.EROFS, "Read-only file system")


def test_without_a_database_pages_still_end_at_their_moment(site, monkeypatch, caplog):
    purge([Spot("list", NOW)], due=NOW + HOUR)
    site.put("/en/a/", Span("list"))
    site.put("/en/b/")
    site.keep()
    monkeypatch.setattr(Log, "sync", no_answer)

    assert site.keep() == {"/en/a/", "/en/b/"}
    with time_machine.travel(NOW + HOUR + timedelta(seconds=1), tick=False):
        assert site.keep() == {"/en/b/"}
    assert [record.message for record in caplog.records] == [
        "The log of purges cannot be read: gone"
    ]


def no_answer(_log):
    raise OperationalError("gone")


def test_a_keeper_that_never_reached_the_database_touches_nothing(site, monkeypatch):
    site.put("/en/a/")
    site.keep()
    monkeypatch.setattr(Log, "sync", no_answer)
    site.restart()

    assert site.keep() == {"/en/a/"}


def test_a_keeper_goes_on_when_the_database_is_back(site, monkeypatch):
    site.put("/en/a/", "article:1:en")
    site.keep()
    with monkeypatch.context() as patch:
        patch.setattr(Log, "sync", no_answer)
        purge(["article:1:en"])
        site.keep()
    time.sleep(0.02)

    assert site.keep() == set()


class Renderers:
    """Threads that render pages, each of which shows how often its tag was purged, and take their time."""

    def __init__(self, site, names):
        self.site, self.names, self.stop = site, names, threading.Event()
        self.threads = [threading.Thread(target=self._run, args=[seed]) for seed in range(3)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()

    def __exit__(self, *_error):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _run(self, seed):
        chance, log = random.Random(seed), Log()
        try:
            while not self.stop.is_set():
                name = chance.choice(self.names)
                log.sync()
                words = str(
                    sum(
                        tags == [[name, None]]
                        for tags in Purge.objects.values_list("tags", flat=True)
                    )
                )
                horizon = log.horizon
                time.sleep(chance.random() / 2)
                self.site.put(f"/en/{name}/", name, words=words, horizon=horizon)
        finally:
            connections.close_all()


@pytest.mark.skipif(
    os.environ.get("TEST_DATABASE") != "postgresql",
    reason="in memory, SQLite lets no two work at a time",
)
def test_no_file_stays_that_is_old_however_many_write(site):
    names, chance, stop = ["a", "b", "c"], random.Random(1), threading.Event()
    purged = dict.fromkeys(names, 0)

    def keep():
        site.keeper.run(stop)
        connections.close_all()

    def change(name):
        purge([name])
        purged[name] += 1

    def shown(name):
        with suppress(FileNotFoundError):
            return int((site.store.www / f"en/{name}/.page/index.html").read_bytes())

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        for _each in range(4):
            with Renderers(site, names):
                for _time in range(100):
                    if chance.random() < 0.05:
                        change(chance.choice(names))
                    time.sleep(0.005)
                # What is being rendered now comes too late.
                for name in names:
                    change(name)
            wait_until(lambda: all(shown(name) in {None, purged[name]} for name in names))
        with Renderers(site, names):
            wait_until(lambda: all(shown(name) == purged[name] for name in names))
    finally:
        stop.set()
        keeper.join()


# --- Edges ---


@pytest.fixture
def stand_in():
    with edge.running(edge.varnish) as server:
        yield server


@pytest.fixture
def fronted(tmp_path, stand_in, monkeypatch):
    """A site with an edge that knows all that was purged before, and is told again soon what is purged now."""
    monkeypatch.setattr(delivery, "SOON", 0.05)
    monkeypatch.setattr(delivery, "AGAIN", 0.1)
    address = stand_in.base.replace("http:", "varnish:")
    fronted_site = Site(tmp_path / "pages", told=[providers.Varnish(address)])
    # As often as it ever is: whatever is purged while that is still to be told goes as one with it, unnamed.
    keep_until(fronted_site, lambda: edge.has_heard(fronted_site.keeper.couriers[0]))
    assert set(stand_in.tags) == {"settings"}
    yield fronted_site
    fronted_site.close()


def keep_until(site, condition):
    def is_so():
        site.keep()
        return condition()

    wait_until(is_so)


def told_since(stand_in, count=1):
    return set(stand_in.tags[count:])


def test_an_edge_is_told_what_was_purged(fronted, stand_in):
    purge(["article:1:en", Spot("list", NOW)])

    keep_until(fronted, lambda: told_since(stand_in) >= {"article:1:en", "list"})
    assert told_since(stand_in) <= {"article:1:en", "list", "settings"}


def test_what_comes_due_is_told_at_its_moment(fronted, stand_in):
    purge(["article:1:en"], due=NOW + HOUR)
    purge(["article:2:en"])
    keep_until(fronted, lambda: "article:2:en" in stand_in.tags)
    assert "article:1:en" not in stand_in.tags

    with time_machine.travel(NOW + HOUR + timedelta(seconds=1)):
        keep_until(fronted, lambda: "article:1:en" in stand_in.tags)


def test_what_was_purged_while_the_keeper_was_stopped_is_told_and_no_more(fronted, stand_in):
    keep_until(fronted, lambda: edge.has_heard(fronted.keeper.couriers[0]))
    fronted.keeper.close()
    count = len(stand_in.tags)
    purge(["article:1:en"])
    purge(["article:2:en"], due=NOW - HOUR)

    fronted.restart()

    keep_until(fronted, lambda: told_since(stand_in, count) == {"article:1:en", "article:2:en"})


@pytest.mark.parametrize("words", [None, "", "{", "3", "null"])
def test_without_its_file_a_keeper_tells_everything(fronted, stand_in, words):
    fronted.keeper.close()
    path = fronted.root / "edges.json"
    path.unlink(missing_ok=True) if words is None else path.write_text(words)
    count = len(stand_in.tags)

    fronted.restart()

    keep_until(fronted, lambda: told_since(stand_in, count) == {"settings"})


def test_how_far_an_edge_was_told_is_written_down_now_and_then_and_at_the_end(fronted):
    path = fronted.root / "edges.json"
    keep_until(fronted, lambda: edge.has_heard(fronted.keeper.couriers[0]))
    fronted.keeper.kept_at = float("-inf")
    fronted.keep()
    first = path.stat().st_ino, path.read_text()

    for _each in range(20):
        fronted.keep()
    assert (path.stat().st_ino, path.read_text()) == first

    fronted.keeper.close()
    assert path.read_text() != first[1]


def test_an_edge_that_is_down_keeps_no_other_from_being_told(tmp_path, stand_in):
    with edge.running(edge.failing(500)) as broken:
        addresses = [server.base.replace("http:", "varnish:") for server in (broken, stand_in)]
        site = Site(tmp_path / "pages", told=[providers.Varnish(address) for address in addresses])
        keep_until(site, lambda: stand_in.tags)
        purge(["article:1:en"])
        keep_until(site, lambda: "article:1:en" in stand_in.tags)
        assert broken.requests

        broken.answer = edge.varnish
        keep_until(site, lambda: site.keeper.couriers[0].position)
        site.close()

    assert set(broken.tags) == {"settings"}


def test_a_purge_reaches_an_edge_and_the_files_in_less_than_half_a_second(fronted, stand_in):
    fronted.put("/en/a/", "article:1:en")
    fronted.keep()
    stop, taken = threading.Event(), []

    def run():
        fronted.keeper.run(stop)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        for number in range(5):
            purge([f"article:{number}:en"])
            started = time.monotonic()
            while f"article:{number}:en" not in stand_in.tags or (number >= 1 and fronted.keys):
                assert time.monotonic() - started < 30
                time.sleep(0.005)
            taken.append(time.monotonic() - started)
    finally:
        stop.set()
        thread.join()

    # The shortest: another test may have had the processor meanwhile.
    assert min(taken) < 0.5


# --- The link by which servers find pages ---


class Looks:
    """An event that comes after some looks, each of which notes the pages that servers find."""

    def __init__(self, site, *, most):
        self.site, self.most, self.seen = site, most, []

    def is_set(self):
        is_there = self.site.store.live.exists()
        self.seen.append(self.site.keys if is_there else None)
        return len(self.seen) == self.most

    def wait(self, _seconds):
        pass


def test_servers_find_pages_once_all_are_judged_and_until_the_keeper_ends(site, monkeypatch):
    site.put("/en/a/", "article:1:en")
    site.put("/en/b/", "article:2:en")
    site.keep()
    purge(["article:1:en"])
    # As a keeper that was killed leaves it.
    site.store.live.symlink_to("www")
    failures, sync = iter([no_answer, no_answer]), Log.sync
    monkeypatch.setattr(Log, "sync", lambda log: next(failures, sync)(log))
    monkeypatch.setattr(tidying, "AT_A_TIME", 1)
    site.restart()
    looks = Looks(site, most=20)

    site.keeper.run(looks)

    assert looks.seen[:4] == [None] * 4
    assert looks.seen[-1] == {"/en/b/"}
    assert {frozenset(keys) for keys in looks.seen if keys} == {frozenset({"/en/b/"})}
    assert not site.store.live.is_symlink()


def test_the_link_comes_back_if_somebody_deletes_it(site):
    site.put("/en/a/")
    looks = Looks(site, most=10)
    looks.wait = lambda _seconds: len(looks.seen) == 5 and site.store.live.unlink()

    site.keeper.run(looks)

    assert looks.seen[4:7] == [{"/en/a/"}, None, {"/en/a/"}]


# --- The log ---


def test_purges_are_deleted_when_no_page_can_be_older(site, monkeypatch):
    old = [purge(["a"]), purge(["a"], due=NOW - 26 * HOUR)]
    coming = purge(["a"], due=NOW + HOUR)
    Purge.objects.update(created_at=NOW - 26 * HOUR)
    recent = purge(["b"])
    monkeypatch.setattr(keeper_module, "PRUNED", 1)

    site.keep()

    assert set(Purge.objects.values_list("pk", flat=True)) == {coming.pk, recent.pk}
    assert old


# --- Commands ---


@pytest.mark.parametrize(
    ("arguments", "words", "tags"),
    [
        (
            ["image:7", "article:1:en"],
            "whatever pages have article:1:en or image:7",
            ["article:1:en", "image:7"],
        ),
        (["--all"], "every page", ["settings"]),
    ],
)
def test_pages_are_purged_by_hand(arguments, words, tags):
    output = StringIO()

    call_command("purge_pages", *arguments, stdout=output)

    assert output.getvalue() == f"Purged: {words}.\n"
    assert Purge.objects.get().tags == [[name, None] for name in tags]


@pytest.mark.parametrize("arguments", [[], ["a", "--all"], ["a b"], ["a,b"], ["é"], [""]])
def test_a_wrong_call_is_told_in_one_sentence_and_purges_nothing(arguments):
    with pytest.raises(CommandError, match=r"^[^\n]+\.$"):
        call_command("purge_pages", *arguments)

    assert not Purge.objects.exists()


def test_positions_in_lists_are_microseconds():
    """The keeper compares what the log holds with what pages carry."""
    assert purge([Spot("list", NOW)]).tags == [("list", micros(NOW))]
