"""Feeds, sitemaps and text, by views that are made up here: from Django to the files, and out of date as pages are."""

import time

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, JsonResponse
from django.urls import path, re_path

from newsroom import urls
from newsroom.pagecache import purge, tag
from newsroom.pagecache.stores.files import FileStore
from newsroom.pagecache.stores.tidying import Tidier
from tests.newsroom.pagecache.answering import COMMITTED, ask, cache
from tests.newsroom.pagecache.stored import FOR_MACHINES

pytestmark = [COMMITTED, pytest.mark.urls(__name__)]

SEARCH = "/en/search/"
asked = []


def for_machines(request, **_parts):
    asked.append(request.get_full_path())
    kind = FOR_MACHINES[request.path_info]
    if kind == "application/json":
        return tag(JsonResponse({"stories": 3 * ["a story of the day"]}), ["stories"])
    return tag(HttpResponse("words of a story " * 40, content_type=kind), ["stories"])


def search(request):
    asked.append(request.get_full_path())
    response = HttpResponse(f"Stories with {request.GET.get('q')}")
    return tag(response, ["stories"], query=("q",), file=False)


def private(request):
    asked.append(request.get_full_path())
    return HttpResponse("User-agent: *", content_type="text/plain")


urlpatterns = [
    path("en/search/", search),
    path("robots.txt", private),
    *(re_path(f"^{key[1:]}$", for_machines) for key in FOR_MACHINES),
    *urls.urlpatterns,
]
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def site(tmp_path):
    asked.clear()
    return cache(WSGIHandler(), store=FileStore(tmp_path / "pages"))


@pytest.fixture
def tidier(site):
    new_tidier = Tidier(site.renderer.store, site.log, megabytes=10)
    site.log.on_purge = lambda name, _number, _moment, position, _is_soft: new_tidier.hear(
        name, position
    )
    yield new_tidier
    new_tidier.close()


@pytest.mark.parametrize(("key", "kind"), FOR_MACHINES.items())
def test_a_view_for_machines_is_asked_once_and_its_page_is_for_files(site, key, kind):
    first = ask(site, key)
    other = ask(cache(WSGIHandler(), store=site.renderer.store), key, query="x=1&utm_source=y")
    again = ask(site, key, query="x=2", if_none_match=first.headers["ETag"])

    assert (first.code, again.code, other.headers["Cache-Status"]) == (200, 304, "newsroom; hit")
    assert first.headers["Content-Type"] == kind
    assert other.body == first.body
    assert len(asked) == 1
    assert site.renderer.store.get(key).tags == {"settings": None, "stories": None}


@pytest.mark.parametrize("is_soft", [True, False])
def test_a_file_for_machines_goes_with_a_purge_as_pages_do(site, tidier, is_soft):
    def kept():
        site.log.sync()
        while tidier.step(time.time()):
            pass
        return {file.parent.name for file in site.renderer.store.www.rglob("index.atom")}

    ask(site, "/en/feed.atom")
    assert kept() == {".page"}
    purge(["stories"], soft=is_soft)

    assert kept() == ({".stale"} if is_soft else set())
    assert ask(site, "/en/feed.atom").headers["Cache-Status"] == "newsroom; fwd=miss; stored"
    assert kept() == {".page"}


def test_a_search_is_in_memory_alone_and_each_query_a_page_of_its_own(site):
    for query in ("q=a", "q=b", "x=1", "q=a", "q=b&x=1", "", "q=b"):
        wanted = dict(pair.split("=") for pair in query.split("&") if pair).get("q")
        assert ask(site, SEARCH, query=query).body.decode() == f"Stories with {wanted}"

    assert sorted(asked) == [SEARCH, f"{SEARCH}?q=a", f"{SEARCH}?q=b"]
    assert not site.renderer.store.spool.exists()


def test_what_is_not_tagged_is_not_kept(site):
    for _each in range(2):
        answer = ask(site, "/robots.txt")
        assert answer.body == b"User-agent: *"
        assert "Cache-Status" not in answer.headers
    assert len(asked) == 2
    assert not site.renderer.store.spool.exists()
