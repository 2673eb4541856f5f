"""Each edge is sent what its documentation asks for; whatever else it answers is one line."""

import json
import socket
import threading

import pytest
from hypothesis import given, strategies as st

from newsroom.http import client
from newsroom.pagecache.edges import providers
from tests.newsroom.pagecache import edge

SERVICE, ZONE = "SU1Z0isxPaozGVKXdv0eY", "023e105f4ecef8ad9ca31a8372d0c353"
SECRET = "a-token-that-is-in-no-message"
MANY = [f"article:{number:04}:en" for number in range(600)]


@pytest.fixture(autouse=True)
def secrets(settings):
    settings.FASTLY_TOKEN = settings.CLOUDFLARE_TOKEN = SECRET


def fastly(base):
    return providers.Fastly(f"fastly://{SERVICE}", base=base)


def cloudflare(base):
    return providers.Cloudflare(f"cloudflare://{ZONE}", base=base)


def varnish(base):
    return providers.Varnish(base.replace("http:", "varnish:"))


KINDS = {"varnish": varnish, "fastly": fastly, "cloudflare": cloudflare}
each_kind = pytest.mark.parametrize("kind", KINDS)


def refusal(kind, stand_in, tags=("a",)):
    with pytest.raises(client.RequestError) as caught:
        KINDS[kind](stand_in.base).purge(tags)
    words = str(caught.value)
    assert words.startswith(f"{kind}://")
    assert SECRET not in words
    assert "\n" not in words
    return caught.value


# --- What each is sent ---


def test_varnish_is_sent_a_purge_with_the_tags():
    with edge.running(edge.varnish) as stand_in:
        varnish(stand_in.base).purge(["image:7", "article:12:en"])

    (request,) = stand_in.requests
    assert (request.method, request.path, request.body) == ("PURGE", "/", b"")
    assert request.headers["xkey-purge"] == "article:12:en image:7"
    assert request.headers["Host"] == stand_in.base.removeprefix("http://")


def test_fastly_is_sent_the_documented_request():
    with edge.running(edge.fastly) as stand_in:
        fastly(stand_in.base).purge(["image:7", "article:12:en"])

    (request,) = stand_in.requests
    assert (request.method, request.path) == ("POST", f"/service/{SERVICE}/purge")
    assert request.headers["Fastly-Key"] == SECRET
    assert request.headers["Surrogate-Key"] == "article:12:en image:7"
    assert request.headers["Accept"] == "application/json"
    assert request.body == b""
    assert request.headers["Content-Length"] == "0"


def test_cloudflare_is_sent_the_documented_request():
    with edge.running(edge.cloudflare) as stand_in:
        cloudflare(stand_in.base).purge(["image:7", "article:12:en"])

    (request,) = stand_in.requests
    assert (request.method, request.path) == ("POST", f"/client/v4/zones/{ZONE}/purge_cache")
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.body) == {"tags": ["article:12:en", "image:7"]}


@pytest.mark.parametrize(
    ("kind", "answer", "sizes"),
    [
        ("varnish", edge.varnish, [100] * 6),
        ("fastly", edge.fastly, [256, 256, 88]),
        ("cloudflare", edge.cloudflare, [100] * 6),
    ],
)
def test_no_request_names_more_tags_than_the_edge_takes(kind, answer, sizes):
    with edge.running(answer) as stand_in:
        KINDS[kind](stand_in.base).purge(MANY)

    assert [len(request.tags) for request in stand_in.requests] == sizes
    assert sorted(stand_in.tags) == MANY


def test_long_tags_stay_below_the_size_of_a_header():
    tags = [f"tag:{'x' * 200}:{number}" for number in range(100)]

    with edge.running(edge.varnish) as stand_in:
        varnish(stand_in.base).purge(tags)

    assert max(len(request.headers["xkey-purge"]) for request in stand_in.requests) <= 4000
    assert sorted(stand_in.tags) == sorted(tags)


def test_soft_tags_are_sent_for_themselves():
    tags = ["article:1:en", providers.Soft("list:all:en"), providers.Soft("article:1:en")]

    with edge.running(edge.varnish) as stand_in:
        varnish(stand_in.base).purge(tags)
    hard, soft = stand_in.requests
    assert hard.headers["xkey-purge"] == "article:1:en"
    assert soft.headers["xkey-softpurge"] == "list:all:en"

    with edge.running(edge.fastly) as stand_in:
        fastly(stand_in.base).purge(tags)
    assert [request.headers.get("Fastly-Soft-Purge") for request in stand_in.requests] == [
        None,
        "1",
    ]

    with edge.running(edge.cloudflare) as stand_in:
        cloudflare(stand_in.base).purge(tags)
    assert stand_in.tags == ["article:1:en", "list:all:en"]


@each_kind
def test_no_tags_are_no_request(kind):
    with edge.running(edge.varnish) as stand_in:
        KINDS[kind](stand_in.base).purge([])

    assert stand_in.requests == []


@given(st.lists(st.text(max_size=20)))
def test_no_tag_can_add_another_one_or_a_header(tags):
    sent = [tag for batch in providers.batches(tags, limit=3, room=50) for tag in batch]

    assert sent == [
        tag
        for tag in tags
        if tag and tag.isascii() and tag.isprintable() and not set(tag) & set(" ,")
    ]


# --- What each answers ---


@each_kind
@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 500, 503])
def test_any_other_status_is_an_error_with_its_words(kind, status):
    with edge.running(edge.failing(status, body="because\r\nof this")) as stand_in:
        words = str(refusal(kind, stand_in))

    assert f"answered {status}: because of this" in words


@each_kind
def test_too_many_requests_say_when_to_come_again(kind):
    with edge.running(edge.failing(429, headers={"Retry-After": "7"})) as stand_in:
        assert refusal(kind, stand_in).wait == 7
        stand_in.answer = edge.failing(
            429, headers={"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}
        )
        assert refusal(kind, stand_in).wait == 0


@each_kind
def test_an_edge_that_is_slow_is_given_up(kind, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT", 0.1)

    with edge.running(edge.varnish) as stand_in:
        stand_in.seconds = 0.3
        assert "does not answer: timed out" in str(refusal(kind, stand_in))


@each_kind
def test_an_edge_that_is_down_is_an_error(kind):
    with edge.running(edge.varnish) as stand_in:
        pass

    assert "Connection refused" in str(refusal(kind, stand_in))


@each_kind
def test_what_does_not_speak_http_is_an_error(kind):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        stand_in = edge.StandIn(None, base=f"http://127.0.0.1:{listener.getsockname()[1]}")

        def answer():
            connection, _address = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"SSH-2.0-x\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        refusal(kind, stand_in)
        thread.join()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "<html>",
        '{"success": false, "errors": [{"code": 10000, "message": "Authentication error"}]}',
        '{"success": "yes"}',
    ],
)
def test_cloudflare_has_done_it_only_when_it_says_so(body):
    with edge.running(edge.failing(200, body=body)) as stand_in:
        assert "refused" in str(refusal("cloudflare", stand_in))


@pytest.mark.parametrize("body", ["", "[]", '{"a": "108-1"}', "<html>"])
def test_fastly_has_done_it_only_when_it_names_every_key(body):
    with edge.running(edge.failing(200, body=body)) as stand_in:
        assert "did not confirm" in str(refusal("fastly", stand_in, tags=["a", "b"]))


def test_an_edge_is_asked_for_one_address_of_the_settings_each(settings):
    settings.EDGES = [
        "varnish://cache",
        "varnish://[::1]:80",
        f"fastly://{SERVICE}",
        f"cloudflare://{ZONE}",
    ]
    configured = providers.configured()

    assert [provider.url for provider in configured] == [
        "http://cache:6081",
        "http://[::1]:80",
        f"https://api.fastly.com/service/{SERVICE}/purge",
        f"https://api.cloudflare.com/client/v4/zones/{ZONE}/purge_cache",
    ]
