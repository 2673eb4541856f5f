"""Pages as files: whole or not at all, in safe places, and nothing that goes wrong reaches a reader."""

import errno
import gzip
import itertools
import logging
import multiprocessing
import os
import shutil
import signal
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path

import brotli
import pytest
from hypothesis import given, strategies as st

from newsroom.pagecache.serving.page import digest
from newsroom.pagecache.stores import files, index
from newsroom.pagecache.stores.files import PAGE, SUFFIXES, FileStore, place
from tests.newsroom.pagecache.stored import HTML, noise, page


@pytest.fixture
def root(tmp_path):
    return tmp_path / "pages"


@pytest.fixture
def store(root):
    found = FileStore(root)
    yield found
    found.index.close()


def served(store):
    """Return the paths below www/ that a web server would find."""
    return sorted(p.relative_to(store.www).as_posix() for p in store.www.rglob("*") if p.is_file())


def another(store):
    """Return the store as another process has it."""
    return FileStore(store.root)


# --- What is kept, and where ---


def test_a_page_lies_where_a_web_server_looks_for_it_in_each_form(store):
    kept = page("/en/region/syria/")

    store.put(kept)

    folder = store.www / "en/region/syria"
    body = kept.bodies["identity"]
    assert (folder / "index.html").read_bytes() == body
    assert gzip.decompress((folder / "index.html.gz").read_bytes()) == body
    assert brotli.decompress((folder / "index.html.br").read_bytes()) == body


def test_it_is_found_by_other_processes_as_it_was(store):
    kept = page("/ar/2026/11/22/خبر-اليوم/")

    store.put(kept)

    assert another(store).get(kept.key) == kept
    assert another(store).get("/en/another/") is None


def test_the_page_that_comes_takes_the_place_of_the_one_before_with_all_its_forms(store):
    store.put(page())
    store.put(page(words="x"))

    assert store.get("/en/story/").bodies == {"identity": b"x"}
    assert served(store) == ["en/story/index.html"]


@pytest.mark.parametrize(
    "unshared",
    [
        page(status=410),
        page(key="/en/?before=1"),
        page(key="/en/feed.atom"),
        page(headers=(("Content-Type", "application/atom+xml"),)),
        page(key=f"/en/{'x' * 256}/"),
        page(key=f"/en/{'خ' * 128}/"),
        page(key="/" + "x/" * 1600),
    ],
    ids=lambda found: found.key[:20],
)
def test_what_a_web_server_could_not_serve_as_it_is_has_no_file(store, unshared):
    store.put(unshared)

    assert not store.www.exists() or served(store) == []


@pytest.mark.parametrize(
    "key",
    [
        *(
            "",
            "/",
            "//",
            "en",
            "/en",
            "en/",
            "/en//story/",
            "/../",
            "/en/../../etc/",
            "/./",
            "/en/./",
        ),
        *("/en/\x00/", "/en/\ud800/", "/en/index.html/", "/en/index.html.gz/x/", "/index.html.br/"),
    ],
)
def test_an_ambiguous_or_dangerous_path_has_no_place(key):
    assert place(key) is None


@given(
    st.text(
        alphabet=st.characters(exclude_categories=[]) | st.sampled_from("/..\\%\x00"), max_size=60
    )
)
def test_no_path_leads_out_of_the_folder(words):
    found = place(f"/{words}/")

    root = Path("/pages/www")
    assert found is None or root in Path(os.path.normpath(root / found)).parents
    assert found is None or f"/{found}/" == f"/{words}/"


def test_letters_that_are_dangerous_elsewhere_are_a_name_here(store):
    kept = page("/en/..%2f..\\.. $(rm) ;'\"<>|&\n/")

    store.put(kept)

    assert store.get(kept.key) == kept
    assert {path.parent for path in store.www.glob("en/*/index.html")} == {
        store.www / kept.key[1:-1]
    }


def test_the_time_of_a_file_is_made_of_its_bytes(store):
    """For nginx makes its ETag of length and time: two pages of one second must not share one."""
    path = store.www / "en/story/index.html"
    times = []
    for words in ("one", "two", "one"):
        store.put(page(words=words))
        times.append(path.stat().st_mtime_ns)

    assert times[0] == times[2] != times[1]
    assert 0 <= max(times) / 1e9 < time.mktime((1979, 1, 1, 0, 0, 0, 0, 0, 0))


# --- Never half a page ---


@pytest.mark.parametrize("name", ["index.html", "index.html.br", "index.html.gz"])
def test_a_file_of_another_page_or_none_is_a_miss(store, name):
    store.put(page())
    path = store.www / "en/story" / name

    path.write_bytes(path.read_bytes()[:-1])
    assert store.get("/en/story/") is None
    path.unlink()
    assert store.get("/en/story/") is None


def test_readers_see_whole_pages_while_others_write(store):
    """Two writers replace a page all the time; whoever reads gets one of them, with all its forms."""
    versions = [page(words=word * 20_000) for word in "ab"]
    store.put(versions[0])
    stop, found = threading.Event(), set()

    def write(version):
        mine = another(store)
        while not stop.is_set():
            mine.put(version)

    writers = [threading.Thread(target=write, args=[version]) for version in versions]
    for each in writers:
        each.start()
    deadline = time.monotonic() + 30
    while not {version.etag for version in versions} <= found and time.monotonic() < deadline:
        got = store.get("/en/story/")
        with suppress(FileNotFoundError):
            whole = (store.www / "en/story/index.html").read_bytes()
            assert whole in {version.bodies["identity"] for version in versions}
        assert got is None or got.bodies in [version.bodies for version in versions]
        found.add(got and got.etag)
    stop.set()
    for each in writers:
        each.join()

    assert {version.etag for version in versions} <= found


def write_until_killed(root, started):
    store = FileStore(root)
    for number in range(1_000_000):
        store.put(page(f"/en/{number % 3}/", words=noise(1000 + number)))
        started.set()


def be_killed_after(root, number):
    """Put another page in the place of one, and be killed as soon as so many of its files are there."""
    count, replace = itertools.count(1), Path.replace

    def replace_and_die(path, target):
        if number:
            replace(path, target)
        if next(count) >= number:
            os.kill(os.getpid(), signal.SIGKILL)

    Path.replace = replace_and_die
    FileStore(root).put(page(words=noise(2000)))


def unknown(store):
    """Return the files that a web server would find and the index does not have as they are."""
    found = []
    for path in served(store):
        folder, _slash, name = path.rpartition("/")
        kept = store.index.find(f"/{folder}/")
        digests = {PAGE + SUFFIXES[form]: value for form, value in kept[1].items()} if kept else {}
        if digest((store.www / path).read_bytes()) != digests.get(name):
            found.append(path)
    return found


def test_a_writer_that_is_killed_leaves_no_file_that_is_not_in_the_index(store):
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    writer = context.Process(target=write_until_killed, args=[store.root, started])
    writer.start()
    assert started.wait(60)
    writer.kill()
    writer.join()
    writer.close()

    list(store.sweep())

    assert unknown(store) == []
    assert list((store.root / "tmp").iterdir()) == []


@pytest.mark.parametrize("number", range(4))
def test_a_writer_that_is_killed_on_its_way_leaves_a_miss_or_the_page(store, number):
    """And no file of which the keeper would not know: it could not take it away with the next purge."""
    store.put(page(words=noise(1000)))
    context = multiprocessing.get_context("spawn")
    writer = context.Process(target=be_killed_after, args=[store.root, number])
    writer.start()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    writer.close()

    assert len(served(store)) == number
    assert unknown(store) == []
    # The plain form is the one that a web server looks for.
    assert ("en/story/index.html" in served(store)) == (number == 3)
    assert (store.get("/en/story/") is not None) == (number == 3)
    list(store.sweep())
    assert list((store.root / "tmp").iterdir()) == []


@pytest.fixture(autouse=True)
def nothing_is_recent(monkeypatch):
    monkeypatch.setattr(files, "LEFT_BEHIND", 0)


def test_what_the_index_does_not_know_is_swept_away(store):
    kept = page("/en/region/syria/")
    store.put(kept)
    foreign = store.www / "en/foreign/index.html"
    foreign.parent.mkdir()
    for path in (foreign, store.www / "en/region/syria/other.html", store.root / "tmp/1-2"):
        path.write_text("x")
    (store.root / "gone-x/en").mkdir(parents=True)

    assert sum(store.sweep()) == 3
    assert store.get(kept.key) == kept
    assert served(store) == [f"en/region/syria/index.html{ending}" for ending in ("", ".br", ".gz")]
    assert not (store.root / "gone-x").exists()


# --- When something is wrong ---


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"this is no database at all, and never was" * 100),
        lambda path: path.write_bytes(path.read_bytes()[:5000] + b"\xff" * 30_000),
        lambda path: _execute(path, "UPDATE about SET version = 99"),
        lambda path: _execute(path, "UPDATE about SET boot = 'before'"),
        lambda path: _execute(path, "DROP TABLE about"),
        lambda path: _execute(path, "UPDATE pages SET facts = 'no page'"),
        lambda path: _execute(path, "UPDATE pages SET bodies = 'none'"),
    ],
    ids=[
        "foreign",
        "overwritten",
        "another release",
        "before the start",
        "another's",
        "no page",
        "no bodies",
    ],
)
def test_a_damaged_index_is_thrown_away_with_all_pages(store, damage, caplog):
    store.put(page())
    store.index.close()
    damage(store.index.path)
    later = another(store)

    assert later.get("/en/story/") is None
    assert served(store) == []
    later.put(page())
    assert later.get("/en/story/") is not None
    later.index.close()


def _execute(path, sql):
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    connection.close()


def test_what_was_thrown_away_is_deleted_by_and_by(store):
    for key in ("/en/region/syria/", "/en/a/"):
        store.put(page(key))

    store.clear()

    assert served(store) == []
    assert sum(store.sweep()) == 6
    assert sorted(path.name for path in store.root.iterdir() if path.is_dir()) == ["tmp", "www"]


def test_two_keepers_may_sweep_at_a_time(store):
    store.put(page("/en/region/syria/"))
    store.clear()
    one, other = store.sweep(), another(store).sweep()

    assert next(one) + sum(other) + sum(one) == 3
    assert not list(store.root.glob("gone-*"))


def test_a_process_whose_index_was_thrown_away_uses_the_new_one(store):
    store.put(page())
    other = another(store)
    other.get("/en/story/")

    store.clear()

    assert other.get("/en/story/") is None
    other.put(page())
    assert store.get("/en/story/") is not None


def test_a_process_that_opens_the_index_while_it_is_thrown_away_uses_the_new_one(
    store, monkeypatch
):
    store.put(page())
    other, prepare = another(store), index.Index._prepare
    clearing = threading.Thread(target=store.clear)

    def prepare_meanwhile(found, connection):
        prepare(found, connection)
        monkeypatch.undo()
        clearing.start()
        clearing.join(0.5)  # it takes no time, or waits

    monkeypatch.setattr(index.Index, "_prepare", prepare_meanwhile)
    other.get("/en/story/")
    clearing.join()
    other.put(page())

    assert store.get("/en/story/") is not None
    other.index.close()


def test_pages_that_are_gone_leave_nothing_in_the_index(store):
    for number in range(3):
        store.put(page(f"/en/{number}/", tags={f"article:{number}:en": None}))
    store.remove(numbers(store.index.added(0, limit=10)))

    connection = store.index.connection()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    rows = {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
        for (name,) in tables
    }
    assert {name for name, count in rows.items() if count} == {"about", "sqlite_sequence"}


def fail(number):
    def failing(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    return failing


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES])
def test_a_disk_that_takes_nothing_is_told_once_and_left_alone(store, monkeypatch, caplog, number):
    store.put(page())
    monkeypatch.setattr(Path, "write_bytes", fail(number))

    with caplog.at_level(logging.WARNING):
        for _each in range(3):
            store.put(page("/en/other/"))
            assert store.get("/en/story/") is None

    assert [record.message for record in caplog.records] == [
        f"The folder of pages {str(store.root)!r} cannot be used: "
        f"[Errno {number}] {os.strerror(number)}"
    ]


def test_a_full_disk_that_can_be_read_is_told_once_and_not_all_the_time(store, monkeypatch, caplog):
    monkeypatch.setattr(files, "PAUSE", 0)
    store = another(store)
    store.put(page())
    monkeypatch.setattr(Path, "write_bytes", fail(errno.ENOSPC))

    for _each in range(5):
        store.put(page("/en/other/"))
        assert store.get("/en/story/") is not None

    assert len(caplog.records) == 2


def test_an_index_that_cannot_grow_is_a_miss(store, caplog):
    store.put(page())
    store.index.connection().execute("PRAGMA max_page_count = 1")

    for number in range(50):
        store.put(page(f"/en/{number}/", tags={f"tag:{number}:{each}": None for each in range(50)}))

    assert "full" in caplog.records[0].message
    assert len(served(store)) < 3 * 51


def test_it_is_used_again_after_a_moment(store, monkeypatch):
    monkeypatch.setattr(files, "PAUSE", 0.05)
    store = another(store)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fail(errno.ENOSPC))
        store.put(page())
    time.sleep(0.1)

    store.put(page())

    assert store.get("/en/story/") is not None


def test_a_page_that_fails_half_way_is_a_miss_and_not_half(store, monkeypatch):
    store.put(page(words="old " * 100))
    replace, left = Path.replace, iter([True, False])

    def failing(path, target):
        if not next(left):
            raise OSError(errno.EIO, "broken")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    store.put(page(words="new " * 100))

    assert served(store) == ["en/story/index.html.br"]
    assert unknown(store) == list((store.root / "tmp").iterdir()) == []
    assert another(store).get("/en/story/") is None


def test_a_folder_that_cannot_be_made_is_a_miss(tmp_path, caplog):
    (tmp_path / "file").write_text("x")
    store = FileStore(tmp_path / "file" / "pages")

    store.put(page())

    assert store.get("/en/story/") is None
    with store.lock("/en/story/") as mine:
        assert mine
    assert len(caplog.records) == 1


def test_a_store_that_others_write_to_all_the_time_is_a_miss_and_no_failure(
    store, monkeypatch, caplog
):
    monkeypatch.setattr(index, "BUSY", 0.01)
    store.get("/en/")
    other = sqlite3.connect(store.index.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    busy = another(store)
    busy.put(page())
    other.execute("ROLLBACK")
    busy.put(page())

    assert busy.get("/en/story/") is not None
    assert caplog.records == []
    other.close()


# --- One renders ---


def test_one_renders_and_the_others_do_not(store):
    other = another(store)

    with store.lock("/en/a/") as mine, other.lock("/en/a/") as theirs:
        assert (mine, theirs) == (True, False)
    with other.lock("/en/a/") as theirs:
        assert theirs


def test_pages_that_share_a_lock_do_not_wait_for_each_other(store, monkeypatch):
    monkeypatch.setattr(files, "STRIPES", 1)

    with store.lock("/en/a/"), store.lock("/en/b/") as second, store.lock("/en/a/") as third:
        assert (second, third) == (True, False)
    assert len(list((store.root / "locks").iterdir())) == 1


def hold(root, held):
    with FileStore(root).lock("/en/a/"):
        held.set()
        time.sleep(60)


def test_a_killed_process_holds_nothing(store):
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    holder = context.Process(target=hold, args=[store.root, held])
    holder.start()
    assert held.wait(30)
    with store.lock("/en/a/") as mine:
        assert not mine
    holder.kill()
    holder.join()
    holder.close()

    with store.lock("/en/a/") as mine:
        assert mine


# --- For the keeper ---


def numbers(found):
    return [number for number, _page in found]


def test_pages_are_found_by_tag_and_by_their_place_in_a_list(store):
    spans = {"/en/a/": (None, 10), "/en/b/": (10, 20), "/en/c/": None, "/en/d/": (30, None)}
    for key, span in spans.items():
        store.put(page(key, tags={"settings": None, "list": span}))

    def keys(name, position):
        return {found.key for _number, found in store.index.with_tag(name, position)}

    assert keys("list", None) == keys("settings", None) == set(spans)
    assert keys("list", 10) == {"/en/a/", "/en/b/", "/en/c/"}
    assert keys("list", 25) == {"/en/c/"}
    assert keys("list", 30) == {"/en/c/", "/en/d/"}
    assert keys("another", None) == set()


def test_pages_that_were_added_are_found_once(store):
    store.put(page("/en/a/"))
    (first,) = numbers(store.index.added(0, limit=10))
    store.put(page("/en/b/"))
    store.put(page("/en/a/"))

    assert [found.key for _number, found in store.index.added(first, limit=10)] == [
        "/en/b/",
        "/en/a/",
    ]
    assert len(store.index.added(0, limit=1)) == 1


def test_a_page_ends_at_the_first_of_its_moments(store):
    store.put(page(rendered_at=1000.0))
    (number,) = numbers(store.index.added(0, limit=10))

    assert store.index.ended(1000 + 24 * 3600) == [number]
    for moment in (5000, 6000):
        store.index.end(number, moment)
    assert (store.index.ended(4999), store.index.ended(5000)) == ([], [number])


def test_what_exceeds_the_room_are_the_pages_that_were_kept_first(store):
    for key in "abc":
        store.put(page(f"/en/{key}/"))
    first, second, third = numbers(store.index.added(0, limit=10))
    size = page().size

    assert store.index.beyond(3 * size) == []
    assert store.index.beyond(2 * size) == [first]
    assert sorted(store.index.beyond(size - 1)) == [first, second, third]


def test_a_removed_page_is_gone_from_everywhere_with_its_folders(store):
    for key in ("/en/region/syria/", "/en/region/", "/es/a/"):
        store.put(page(key))

    assert store.remove(numbers(store.index.with_tag("article:1:en", None))[:1]) == 1
    assert store.get("/en/region/syria/") is None
    assert not (store.www / "en/region/syria").exists()
    assert store.get("/en/region/") is not None
    assert store.remove([1, 2, 3, 4]) == 2
    assert served(store) == list(store.www.iterdir()) == []


def test_a_page_that_came_in_between_is_not_removed_with_the_one_before(store):
    store.put(page())
    old = numbers(store.index.added(0, limit=10))
    store.put(page())

    assert store.remove(old) == 0
    assert store.get("/en/story/") is not None


def test_the_index_does_not_keep_what_is_removed(store):
    store.put(page())
    store.remove(numbers(store.index.added(0, limit=10)))

    rows = store.index.connection().execute(
        "SELECT (SELECT count(*) FROM tags) + (SELECT count(*) FROM pages)"
    )
    assert rows.fetchone() == (0,)


def test_the_page_says_what_kind_it_is():
    assert files.is_for_files(page(headers=HTML))
    assert not files.is_for_files(page(headers=()))


# --- What somebody deletes by hand ---


def test_files_without_an_index_are_thrown_away(store):
    store.put(page())
    store.index.close()
    for each in store.root.glob("index.sqlite3*"):
        each.unlink()

    assert store.get("/en/story/") is None
    assert served(store) == []
    store.put(page())
    assert served(store)


@pytest.mark.parametrize("name", ["tmp", "www", "locks"])
def test_a_folder_that_was_deleted_is_made_again(store, name):
    store.put(page())
    with store.lock("/en/story/"):
        shutil.rmtree(store.root / name)
    with store.lock("/en/story/") as is_mine:
        assert is_mine
        store.put(page(words="new words " * 40))
    assert store.get("/en/story/").bodies["identity"].startswith(b"new words")
