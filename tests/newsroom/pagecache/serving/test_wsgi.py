import gzip
import itertools
import re
import threading
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import time_machine
from django.core.handlers.wsgi import WSGIRequest
from django.utils import timezone

from newsroom.pagecache import ANY, purge
from newsroom.pagecache.purges.tags import KEPT
from newsroom.pagecache.serving import answers, rendering
from newsroom.pagecache.stores.files import FileStore
from tests.newsroom.pagecache.answering import (
    COMMITTED,
    Application,
    FollowedByHand,
    NoStore,
    SharedMemory,
    ask,
    cache,
    count,
)
from tests.newsroom.pagecache.stored import take_in
from tests.waiting import SECONDS, wait_until

# Views that are made up here; the log of purges, which they need, has tests of its own on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

STORY = "/en/story/"


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "pages")


def test_a_page_is_rendered_once_and_then_answered_from_memory(django_assert_num_queries):
    application = Application()
    site = cache(application)
    first = ask(site)
    with django_assert_num_queries(0):
        second = ask(site)
    assert len(application.asked) == 1
    assert (first.status, first.body) == (second.status, second.body) == ("200 OK", first.body)
    assert first.headers["Cache-Status"] == "newsroom; fwd=miss; stored"
    assert second.headers["Cache-Status"] == "newsroom; hit"


@pytest.mark.parametrize("status", ["404 Not Found", "200 OK"])
def test_what_is_no_page_is_compressed_for_who_takes_that(status):
    headers = (("Content-Type", "text/html"), ("Vary", "Accept-Encoding"), ("ETag", '"1"'))
    application = Application(tags=(), status=status, headers=headers)
    site = cache(application)

    packed, plain = ask(site, accept_encoding="gzip, br"), ask(site)

    assert gzip.decompress(packed.body) == plain.body == application.words.encode()
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.body))
    assert "ETag" not in packed.headers


@COMMITTED
def test_a_purge_of_one_of_its_tags_ends_a_page():
    application = Application(tags=("article:1:en", "image:7"))
    site = cache(application)
    ask(site)
    application.words = "<p>New words</p>"
    purge(["image:8"])
    site.log.sync()
    assert ask(site).headers["Cache-Status"] == "newsroom; hit"
    purge(["image:7"])
    site.log.sync()
    assert ask(site).body == b"<p>New words</p>"


@COMMITTED
def test_a_purge_of_settings_ends_every_page():
    application = Application()
    site = cache(application)
    ask(site)
    purge(["settings"])
    site.log.sync()
    assert ask(site).headers["Cache-Status"] == "newsroom; fwd=miss; stored"


def test_another_process_takes_the_page_from_the_shared_store():
    store, application = SharedMemory(), Application()
    one, other = cache(application, store=store), cache(application, store=store)
    ask(one)
    assert ask(other).headers["Cache-Status"] == "newsroom; hit"
    assert len(application.asked) == 1


@COMMITTED
def test_what_is_in_the_shared_store_and_out_of_date_is_rendered_anew():
    store, application = SharedMemory(), Application()
    one, other = cache(application, store=store), cache(application, store=store)
    ask(one)
    purge(["article:1:en"])
    other.log.sync()
    ask(other)
    assert len(application.asked) == 2


@COMMITTED
def test_a_purge_during_the_rendering_counts():
    application = Application()
    site = cache(application)
    application.meanwhile = lambda: purge(["article:1:en"])
    ask(site)
    application.meanwhile = None
    site.log.sync()
    assert ask(site).headers["Cache-Status"] == "newsroom; fwd=miss; stored"
    assert ask(site).headers["Cache-Status"] == "newsroom; hit"


def test_a_head_gets_the_headers_of_the_page_without_its_body():
    site = cache(Application())
    page = ask(site)
    for _time in range(2):
        answer = ask(site, method="HEAD")
        assert answer.body == b""
        assert answer.headers["Content-Length"] == page.headers["Content-Length"]


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_each_form_of_a_page_is_the_same_page(encoding):
    application = Application()
    site = cache(application)
    read = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[encoding]
    for _time in range(2):
        answer = ask(site, accept_encoding=encoding)
        assert read(answer.body).decode() == application.words
        assert answer.headers.get("Content-Encoding", "identity") == encoding
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_reader_who_has_the_page_gets_a_304(encoding):
    site = cache(Application())
    tag = ask(site, accept_encoding=encoding).headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = ask(site, accept_encoding=encoding, if_none_match=asked)
        assert (answer.code, answer.body) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert "Content-Length" not in answer.headers
    assert ask(site, accept_encoding=encoding, if_none_match='"other"').code == 200


def test_the_forms_of_a_page_have_tags_of_their_own():
    site = cache(Application())
    tags = {ask(site, accept_encoding=form).headers["ETag"] for form in ("br", "gzip", "identity")}
    assert len(tags) == 3


def test_a_range_is_answered_with_the_whole_page():
    site = cache(Application())
    whole = ask(site)
    answer = ask(site, range="bytes=0-10")
    assert (answer.code, answer.body) == (200, whole.body)


def test_a_gone_page_is_kept_with_its_status_and_only_in_memory():
    store, application = SharedMemory(), Application(status="410 Gone")
    site = cache(application, store=store)
    assert [ask(site).code for _time in range(2)] == [410, 410]
    assert len(application.asked) == 1
    assert store.pages == {}


@pytest.mark.parametrize(
    ("status", "tags", "headers"),
    [
        ("200 OK", (), ()),
        ("404 Not Found", ("article:1:en",), ()),
        ("301 Moved Permanently", ("article:1:en",), ()),
        ("500 Internal Server Error", ("article:1:en",), ()),
        ("200 OK", ("article:1:en",), (("Set-Cookie", "csrftoken=1"),)),
        ("200 OK", ("article:1:en",), (("Vary", "Cookie"),)),
        ("200 OK", ("article:1:en",), (("Cache-Control", "max-age=0, Private"),)),
        ("200 OK", ("article:1:en",), (("Cache-Control", "no-store"),)),
        ("200 OK", ("article:1:en",), (("Vary", "Accept-Encoding, Accept-Language"),)),
        ("200 OK", ("article:1:en",), (("Content-Security-Policy", "script-src 'nonce-1'"),)),
    ],
)
def test_what_is_not_the_same_for_all_is_never_kept(status, tags, headers):
    store = SharedMemory()
    application = Application(status=status, tags=tags, headers=headers)
    site = cache(application, store=store)
    assert [ask(site).status for _time in range(2)] == [status, status]
    assert len(application.asked) == 2
    assert store.pages == {}


def test_whoever_has_a_session_gets_what_django_says_and_leaves_nothing_behind():
    application = Application()
    site = cache(application)
    ask(site, cookie="theme=dark; sessionid=abc")
    ask(site, cookie="theme=dark; sessionid=abc")
    assert len(application.asked) == 2
    assert application.asked[0]["HTTP_COOKIE"] == "theme=dark; sessionid=abc"
    assert count(site.memory) == 0


@pytest.mark.parametrize("path", ["/admin/", "/", "/healthz", "/static/x.css", "/english/"])
def test_only_what_stands_under_a_language_is_kept(path):
    application = Application()
    site = cache(application)
    for _time in range(2):
        ask(site, path)
    assert len(application.asked) == 2


def test_a_post_is_not_answered_from_memory():
    application = Application()
    site = cache(application)
    ask(site)
    ask(site, method="POST")
    assert application.asked[-1]["REQUEST_METHOD"] == "POST"


def test_a_request_for_another_host_is_djangos_to_refuse():
    application = Application()
    site = cache(application)
    ask(site)
    ask(site, host="evil.example")
    assert application.asked[-1]["HTTP_HOST"] == "evil.example"


def test_a_request_without_https_is_djangos_to_redirect(settings):
    settings.SECURE_SSL_REDIRECT = True
    application = Application()
    site = cache(application)
    ask(site)
    ask(site)
    assert len(application.asked) == 2


def test_a_parameter_that_counts_makes_a_page_of_its_own():
    application = Application(query=("before", "after"))
    store = SharedMemory()
    site = cache(application, store=store)
    for query in ("", "before=1-1", "before=1-1&utm_source=x", "x=1&before=1-1"):
        ask(site, query=query)
    assert [request["QUERY_STRING"] for request in application.asked] == ["", "before=1-1"]
    assert list(store.pages) == [STORY]


def test_a_parameter_that_does_not_count_makes_none():
    application = Application(query=())
    site = cache(application)
    for query in ("before=1-1", "", "after=3", "page=2", "utm_source=x&fbclid=3"):
        assert ask(site, query=query).code == 200
    # The first time nobody knows yet whether it counts.
    assert [request["QUERY_STRING"] for request in application.asked] == ["before=1-1", ""]
    assert count(site.memory) == 1


@pytest.mark.parametrize("query", [(), ANY])
def test_edges_keep_no_page_under_a_parameter_that_does_not_count(query):
    class Site(Application):
        def __call__(self, environ, start_response):
            body = super().__call__(environ, start_response)
            body.stays = bool(environ.get(KEPT))
            return body

    site = cache(Site(query=query))
    ask(site)
    for asked, expected in [("x=1", "max-age=0, stale-if-error=0"), ("utm_source=x", "max-age=86")]:
        for _each in range(2):
            control = ask(site, query=asked).headers["Surrogate-Control"]
            assert control.startswith(expected)


def test_a_page_that_may_lead_elsewhere_asks_django_about_an_unknown_parameter():
    application = Application(query=ANY)
    site = cache(application)
    ask(site)
    ask(site, query="utm_source=x")
    assert len(application.asked) == 1
    ask(site, query="p=17")
    assert application.asked[-1]["QUERY_STRING"] == "p=17"
    assert count(site.memory) == 1


HEADERS = {
    "accept": ["*/*", "application/json", ""],
    "accept_language": ["ar", "es;q=0.9", "x" * 3000],
    "cookie": ["theme=dark", "csrftoken=abc; language=ar", ";;;=", "django_language=es"],
    "x_forwarded_host": ["evil.example", "testserver"],
    "x_forwarded_proto": ["https", "gopher"],
    "x_original_url": ["/admin/"],
    "x_http_method_override": ["DELETE"],
    "user_agent": ["", "<script>", "Googlebot"],
    "referer": ["https://evil.example/"],
    "origin": ["null"],
    "authorization": ["Basic YTpi"],
    "range": ["bytes=0-", "bytes=5-1"],
    "if_modified_since": ["yesterday", "Sun, 22 Nov 2026 00:00:00 GMT"],
    "cache_control": ["no-cache", "no-store", "max-age=0"],
    "pragma": ["no-cache"],
    "forwarded": ["for=1.1.1.1;host=evil.example;proto=https"],
    "accept_charset": ["utf-7"],
    "save_data": ["on"],
    "x_requested_with": ["XMLHttpRequest"],
}
QUERIES = [
    *(
        "x=1",
        "utm_source=%00",
        "%",
        "&&&",
        "=",
        "a" * 400,
        "before",
        "before=",
        "fbclid=1&fbclid=2",
    ),
    *("%62efore=1", "lang=es", "preview=1", "_method=DELETE", "x[]=1", "callback=alert", ";x=1"),
]
HOSTILE = [
    *({name: value} for name, values in HEADERS.items() for value in values),
    *({"query": query} for query in QUERIES),
    *(
        {name: values[0], "query": query}
        for (name, values), query in itertools.product(HEADERS.items(), QUERIES[:9])
    ),
]


def test_two_hundred_hostile_requests_neither_split_nor_poison_the_page():
    assert len(HOSTILE) >= 200
    log = FollowedByHand()
    plain = ask(cache(Application(), log=log))
    for request in HOSTILE:
        application = Application()
        store = SharedMemory()
        site = cache(application, store=store, log=log)
        # The hostile one comes first, as whoever wants to poison a page would see to.
        answer = ask(site, **request)
        assert answer.code == 200, request
        assert {name for name in application.asked[0] if name.startswith("HTTP_")} <= {
            "HTTP_HOST",
        }
        after = ask(site)
        assert (after.body, after.headers["ETag"]) == (plain.body, plain.headers["ETag"]), request
        assert ask(site, **request).body == plain.body
        # What was asked for with a query of which nobody knew whether it counts is not kept.
        assert len(application.asked) <= 2, request
        assert application.asked[-1]["QUERY_STRING"] == "", request
        assert list(store.pages) == [STORY], request
        assert count(site.memory) == 1


def test_one_caller_renders_and_the_others_wait_for_it(monkeypatch):
    monkeypatch.setattr(rendering, "QUEUE", 30)
    application = Application(meanwhile=lambda: time.sleep(0.2))
    site = cache(application)
    site.log.sync()
    all_answers = _at_once(site, 8)
    assert len(application.asked) == 1
    assert {answer.status for answer in all_answers} == {"200 OK"}


@COMMITTED
def test_while_one_caller_renders_anew_the_others_get_the_last_good_copy():
    application = Application(words="<p>Old</p>")
    site = cache(application)
    ask(site)
    purge(["article:1:en"], soft=True)
    site.log.sync()
    all_answers = []
    # If they waited for the one that renders, it would be for ever.
    application.words, application.meanwhile = (
        "<p>New</p>",
        lambda: wait_until(lambda: len(all_answers) == 7),
    )
    _at_once(site, 8, all_answers)
    assert len(application.asked) == 2
    assert sorted(answer.body for answer in all_answers) == [b"<p>New</p>"] + 7 * [b"<p>Old</p>"]
    stale = [answer for answer in all_answers if answer.body == b"<p>Old</p>"]
    assert {answer.headers["Cache-Status"] for answer in stale} == {"newsroom; hit; detail=stale"}


def test_slow_pages_leave_a_thread_for_kept_ones(settings, monkeypatch):
    settings.PAGE_CACHE_RENDERS = 2
    monkeypatch.setattr(rendering, "TIMEOUT", 1)
    application = Application()
    site = cache(application)
    ask(site, "/en/kept/")
    release = threading.Event()
    application.meanwhile = lambda: release.wait(SECONDS)
    slow = [threading.Thread(target=ask, args=(site, f"/es/slow/{number}/")) for number in range(2)]
    for thread in slow:
        thread.start()
    wait_until(lambda: len(application.asked) == 3)
    started = time.monotonic()
    refused = ask(site, "/es/another/")
    assert time.monotonic() - started < 60
    assert (refused.code, refused.headers["Retry-After"]) == (503, "2")
    assert "Volvemos enseguida" in refused.body.decode()
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    assert ask(site, "/en/kept/").headers["Cache-Status"] == "newsroom; hit"
    release.set()
    for thread in slow:
        thread.join()
    assert ask(site, "/es/another/").code == 200


@pytest.mark.parametrize("is_failing", [False, True])
def test_a_reader_without_a_copy_waits_for_slow_pages_while_the_database_answers(
    settings, monkeypatch, is_failing
):
    settings.PAGE_CACHE_RENDERS = 1
    monkeypatch.setattr(rendering, "LONG_QUEUE", SECONDS)
    application = Application()
    site = cache(application)
    ask(site, "/en/first/")
    release = threading.Event()
    application.meanwhile = lambda: release.wait(SECONDS)
    slow = threading.Thread(target=ask, args=(site, "/en/slow/"))
    slow.start()
    wait_until(lambda: len(application.asked) == 2)
    site.log.is_failing = is_failing
    if not is_failing:
        # Three times as long as a reader waits who can have a copy.
        threading.Timer(3 * rendering.QUEUE, release.set).start()
    answer = ask(site, "/en/another/")
    release.set()
    slow.join()
    assert answer.code == (503 if is_failing else 200)


def test_a_page_out_of_date_stands_in_while_every_renderer_is_busy(settings):
    settings.PAGE_CACHE_RENDERS = 1
    application = Application(words="<p>Old</p>")
    site = cache(application)
    ask(site, "/en/kept/")
    site.memory.get("/en/kept/").rendered_at -= 24 * 3600
    release = threading.Event()
    application.meanwhile = lambda: release.wait(SECONDS)
    slow = threading.Thread(target=ask, args=(site, "/en/slow/"))
    slow.start()
    wait_until(lambda: len(application.asked) == 2)
    answer = ask(site, "/en/kept/")
    release.set()
    slow.join()
    assert (answer.body, answer.headers["Cache-Status"]) == (
        b"<p>Old</p>",
        "newsroom; hit; detail=stale",
    )


FAILURES = ("503 Service Unavailable", "500 Internal Server Error")


@COMMITTED
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("is_failing", [False, True])
def test_where_nothing_newer_can_be_made_a_page_that_was_purged_softly_is_shown(
    failure, is_failing
):
    """A publication has purged the page, and then the database goes, or the rendering fails."""
    application = Application(words="<p>Old</p>")
    site = cache(application)
    ask(site)
    purge(["article:1:en"], soft=True)
    site.log.sync()
    site.log.is_failing, application.status, application.tags = is_failing, failure, ()
    for _each in range(2):
        answer = ask(site)
        assert (answer.code, answer.body) == (200, b"<p>Old</p>")
        assert answer.headers["Cache-Status"] == "newsroom; hit; detail=stale"
        assert answer.headers["Surrogate-Control"] == "max-age=0, stale-if-error=86400"


@COMMITTED
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("is_failing", [False, True])
def test_a_page_that_was_purged_hard_is_never_shown(failure, is_failing):
    application = Application(words="<p>Old</p>")
    site = cache(application)
    ask(site)
    purge(["article:1:en"], soft=True)
    purge(["article:1:en"])
    purge(["article:1:en"], soft=True)
    site.log.sync()
    site.log.is_failing, application.status, application.tags = is_failing, failure, ()
    assert ask(site).code == int(failure[:3])


@COMMITTED
def test_what_a_process_has_stored_stands_in_at_another():
    store = SharedMemory()
    ask(cache(Application(words="<p>Old</p>"), store=store))
    purge(["article:1:en"], soft=True)
    application = Application(status=FAILURES[0], tags=())
    assert ask(cache(application, store=store)).body == b"<p>Old</p>"


@COMMITTED
def test_an_edge_may_show_a_page_on_errors_only_until_it_must_not_be_seen():
    site = cache(Application(tags=("image:1",)))
    purge(["image:1"], due=datetime.now(UTC) + timedelta(hours=2))
    life, grace = map(int, re.findall(r"\d+", ask(site).headers["Surrogate-Control"]))
    assert (life // 60, grace) == (119, 0)
    site.memory.get("/en/story/").rendered_at -= 23 * 3600
    site.log.generation += 1
    life, grace = map(int, re.findall(r"\d+", ask(site).headers["Surrogate-Control"]))
    assert (life // 60, grace // 60) == (59, 59)


def test_a_process_that_has_never_read_the_log_shows_no_page_of_the_store():
    store = SharedMemory()
    ask(cache(Application(), store=store))
    log = FollowedByHand()
    log.follow = lambda: None
    application = Application(status="503 Service Unavailable", tags=())
    assert ask(cache(application, store=store, log=log)).code == 503


@COMMITTED
def test_a_process_that_starts_in_an_outage_shows_what_a_keeper_vouches_for(files):
    """A keeper removes from the folder what must not be seen; without one nobody can tell."""
    before = cache(Application(words="<p>Old</p>"), store=files)
    ask(before, "/en/a/")
    ask(before, "/en/b/")
    log = FollowedByHand()
    log.follow = lambda: None
    application = Application(status=FAILURES[0], tags=())
    site = cache(application, store=FileStore(files.root), log=log)
    assert ask(site, "/en/a/").code == 503
    folder = take_in(files)
    folder.show()
    for _each in range(2):
        answer = ask(site, "/en/a/")
        assert (answer.code, answer.body) == (200, b"<p>Old</p>")
        assert answer.headers["Cache-Status"] == "newsroom; hit; detail=stale"
        assert answer.headers["Surrogate-Control"] == "max-age=0, stale-if-error=0"
    folder.set_aside("/en/a/")
    assert ask(site, "/en/a/").body == b"<p>Old</p>"
    folder.remove("/en/a/")
    assert ask(site, "/en/a/").code == 503
    assert ask(site, "/en/b/").code == 200
    folder.hide()
    assert ask(site, "/en/b/").code == 503


def test_a_query_that_leads_nowhere_else_gets_the_kept_page():
    class Front(Application):
        def __call__(self, environ, start_response):
            body = super().__call__(environ, start_response)
            body.stays = bool(environ.get(KEPT))
            return body

    application = Front(query=ANY)
    site = cache(application)
    page = ask(site)
    answer = ask(site, query="x=1", pagecache_kept="forged")
    assert (answer.body, answer.headers["Cache-Status"]) == (page.body, "newsroom; hit")
    assert application.asked[-1]["QUERY_STRING"] == "x=1"


def test_a_query_that_cannot_be_read_is_djangos_to_refuse():
    application = Application(query=("before", "after"))
    site = cache(application)
    query = "before=1-1&" + "&".join(f"x{number}=1" for number in range(2000))
    ask(site, query=query)
    assert application.asked[-1]["QUERY_STRING"] == query


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently"])
def test_a_cookie_makes_nobody_look_twice_for_what_is_not_there(status):
    application = Application(status=status, tags=())
    assert ask(cache(application), cookie="theme=dark").status == status
    assert len(application.asked) == 1


def _at_once(site, count, all_answers=None):
    all_answers = [] if all_answers is None else all_answers
    threads = [
        threading.Thread(target=lambda: all_answers.append(ask(site))) for _number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return all_answers


def test_an_edge_is_told_the_tags_and_how_long_the_page_lasts(settings):
    settings.CACHE_TAG_HEADER = "Surrogate-Key"
    site = cache(Application(tags=("article:1:en", "image:7")))
    answer = ask(site)
    assert answer.headers["Surrogate-Key"] == "settings article:1:en image:7"
    assert answer.headers["Cache-Control"] == "public, max-age=0, stale-if-error=86400"
    assert answer.headers["Surrogate-Control"].startswith("max-age=86")
    settings.CACHE_TAG_HEADER = "Cache-Tag"
    assert ask(cache(Application())).headers["Cache-Tag"] == "settings,article:1:en"
    settings.CACHE_TAG_HEADER = ""
    assert not {"Cache-Tag", "Surrogate-Key"} & ask(cache(Application())).headers.keys()


def test_an_edge_is_not_given_a_page_with_more_tags_than_it_takes(settings):
    settings.CACHE_TAG_HEADER = "Surrogate-Key"
    answer = ask(cache(Application(tags=tuple(f"link:{number}:en" for number in range(1000)))))
    assert answer.headers["Surrogate-Control"].startswith("max-age=0")
    assert "Surrogate-Key" not in answer.headers


@COMMITTED
def test_an_edge_is_told_the_end_of_a_page_to_the_second():
    site = cache(Application())
    ask(site)
    end = timezone.now() + timedelta(seconds=100)
    purge(["article:1:en"], due=end)
    site.log.sync()
    for later, expected in ((0, 99), (7, 92)):
        with time_machine.travel(end - timedelta(seconds=99.5 - later), tick=False):
            control = ask(site).headers["Surrogate-Control"]
        assert control.startswith(f"max-age={expected},")


def test_a_file_that_had_to_make_room_comes_back_while_its_page_is_asked_for(files):
    site = cache(Application(), store=files)
    ask(site)
    take_in(files).remove(STORY)

    ask(site)
    assert files.get(STORY) is None  # not by each hit
    with time_machine.travel(timezone.now() + timedelta(seconds=answers.LASTING + 1)):
        assert ask(site).headers["Cache-Status"] == "newsroom; hit"

    assert files.get(STORY) == site.memory.get(STORY)


def test_a_file_that_is_there_is_not_written_by_hits(files):
    site = cache(Application(), store=files)
    ask(site)
    take_in(files)
    for encoding in ("br", "gzip", "identity"):
        ask(site, accept_encoding=encoding)

    assert not list(files.spool.iterdir())


@COMMITTED
@pytest.mark.parametrize("is_failing", [False, True])
def test_no_page_comes_back_that_only_stands_in(files, is_failing):
    application = Application()
    site = cache(application, store=files)
    ask(site)
    take_in(files).remove(STORY)
    site.memory.get(STORY).rendered_at -= 24 * 3600
    application.status, application.tags = "503 Service Unavailable", ()
    site.log.is_failing = is_failing

    assert "stale" in ask(site).headers["Cache-Status"]
    assert files.get(STORY) is None


@COMMITTED
def test_a_page_that_is_overtaken_by_a_change_is_not_shared():
    store, application = SharedMemory(), Application()
    site = cache(application, store=store)
    site.log.sync()

    def change():
        purge(["article:1:en"])
        site.log.sync()

    application.meanwhile = change

    assert ask(site).code == 200
    assert store.pages == {}
    application.meanwhile = None
    assert ask(site).headers["Cache-Status"] == "newsroom; fwd=miss; stored"
    assert list(store.pages) == [STORY]


@COMMITTED
def test_an_end_that_is_learned_while_headers_are_made_is_told_from_the_next_answer_on(monkeypatch):
    site = cache(Application())
    ask(site)
    made = answers.headers

    def learn_meanwhile(*arguments, **options):
        monkeypatch.undo()
        purge(["article:1:en"], due=timezone.now() + timedelta(seconds=100))
        site.log.sync()
        # As another thread does with the next request.
        assert site.log.is_fresh(site.memory.get(STORY), time.time())
        return made(*arguments, **options)

    monkeypatch.setattr(answers, "headers", learn_meanwhile)
    ask(site, accept_encoding="br")

    assert ask(site, accept_encoding="br").headers["Surrogate-Control"].startswith("max-age=9")


def test_a_path_that_is_no_text_is_djangos():
    application = Application()
    site = cache(application)
    request = {"PATH_INFO": "/en/\xff\xfe/"}
    from tests.newsroom.pagecache.answering import environ

    site(environ() | request, lambda *_arguments: None)
    assert application.asked[0]["PATH_INFO"] == "/en/\xff\xfe/"


def test_a_question_mark_in_a_path_is_no_query():
    application = Application(query=("before",))
    site = cache(application)
    ask(site, query="before=1-1")
    ask(site, STORY + "?before=1-1")
    ask(site, STORY + "?before=1-1", query="x=1")
    assert [request["PATH_INFO"] for request in application.asked[1:]] == [
        STORY + "?before=1-1"
    ] * 2


@pytest.mark.parametrize("weight", ["nan", "-nan", "inf", "-inf", "1e999", "", "0x1", "-1"])
def test_no_weight_of_an_encoding_is_an_error(weight):
    site = cache(Application())
    assert ask(site, accept_encoding=f"br;q={weight}, gzip;q={weight}").code == 200


def test_what_is_remembered_of_headers_is_bounded():
    application = Application()
    site = cache(application)
    ask(site)
    tracemalloc.start()
    try:
        for number in range(100):
            ask(site, accept_encoding=f"gzip, x{number}{'x' * 100_000}")
            ask(site, host=f"testserver:{number}{'x' * 100_000}")
        application.asked.clear()
        assert tracemalloc.get_traced_memory()[0] < 2_000_000
    finally:
        tracemalloc.stop()


def test_letters_beyond_ascii_are_decoded_in_the_key():
    store = SharedMemory()
    site = cache(Application(), store=store)
    for _time in range(2):
        ask(site, "/ar/وسم/")
    assert list(store.pages) == ["/ar/وسم/"]


# --- Which parameters count ---


class Search(Application):
    """A view that answers with words of its query."""

    def __call__(self, environ, start_response):
        self.words = f"<p>Results for {environ['QUERY_STRING']}</p>"
        return super().__call__(environ, start_response)


def test_each_view_says_which_parameters_count_and_no_page_answers_for_another():
    site = cache(Search(query=("q", "page")))
    for _each in range(2):
        for query in ("q=syria", "q=kenya", "", "q=syria&page=2"):
            assert ask(site, query=query).body.decode() == f"<p>Results for {query}</p>"
    assert len(site.application.asked) == 4
    assert (
        ask(site, query="page=2&utm_source=x&q=syria").body == b"<p>Results for q=syria&page=2</p>"
    )
    assert len(site.application.asked) == 4


def test_what_does_not_count_never_finds_its_way_into_a_page_for_others():
    site = cache(Search(query=("q",)))
    first = ask(site, query="q=syria&x=evil")
    assert (first.body, "Cache-Status" in first.headers) == (
        b"<p>Results for q=syria&x=evil</p>",
        False,
    )
    for query in ("x=evil&q=syria", "q=syria", "q=syria&x=1"):
        assert ask(site, query=query).body == b"<p>Results for q=syria</p>"
    assert len(site.application.asked) == 2


class Terms(Application):
    """A view that answers with what Django reads of two parameters."""

    def __call__(self, environ, start_response):
        terms = WSGIRequest(environ).GET
        self.words = f"<p>Results {terms.get('q')!r}, {terms.get('page')!r}</p>"
        return super().__call__(environ, start_response)


QUERIES_OF_ONE_PAGE = [
    ("", "x=1"),
    ("", "utm_source=x&fbclid"),
    ("", "Q=a"),
    ("", "x=q=a"),
    ("", "q[]=a"),
    ("q=a", "x=1&q=a"),
    ("q=a", "q=a&x=1&utm_source=x"),
    ("q=a", "q=b&q=a"),
    ("q=a", "%71=a"),
    ("q=a&page=2", "page=2&q=a"),
    ("q=", "q"),
    ("q=a+b", "q=a%20b"),
    ("q=caf%C3%A9", "q=café".encode().decode("latin-1")),
    ("q=caf%C3%A9", "q=caf\xe9"),
    ("q=%ff", "q=%fe"),
]
QUERIES_OF_OTHER_PAGES = [
    ("q=a", "q=b"),
    ("q=a", "q=A"),
    ("q=a", "q=a&q=b"),
    ("q=a", "q=a&page=2"),
    ("q=a", "q=a%26page=2"),
    ("q=a", "q=a;page=2"),
    ("", "q="),
    ("", "q=None"),
]


@pytest.mark.parametrize("headers", [{}, {"cookie": "theme=dark"}], ids=["plain", "cookie"])
@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "301 Moved Permanently"])
def test_a_parameter_that_no_view_knows_neither_splits_nor_poisons_a_page(
    status, is_known, headers
):
    pairs, log = QUERIES_OF_ONE_PAGE + QUERIES_OF_OTHER_PAGES, FollowedByHand()
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        site = cache(Terms(query=("q", "page"), status=status), log=log)
        if is_known:
            ask(site)
        for query in (one, other, one):
            right = ask(Terms(), query=query).body
            assert ask(site, query=query, **headers).body == right, (one, other, query)


def test_queries_of_one_page_are_rendered_once_and_others_apart():
    for one, other in QUERIES_OF_ONE_PAGE + QUERIES_OF_OTHER_PAGES:
        site = cache(Terms(query=("q", "page")))
        for query in ("", one, other, one, other):
            ask(site, query=query)
        pages = {"", one} if (one, other) in QUERIES_OF_ONE_PAGE else {"", one, other}
        assert len(site.application.asked) == len(pages), (one, other)


def test_a_view_that_forgets_to_name_a_parameter_poisons_nothing():
    site = cache(Terms(query=()))
    for query in 2 * ["q=a", "q=b", "x=1", "q=b&x=1", ""]:
        body = ask(site, query=query).body
        assert body in {ask(Terms(), query=query).body, ask(Terms()).body}
    assert len(site.application.asked) == 2


def test_made_up_queries_push_out_no_page_without_one():
    site = cache(Search(query=("q",)), store=NoStore(), megabytes=1)
    for query in ("", *(f"q={number}" for number in range(150))):
        ask(site, query=query)
    known = count(site.memory)

    assert ask(site).headers["Cache-Status"] == "newsroom; hit"
    assert ask(site, query="q=149").headers["Cache-Status"] == "newsroom; hit"
    assert known < 100


def test_a_page_is_in_memory_only_if_its_view_says_so(files):
    application = Application(file=False)
    site = cache(application, store=files)
    ask(site)
    with time_machine.travel(timezone.now() + timedelta(seconds=answers.LASTING + 1)):
        assert ask(site).headers["Cache-Status"] == "newsroom; hit"

    assert not files.spool.exists()


def test_a_page_that_changes_by_itself_ends_at_its_moment_and_is_no_file_shortly_before(files):
    application = Application(until=timezone.now() + timedelta(hours=1))
    site = cache(application, store=files)
    ask(site)
    for minutes, status in ((59, "hit"), (61, "stored")):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            assert status in ask(site).headers["Cache-Status"]

    assert not files.spool.exists()


def test_another_process_learns_from_the_page_which_parameters_count():
    store = SharedMemory()
    ask(cache(Search(query=("q",)), store=store))
    other = cache(Search(query=("q",)), store=store)
    assert ask(other, query="x=evil&q=kenya").body == b"<p>Results for q=kenya</p>"


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "200 OK"])
def test_what_cannot_be_kept_is_rendered_once(status):
    application = Application(status=status, tags=())
    site = cache(application)
    for number, (query, headers) in enumerate([("x=1", {}), ("before=1-1", {}), ("x=2", {})], 1):
        assert ask(site, query=query, **headers).code == int(status[:3])
        assert len(application.asked) == number
        assert application.asked[-1]["QUERY_STRING"] == query


def test_an_answer_for_one_reader_only_is_rendered_once_as_soon_as_it_is_known_to_be_that():
    application = Application(tags=())
    site = cache(application)
    ask(site, cookie="a=1")
    known = len(application.asked)
    ask(site, cookie="a=2")
    assert (known, len(application.asked)) == (2, 3)
    assert application.asked[-1]["HTTP_COOKIE"] == "a=2"
