"""The folder as its keeper has it: what servers find is whole and known, wherever a keeper was killed."""

import gzip
import multiprocessing
import signal
import time
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import time_machine

from newsroom.pagecache.stores import folder as folder_module
from newsroom.pagecache.stores.files import FileStore
from newsroom.pagecache.stores.folder import Folder
from tests.newsroom.pagecache.stored import FOR_MACHINES, be_killed_at, noise, page
from tests.waiting import wait_until


@pytest.fixture
def folder(tmp_path):
    new_folder = Folder(FileStore(tmp_path / "pages"))
    new_folder.prepare()
    return new_folder


def files(folder):
    """Return the paths of all files below www/."""
    return sorted(
        p.relative_to(folder.www).as_posix() for p in folder.www.rglob("*") if p.is_file()
    )


def keys(folder):
    return {stored.key for stored, _size, _is_aside in folder.pages()}


# --- Where a page lies ---


def test_a_page_lies_where_a_web_server_looks_for_it_in_each_form(folder):
    kept = page("/en/region/syria/")

    folder.put(kept)

    path = folder.www / "en/region/syria/.page"
    body = kept.bodies["identity"]
    assert (path / "index.html").read_bytes() == body
    assert gzip.decompress((path / "index.html.gz").read_bytes()) == body
    assert brotli.decompress((path / "index.html.br").read_bytes()) == body


def test_what_is_for_machines_lies_in_a_folder_of_its_name_and_is_set_aside_as_pages_are(folder):
    known = [page(key) for key in ("/en/feed.atom", "/en/feed.atom/x/", "/en/")]
    for known_page in known:
        folder.put(known_page)

    assert [name for name in files(folder) if "feed.atom/.page/index" in name] == [
        f"en/feed.atom/.page/index.atom{suffix}" for suffix in ("", ".br", ".gz")
    ]
    folder.set_aside("/en/feed.atom")
    assert (folder.www / "en/feed.atom/.stale/index.atom").read_bytes() == known[0].bodies[
        "identity"
    ]
    assert {stored.key: is_aside for stored, _size, is_aside in folder.pages()} == {
        "/en/feed.atom": True,
        "/en/feed.atom/x/": False,
        "/en/": False,
    }
    folder.remove("/en/feed.atom")
    assert keys(folder) == {"/en/feed.atom/x/", "/en/"}
    assert not [name for name in files(folder) if "stale" in name]


@pytest.mark.parametrize("key", FOR_MACHINES)
def test_of_what_is_for_machines_nothing_stays_either(folder, key):
    folder.put(page(key))
    assert keys(folder) == {key}

    folder.remove(key)

    assert not list(folder.www.iterdir())


def test_the_page_that_comes_takes_the_place_of_the_one_before_with_all_its_forms(folder):
    folder.put(page())
    folder.put(page(words="x"))

    assert files(folder) == ["en/story/.page/index.html", "en/story/.page/page.json"]


def test_letters_that_are_dangerous_elsewhere_are_a_name_here(folder):
    kept = page("/en/a..%2f..\\.. $(rm) ;'\"<>|&\n/")

    folder.put(kept)

    assert folder.store.get(kept.key) == kept
    assert [path.parent for path in folder.www.rglob("index.html")] == [
        folder.www / kept.key[1:-1] / ".page"
    ]


def test_the_time_of_a_file_is_made_of_its_bytes(folder):
    """For nginx makes its ETag of length and time: two pages of one second must not share one."""
    path = folder.www / "en/story/.page/index.html"
    times = []
    for words in ("one", "two", "one"):
        folder.put(page(words=words))
        times.append(path.stat().st_mtime_ns)

    assert times[0] == times[2] != times[1]
    assert 0 <= max(times) / 1e9 < time.mktime((1979, 1, 1, 0, 0, 0, 0, 0, 0))


def test_a_removed_page_is_gone_with_its_empty_folders(folder):
    for key in ("/en/region/syria/", "/en/region/", "/es/a/"):
        folder.put(page(key))

    folder.remove("/en/region/syria/")
    assert not (folder.www / "en/region/syria").exists()
    assert keys(folder) == {"/en/region/", "/es/a/"}

    for key in ("/en/region/", "/es/a/", "/es/a/"):
        folder.remove(key)
    assert not list(folder.www.iterdir())


# --- What is there ---


def test_pages_are_found_as_they_were_put(folder):
    kept, old = page("/en/a/"), page("/en/b/")
    folder.put(kept)
    folder.put(old, aside=True)
    by_key = {stored.key: (stored.tags, is_aside) for stored, _size, is_aside in folder.pages()}

    assert by_key == {"/en/a/": (kept.tags, False), "/en/b/": (kept.tags, True)}
    folder.set_aside("/en/a/")
    assert all(is_aside for _page, _size, is_aside in folder.pages())
    assert folder.store.get("/en/a/") == kept


@pytest.mark.parametrize("number", range(2))
def test_a_keeper_that_is_killed_on_its_way_leaves_a_page_or_none_and_nothing_that_stays(
    folder, number, monkeypatch
):
    monkeypatch.setattr(folder_module, "LEFT_BEHIND", 0)
    kept = page(words=noise(1000))
    folder.put(kept)
    context = multiprocessing.get_context("spawn")
    keeper = context.Process(target=be_killed_at, args=[folder.root, number])
    keeper.start()
    keeper.join()
    assert keeper.exitcode == -signal.SIGKILL
    keeper.close()

    assert folder.store.get("/en/story/") == [kept, None][number]
    assert keys(folder) == [{"/en/story/"}, set()][number]
    folder.tidy()
    wait_until(lambda: not list(folder.tmp.iterdir()))


def test_what_is_being_written_stays_when_the_clock_of_the_machine_is_set(folder):
    (folder.tmp / "work").touch()
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False):
        folder._tidy()

    assert (folder.tmp / "work").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: (path / ".page/page.json").write_text("{}"),
        lambda path: (path / ".page/page.json").unlink(),
        lambda path: path.rename(path.with_name("another")),
    ],
    ids=["no page", "no facts", "elsewhere"],
)
def test_what_is_no_page_is_deleted(folder, damage):
    folder.put(page())
    folder.put(page("/en/region/"))

    damage(folder.www / "en/story")

    assert keys(folder) == {"/en/region/"}
    assert {path.split("/")[1] for path in files(folder)} == {"region"}


# --- All of it ---


@pytest.mark.parametrize("form", [b"4 before", None])
def test_pages_of_another_form_or_from_before_a_start_of_the_machine_are_cleared(
    folder, form, monkeypatch
):
    folder.put(page())
    folder.prepare()
    assert keys(folder) == {"/en/story/"}
    path = folder.root / "form"
    path.unlink()
    if form:
        path.write_bytes(form)

    folder.prepare()

    assert not files(folder)
    monkeypatch.setattr(folder_module, "LEFT_BEHIND", 0)
    folder.tidy()
    wait_until(lambda: not list(folder.tmp.iterdir()))


def test_a_folder_has_one_keeper(folder):
    other = Folder(FileStore(folder.root))

    assert (folder.is_ours(), folder.is_ours(), other.is_ours()) == (True, True, False)
    folder.release()
    assert other.is_ours()
    other.release()
