"""The whole site on a primary and a delayed replica: what readers and edges get of a change, and when."""

import io
import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIHandler

from articles.actions import publishing, writing
from articles.models import Article
from newsroom.db import replicas
from newsroom.pagecache.purges.log import Log
from newsroom.pagecache.serving.memory import Memory
from newsroom.pagecache.serving.wsgi import PageCache
from tests.factories import edition, story
from tests.newsroom import replicated
from tests.newsroom.pagecache.answering import NoStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(primary, replica, django_db_blocker):
    """A published story; Django's databases are the primary and its replica."""
    with django_db_blocker.unblock(), replicated.databases(primary, replica):
        Article.objects.all().delete()
        published = story(live=["en"], title_en="Ferries stay in the harbour")
        replica.catch_up()
        yield published


class Process:
    """A web process of the site: its pages, its log, and the database of each rendering."""

    def __init__(self, monkeypatch):
        self.log = Log()
        self.log.follow = lambda: None  # the tests say when
        self.log.sync()
        self.cache = PageCache(
            WSGIHandler(), memory=Memory(megabytes=9), store=NoStore(), log=self.log
        )
        self.sources = []
        find_source = replicas._found
        monkeypatch.setattr(replicas, "_found", lambda: self._noted(find_source()))

    def _noted(self, source):
        self.sources.append(source.alias if source else "default")
        return source

    def get(self, path):
        """Return (status, body, headers) of a page."""
        started = []
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        body = b"".join(self.cache(environ, lambda *head: started.extend(head)))
        return started[0], body.decode(), dict(started[1])


@pytest.fixture
def process(article, monkeypatch):
    return Process(monkeypatch)


def rename(article, title):
    article.title_en = title
    writing.save(article)


def test_pages_of_the_site_are_read_from_the_replica(process, article, replica):
    replica.pause()
    publishing.withdraw(edition(article), reason="False.", by=publishing.SYSTEM)

    assert process.get(edition(article).get_absolute_url())[0] == "200 OK"
    assert process.sources == ["replica1"]


def test_a_change_that_the_replica_lacks_is_shown_by_the_primary_and_kept(
    process, article, replica
):
    path = edition(article).get_absolute_url()
    assert "Ferries stay in the harbour" in process.get(path)[1]
    replica.pause()

    rename(article, "Ferries sail again")
    process.log.sync()

    for _each in range(2):
        _status, body, _headers = process.get(path)
        assert "Ferries sail again" in body
    assert process.get(path)[2]["Cache-Status"] == "newsroom; hit"


def test_a_story_that_the_replica_lacks_is_there_as_soon_as_its_news(process, article, replica):
    replica.pause()

    path = edition(story(live=["en"], title_en="Another one")).get_absolute_url()
    process.log.sync()

    assert process.get(path)[0] == "200 OK"


def test_an_old_page_that_only_the_replica_can_give_is_not_for_edges_to_keep(
    process, article, primary, replica
):
    path = edition(article).get_absolute_url()
    replica.pause()
    rename(article, "Ferries sail again")
    process.log.sync()
    primary.stop()

    status, body, headers = process.get(path)

    assert status == "200 OK"
    assert "Ferries stay in the harbour" in body
    assert headers["Surrogate-Control"].startswith("max-age=0,")


def test_the_new_bytes_are_there_as_soon_as_the_replica_goes_on(process, article, replica):
    """While readers go on asking."""
    path = edition(article).get_absolute_url()
    process.get(path)
    replica.pause()
    rename(article, "Ferries sail again")
    threading.Timer(0.3, replica.resume).start()

    seen, deadline = "", time.monotonic() + 30
    while "Ferries sail again" not in seen:
        assert time.monotonic() < deadline
        process.log.sync()
        seen = process.get(path)[1]
    replica.catch_up()
    for _each in range(50):
        assert "Ferries sail again" in process.get(path)[1]


def test_readers_get_pages_while_the_primary_is_down(process, article, primary):
    """None was ever asked for before, so it can only be from the replica."""
    primary.stop()

    month = "/".join(edition_path(article).split("/")[2:4])
    for path in ("/en/", "/en/archive/", f"/en/archive/{month}/", edition_path(article)):
        assert process.get(path)[0] == "200 OK", path
    assert set(process.sources) == {"replica1"}


def edition_path(article):
    with replicas.reading():
        return edition(article).get_absolute_url()


@pytest.mark.parametrize("fate", ["stop", "hang"])
def test_readers_get_pages_while_the_replica_does_not_answer(process, article, replica, fate):
    process.get("/en/")
    getattr(replica, fate)()

    assert process.get(edition(article).get_absolute_url())[0] == "200 OK"
    assert process.sources == ["replica1", "default"]
