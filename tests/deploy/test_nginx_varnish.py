"""nginx in front of Varnish in front of a site: what each of them leaves to the next."""

import gzip

import pytest

from tests.deploy import programs
from tests.deploy.programs import HOST, ask
from tests.deploy.standin import Reply, page


@pytest.fixture(scope="module")
def ports(folder, site):
    names = ("http", "https", "varnish")
    ports = dict(zip(names, programs.free_ports(3), strict=True)) | {"site": site.port}
    cache = programs.varnish(folder, ports=ports)
    front = programs.nginx(folder, "newsroom-varnish.conf", ports=ports)
    yield ports | {"stop": cache.stop}
    front.stop()
    cache.stop()


@pytest.fixture
def get(ports):
    def get(path, **options):
        return ask(ports["https"], path, tls=True, **options)

    return get


def test_varnish_keeps_a_page_and_the_site_hears_of_the_reader(get, site):
    reply = site.pages["/en/"] = page(b"front\n")

    first, second = get("/en/", X_Forwarded_For="192.0.2.7"), get("/en/?utm_id=1")

    assert (first.body, second.body, reply.count) == (b"front\n", b"front\n", 1)
    assert second.headers["cache-status"] == "newsroom; hit, varnish; hit"
    assert {name: reply.asked[0][name] for name in ("host", "x-forwarded-for")} == {
        "host": HOST,
        "x-forwarded-for": "127.0.0.1",
    }
    assert reply.asked[0]["x-forwarded-proto"] == "https"


def test_each_form_of_a_page_comes_through(get, site):
    packed = gzip.compress(b"plain\n")
    site.pages["/en/forms/"] = page(b"plain\n", forms={"br": b"as brotli", "gzip": packed})

    answers = [get("/en/forms/", Accept_Encoding=name) for name in ("br", "gzip, br", "gzip")]

    assert [answer.body for answer in answers] == [b"as brotli", b"as brotli", packed]
    assert {answer.headers["vary"] for answer in answers} == {"Accept-Encoding"}


def test_a_page_is_confirmed(get, site):
    site.pages["/en/etag/"] = page()

    assert get("/en/etag/", If_None_Match='"one"').status == 304


def test_the_admin_does_not_go_through_varnish(get, site):
    site.pages["/admin/"] = Reply(b"admin")

    assert "cache-status" not in get("/admin/").headers


def test_nobody_purges_from_outside(ports, get, site):
    reply = site.pages["/en/kept/"] = page(tags="kept")
    get("/en/kept/")

    answer = get("/", method="PURGE", xkey_purge="kept")

    get("/en/kept/")
    assert (answer.status, reply.count) == (405, 1)
    assert ask(ports["varnish"], "/", method="PURGE", xkey_purge="kept").body == b"Purged 1\n"


def test_what_changes_something_reaches_whoever_listens_and_is_sent_once(get, site, beside):
    lost = site.pages["/en/lost/"] = Reply(lost=1)
    beside.pages = {"/en/lost/": Reply(b"again"), "/en/said/": Reply(b"thank you")}

    answers = [get("/en/lost/", method="POST", body=b"a=b")]
    site.stop()
    try:
        answers.append(get("/en/said/", method="POST", body=b"a=b"))
    finally:
        site.start()

    assert [answer.status for answer in answers] == [503, 200]
    assert (lost.count, beside.pages["/en/lost/"].count) == (1, 0)


def test_without_varnish_the_site_is_asked(ports, get, site):
    reply = site.pages["/en/2017/"] = page(b"from the site\n")
    ports["stop"]()

    assert [get("/en/2017/").body for _each in range(3)] == [b"from the site\n"] * 3
    assert reply.count == 3
