"""What web processes keep and find: whole pages or none, in safe places; nothing that goes wrong reaches a reader."""

import errno
import logging
import multiprocessing
import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from newsroom.files.shared import content
from newsroom.pagecache.stores import files
from newsroom.pagecache.stores.files import FileStore, place
from newsroom.pagecache.stores.folder import Folder
from tests.newsroom.pagecache.stored import FOR_MACHINES, HTML, hold, page, take_in


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "pages")


def another(store):
    """Return the store as another process has it."""
    return FileStore(store.root)


# --- What is kept, and where ---


def test_it_is_found_by_other_processes_as_it_was(store):
    kept = page("/ar/2026/11/22/خبر-اليوم/")

    store.put(kept)
    assert another(store).get(kept.key) == kept
    take_in(store)

    assert another(store).get(kept.key) == kept
    assert another(store).get("/en/another/") is None


@pytest.mark.parametrize(("key", "kind"), FOR_MACHINES.items())
def test_what_is_for_machines_is_found_by_other_processes_as_it_was(store, key, kind):
    kept = page(key, headers=(("Content-Type", kind),))

    store.put(kept)
    take_in(store)
    store.put(kept, only_if_gone=True)

    assert not list(store.spool.iterdir())
    assert another(store).get(key) == kept


def test_the_page_that_comes_takes_the_place_of_the_one_before(store):
    store.put(page(words="one"))
    take_in(store)
    store.put(page(words="two"))
    store.put(page(words="x"))
    assert store.get("/en/story/").bodies == {"identity": b"x"}
    take_in(store)

    assert store.get("/en/story/").bodies == {"identity": b"x"}


def test_a_page_is_put_back_only_where_it_is_gone(store):
    kept = page()
    store.put(kept, only_if_gone=True)
    assert store.get(kept.key) == kept
    take_in(store)
    store.put(kept, only_if_gone=True)
    assert not list(store.spool.iterdir())

    Folder(store).remove(kept.key)
    store.put(kept, only_if_gone=True)

    assert list(store.spool.iterdir())


@pytest.mark.parametrize(
    "unshared",
    [
        page(status=410),
        page(key="/en/?before=1"),
        page(key="/en/?before=1/"),
        page(key="/en/feed.html"),
        page(headers=(("Content-Type", "application/atom+xml"),)),
        page(headers=(("Content-Type", "text/html; charset=iso-8859-1"),)),
        page(key="/en/feed.atom"),
        page(key="/en/feed.json", headers=(("Content-Type", "application/json"),)),
        page(key="/sitemap.xml", headers=(("Content-Type", "text/xml-external"),)),
        page(may_be_file=False),
        page(key=f"/en/{'x' * 256}/"),
        page(key=f"/en/{'خ' * 128}/"),
    ],
    ids=lambda kept: kept.key[:20],
)
def test_what_a_web_server_could_not_serve_as_it_is_is_not_kept(store, unshared):
    store.put(unshared)
    store.put(unshared, only_if_gone=True)

    assert not store.spool.exists()
    assert store.get(unshared.key) is None


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
        *("/en/\x00/", "/en/\ud800/", "/en/.page/", "/en/.stale/x/"),
        *("/en/?/", "/en/.page/index.xml"),
        *("/en/feed.atom/", "/en/feed.json/", "/feed.json/", "/en/feed.ATOM", "/en/x.js", "/.txt"),
        *("/en/.hidden/", "/en/.atom", "/.well-known/security.txt", "/en/../feed.atom"),
        *("/en/feed.atom.gz", "/en//feed.atom"),
        *("en/feed.atom", "/en/feed.atom?x=1", "/feed.atom?x=1.atom"),
    ],
)
def test_an_ambiguous_or_dangerous_path_has_no_place(key):
    assert place(key) is None


@given(st.text(alphabet=st.characters() | st.sampled_from("/..\\%\x00"), max_size=60))
def test_no_path_leads_out_of_the_folder(words):
    root = Path("/pages/www")
    for key in (f"/{words}/", f"/{words}", f"/{words}.atom", f"/{words}.atom/"):
        path = place(key)
        assert path is None or root in Path(os.path.normpath(root / path)).parents
        assert path is None or f"/{path}" == key.removesuffix("/")


# --- Never half a page ---


@pytest.mark.parametrize("name", ["index.html", "page.json"])
def test_a_file_of_another_page_or_none_is_a_miss(store, name):
    store.put(page())
    take_in(store)
    path = store.www / "en/story/.page" / name

    path.write_bytes(path.read_bytes()[:-1])
    assert store.get("/en/story/") is None
    path.unlink()
    assert store.get("/en/story/") is None


def test_what_came_half_is_a_miss(store):
    store.put(page())
    (path,) = store.spool.iterdir()

    path.write_bytes(path.read_bytes()[:-1])

    assert store.get("/en/story/") is None
    take_in(store)
    assert not list(store.spool.iterdir())
    assert not list(store.www.iterdir())


def test_readers_see_whole_pages_while_others_write(store):
    """Two processes replace a page all the time, and a keeper puts it in its place."""
    versions = [page(words=word * 20_000) for word in "ab"]
    store.put(versions[0])
    stop, seen = threading.Event(), set()

    def repeat(work, *arguments):
        while not stop.is_set():
            work(*arguments)

    threads = [
        threading.Thread(target=repeat, args=[another(store).put, version]) for version in versions
    ]
    threads.append(threading.Thread(target=repeat, args=[take_in, store]))
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 30
    while not {version.etag for version in versions} <= seen and time.monotonic() < deadline:
        whole = content(store.www / "en/story/.page/index.html")
        assert whole in [None, *(version.bodies["identity"] for version in versions)]
        got = store.get("/en/story/")
        assert got is None or got.bodies in [version.bodies for version in versions]
        seen.add(got and got.etag)
    stop.set()
    for thread in threads:
        thread.join()

    assert {version.etag for version in versions} <= seen


# --- When something is wrong ---


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


def test_it_is_used_again_after_a_moment(store, monkeypatch):
    monkeypatch.setattr(files, "PAUSE", 0.05)
    store = another(store)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fail(errno.ENOSPC))
        store.put(page())
    time.sleep(0.1)

    store.put(page())

    assert store.get("/en/story/") is not None


def test_a_folder_that_cannot_be_made_is_a_miss(tmp_path, caplog):
    (tmp_path / "file").write_text("x")
    store = FileStore(tmp_path / "file" / "pages")

    store.put(page())

    assert store.get("/en/story/") is None
    with store.lock("/en/story/") as mine:
        assert mine
    assert len(caplog.records) == 1


# --- One renders ---


def test_one_renders_and_the_others_do_not(store):
    other = another(store)

    with store.lock("/en/a/") as mine, other.lock("/en/a/") as theirs:
        assert (mine, theirs) == (True, False)
    with other.lock("/en/a/") as theirs:
        assert theirs


def test_pages_do_not_wait_for_each_other(store):
    with store.lock("/en/a/"), store.lock("/en/b/") as second, store.lock("/en/a/") as third:
        assert (second, third) == (True, False)


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


def test_the_page_says_what_kind_it_is():
    assert files.is_for_files(page(headers=HTML))
    assert not files.is_for_files(page(headers=()))


# --- What somebody deletes by hand ---


@pytest.mark.parametrize("name", ["tmp", "www", "spool"])
def test_a_folder_that_was_deleted_is_made_again(store, name):
    take_in(store)
    store.put(page())
    with store.lock("/en/story/"):
        shutil.rmtree(store.root / name)
    with store.lock("/en/story/") as is_mine:
        assert is_mine
        store.put(page(words="new words " * 40))
    assert store.get("/en/story/").bodies["identity"].startswith(b"new words")
