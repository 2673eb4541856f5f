"""Varnish with deploy/varnish/newsroom.vcl: what it keeps, for how long, and how it forgets."""

import gzip
import time
import zlib

import pytest

from newsroom.pagecache.serving import requests
from tests.deploy import programs
from tests.deploy.programs import DEPLOY, ask
from tests.deploy.standin import FOR_CACHES, FOR_CLOUDFLARE, Reply, page
from tests.waiting import wait_until

STATIC = {"Cache-Control": "public, max-age=315360000, immutable", "Content-Type": "text/css"}


@pytest.fixture(scope="module")
def port(folder, site):
    port = programs.free_ports(1)[0]
    program = programs.varnish(folder, ports={"varnish": port, "site": site.port})
    yield port
    program.stop()


@pytest.fixture
def put(site, request):
    """Put a reply under an address that no other test uses, and return its path."""

    def under(reply, query="", prefix="/en/"):
        path = f"{prefix}{zlib.crc32(request.node.name.encode())}/"
        site.pages[path + query] = reply
        return path

    return under


def purge(port, tags, **headers):
    return ask(port, "/", method="PURGE", xkey_purge=tags, **headers)


# --- What is kept ---


def test_a_page_is_asked_for_once(port, put):
    reply = page()
    path = put(reply)

    first, second = ask(port, path), ask(port, path)

    assert (first.body, second.body, reply.count) == (b"a page\n", b"a page\n", 1)
    assert second.headers["cache-status"] == "newsroom; hit, varnish; hit"
    assert second.headers["cache-control"] == "public, max-age=0, stale-if-error=86400"


def test_readers_do_not_get_what_is_meant_for_caches(port, put):
    reply = page(tags="article:1:en settings")
    reply.headers |= FOR_CLOUDFLARE
    path = put(reply)

    for answer in (ask(port, path), ask(port, path)):
        assert answer.headers.keys().isdisjoint(FOR_CACHES | {"xkey"})


def test_a_copy_that_a_reader_has_is_confirmed_here(port, put):
    reply = page()
    path = put(reply)
    ask(port, path)

    answer = ask(port, path, If_None_Match='"one"')

    assert (answer.status, answer.body, reply.count) == (304, b"", 1)


def test_head_is_answered_from_the_page(port, put):
    reply = page()
    path = put(reply)

    asked = ask(port, path, method="HEAD"), ask(port, path, method="HEAD"), ask(port, path)

    assert [answer.body for answer in asked] == [b"", b"", b"a page\n"]
    assert (asked[0].headers["content-length"], reply.count) == ("7", 1)


def test_a_page_without_surrogate_control_is_not_kept(port, put):
    reply = Reply(headers={"Cache-Control": "no-cache"})
    path = put(reply)

    ask(port, path)
    ask(port, path)

    assert reply.count == 2


def test_a_page_without_tags_is_not_kept_for_it_could_not_be_purged(port, put):
    reply = page()
    del reply.headers["Surrogate-Key"]
    path = put(reply)

    ask(port, path)
    ask(port, path)

    assert reply.count == 2


@pytest.mark.parametrize("query", ["?before=2017-1", "?q=a&page=2"])
def test_a_place_in_a_list_is_kept_for_a_minute(port, folder, put, query):
    first, place = page(), page()
    put(first)
    path = put(place, query=query)

    for _each in range(2):
        ask(port, path), ask(port, path + query)

    assert (first.count, place.count) == (1, 1)
    assert programs.varnish_lives(folder, path) == (1000, 86400)
    assert programs.varnish_lives(folder, path + query) == (60, 0)


def test_a_page_that_sets_a_cookie_is_not_kept_and_keeps_its_cookie(port, put):
    reply = page()
    reply.headers["Set-Cookie"] = "csrftoken=abc"
    path = put(reply)

    answers = ask(port, path), ask(port, path)

    assert [answer.headers["set-cookie"] for answer in answers] == ["csrftoken=abc"] * 2
    assert reply.count == 2


def test_a_page_ends_when_the_site_said(port, put):
    reply = page(life=1)
    path = put(reply)
    ask(port, path)
    reply.body = b"another\n"

    wait_until(lambda: ask(port, path).body == b"another\n")


def test_a_copy_that_the_site_could_not_check_is_kept_for_a_second_only(port, folder, put):
    reply = page()
    reply.headers["Cache-Status"] = "newsroom; hit; detail=stale"
    path = put(reply)

    ask(port, path)

    assert programs.varnish_lives(folder, path) == (1, 86400)
    wait_until(lambda: ask(port, path) and reply.count > 1)


def test_a_copy_that_was_overtaken_by_a_change_is_not_kept(port, put):
    reply = page(life=0)
    path = put(reply)

    ask(port, path)
    ask(port, path)

    assert reply.count == 2


def test_static_files_with_a_hash_are_kept(port, put):
    reply = Reply(headers=STATIC)
    path = put(reply, prefix="/static/")

    ask(port, path)
    ask(port, path)

    assert reply.count == 1


# --- Who is passed on ---


@pytest.mark.parametrize(
    ("method", "headers"),
    [("GET", {"Cookie": "a=b; sessionid=x"}), ("GET", {"Authorization": "x"}), ("POST", {})],
)
def test_a_request_that_is_not_for_all_goes_to_the_site(port, put, method, headers):
    reply = page()
    path = put(reply)
    ask(port, path)

    for _each in range(2):
        answer = ask(port, path, method=method, **headers)

    assert reply.count == 3
    assert answer.headers["cache-status"].endswith("varnish; fwd=bypass")
    assert reply.asked[-1].get("cookie") == headers.get("Cookie")


def test_the_admin_is_not_kept(port, put):
    reply = page()
    path = put(reply, prefix="/admin/")

    ask(port, path)
    ask(port, path)

    assert reply.count == 2


def test_other_cookies_do_not_matter(port, put):
    reply = page()
    path = put(reply)

    ask(port, path, Cookie="csrftoken=x; mysessionid=y"), ask(port, path, Cookie="consent=1")

    assert reply.count == 1
    assert "cookie" not in reply.asked[0]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "BAN"])
def test_other_methods_are_refused(port, put, method):
    assert ask(port, put(page()), method=method).status == 405


# --- Addresses ---


@pytest.mark.parametrize(
    "query", ["?utm_source=a", "?fbclid=x&utm_medium=y&utm_campaign=z", "?gclid", "?", "?&ref=x&"]
)
def test_parameters_of_campaigns_change_nothing(port, put, query):
    reply = page()
    path = put(reply)
    ask(port, path)

    assert ask(port, path + query).body == b"a page\n"
    assert reply.count == 1


def test_campaigns_are_taken_out_and_the_rest_stays(port, put):
    plain, older = page(), page(b"older\n")
    put(plain)
    path = put(older, query="?before=2017-1")

    for query in ("?before=2017-1", "?utm_id=1&before=2017-1", "?before=2017-1&gclid=2&_ga=3"):
        assert ask(port, path + query).body == b"older\n"
    assert (plain.count, older.count) == (0, 1)


def test_what_the_site_lets_nobody_keep_is_asked_for_each_time(port, put):
    """As a page under a parameter that means nothing to it."""
    reply = page(life=0)
    path = put(reply, query="?page=2")

    ask(port, path + "?page=2"), ask(port, path + "?page=2&utm_id=1")

    assert reply.count == 2


def test_the_list_of_campaigns_is_that_of_the_site():
    assert requests.TRACKING.pattern in (DEPLOY / "varnish/newsroom.vcl").read_text()


# --- Who asks ---


def test_the_site_hears_of_the_reader_from_a_proxy_only_once(port, put):
    reply = page()
    path = put(reply)

    ask(port, path, X_Forwarded_For="192.0.2.7", X_Forwarded_Proto="https")

    assert reply.asked[0]["x-forwarded-for"] == "192.0.2.7"
    assert reply.asked[0]["x-forwarded-proto"] == "https"


# --- Forms ---


def test_each_reader_gets_the_form_that_the_browser_takes(port, put):
    packed = gzip.compress(b"a page\n")
    reply = page(forms={"br": b"as brotli", "gzip": packed})
    path = put(reply)

    forms = {
        words: ask(port, path, Accept_Encoding=words)
        for words in ("gzip, deflate, br", "br;q=1.0", "gzip", "br;q=0, gzip", "identity", "*;q=0")
    }

    bodies = [answer.body for answer in forms.values()]
    assert bodies == [b"as brotli", b"as brotli", packed, packed, b"a page\n", b"a page\n"]
    assert reply.count == 2


# --- Purging ---


def test_a_purge_names_tags_and_takes_their_pages_at_once(port, put, site):
    one, other = page(tags="purged:1 settings-x"), page(tags="purged:11")
    path = put(one)
    site.pages[path + "other/"] = other
    asked = [{"Accept_Encoding": "br"}, {"Accept_Encoding": "gzip"}]
    for headers in asked:
        ask(port, path, **headers), ask(port, path + "other/", **headers)

    answer = purge(port, "nothing purged:1")

    one.body = b"changed\n"
    assert (answer.status, answer.body) == (200, b"Purged 2\n")
    assert [ask(port, path, **headers).body for headers in asked] == [b"changed\n"] * 2
    ask(port, path + "other/")
    assert other.count == 2


def test_a_page_that_was_purged_softly_is_shown_only_while_the_site_fails(port, put):
    reply = page(tags="link:1:en settings")
    path = put(reply)
    ask(port, path)

    assert ask(port, "/", method="PURGE", xkey_softpurge="link:1:en").status == 200
    reply.status = 503
    failing = [ask(port, path) for _each in range(3)]
    reply.status, reply.body = 200, b"another\n"
    after = ask(port, path)

    assert {(answer.status, answer.body) for answer in failing} == {(200, b"a page\n")}
    assert failing[0].headers["cache-status"].endswith("varnish; hit; detail=stale")
    assert after.body == b"another\n"


@pytest.mark.parametrize("order", [("soft", "hard"), ("hard", "soft")])
def test_a_page_that_was_purged_both_ways_is_shown_no_more(port, put, order):
    reply = page(tags="link:1:en settings")
    path = put(reply)
    ask(port, path)

    for kind in order:
        name = "xkey_softpurge" if kind == "soft" else "xkey_purge"
        assert ask(port, "/", method="PURGE", **{name: "link:1:en"}).status == 200
    reply.status = 503

    assert ask(port, path).status == 503


def test_a_page_that_was_purged_does_not_come_back_when_the_site_fails(port, put):
    reply = page(tags="withdrawn")
    path = put(reply)
    ask(port, path)

    purge(port, "withdrawn")
    reply.status = 503

    assert ask(port, path).status == 503


def test_a_long_list_of_tags_is_taken(port, put):
    tags = " ".join(f"long:{number}:{'x' * 10}" for number in range(1500))
    reply = page(tags=tags)
    path = put(reply)
    assert len(tags) > 20_000

    ask(port, path)
    answer = purge(port, tags)
    ask(port, path)

    assert (answer.status, reply.count) == (200, 2)


def test_who_comes_through_a_proxy_may_not_purge(port, put):
    put(page(tags="kept"))

    assert purge(port, "kept", X_Forwarded_For="192.0.2.7").status == 403


def test_a_purge_without_tags_is_refused(port):
    assert ask(port, "/", method="PURGE").status == 400


# --- Failures ---


def test_a_page_whose_time_has_passed_is_shown_while_the_site_fails(port, put):
    reply = page(life=1)
    path = put(reply)
    ask(port, path)
    time.sleep(1.1)
    reply.status, reply.body = 503, b"the database is away\n"

    failing = [ask(port, path) for _each in range(10)]
    reply.status, reply.body = 200, b"back\n"

    assert {(answer.status, answer.body) for answer in failing} == {(200, b"a page\n")}
    assert failing[0].headers["cache-status"].endswith("varnish; hit; detail=stale")
    wait_until(lambda: ask(port, path).body == b"back\n")


def test_an_error_of_the_site_is_passed_on_and_not_kept(port, put):
    reply = page(b"the database is away\n", status=503)
    path = put(reply)

    answer = ask(port, path)
    reply.status, reply.body = 200, b"back\n"

    assert (answer.status, answer.body) == (503, b"the database is away\n")
    assert ask(port, path).body == b"back\n"


def test_pages_outlive_the_site_and_others_are_told_to_wait(port, put, site):
    path = put(page(life=1))
    ask(port, path)
    time.sleep(1.1)
    site.stop()
    try:
        at_once = ask(port, path)
        time.sleep(0.5)
        later, unknown = ask(port, path), ask(port, path + "unknown/")
    finally:
        site.start()

    assert [(answer.status, answer.body) for answer in (at_once, later)] == [(200, b"a page\n")] * 2
    assert (unknown.status, unknown.headers["retry-after"]) == (503, "30")
    assert "Voltamos já" in unknown.body.decode()
    wait_until(lambda: ask(port, path + "unknown/").status == 404)


def test_during_an_upgrade_the_new_version_answers_from_the_first_request_to_the_last(
    port, put, site, beside
):
    """Even one that finds the old one away before Varnish does; and the old one ends softly what it had."""
    path = put(page(b"old\n", tags="upgraded"))
    ask(port, path)
    beside.pages = {name: page(b"new\n") for name in (path, f"{path}new/", "/healthz")}
    ask(port, "/", method="PURGE", xkey_softpurge="upgraded")
    site.stop()
    try:
        at_once = [ask(port, path), ask(port, f"{path}new/")]
        time.sleep(0.5)
        later = [ask(port, "/healthz"), ask(port, f"{path}new/", Cookie="sessionid=x")]
    finally:
        site.start()
    # As deploy/upgrade waits: for the probe, which finds the old one there again.
    site.pages[f"{path}back/"] = page(b"back\n")
    wait_until(lambda: ask(port, f"{path}back/").body == b"back\n")
    beside.stop()

    assert [(answer.status, answer.body) for answer in at_once + later] == [(200, b"new\n")] * 4
    assert ask(port, f"{path}gone/").status == 404
