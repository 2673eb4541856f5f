"""Files of other servers: only from addresses that everybody can reach, and only as much as was said."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from newsroom.http import fetch
from newsroom.http.fetch import Fetcher, FetchError, is_public

PICTURE = {"Content-Type": "image/png", "Content-Length": "4"}


@contextmanager
def serving(answer):
    """Serve `answer(path)`, (status, headers, body), on this machine; give the address, and the paths that were asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def here(**options):
    """Return a fetcher that may ask this machine."""
    return Fetcher(is_allowed=lambda _address, _port: True, pace=0, **options)


def test_a_picture_is_fetched_by_way_of_a_redirect():
    def answer(path):
        if path == "/old?a=b%20c":
            return 301, {"Location": "/n%C3%A9w"}, b""
        return 200, PICTURE, b"\x89PNG"

    with serving(answer) as (base, asked), here().fetch(f"{base}/old?a=b c") as file:
        assert file.read() == b"\x89PNG"
    assert asked == ["/old?a=b%20c", "/n%C3%A9w"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, {}, b""), "answers 404"),
        ((200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>"), "calls it text/html"),
        ((200, {"Content-Type": "image/svg+xml"}, b"<svg/>"), "calls it image/svg"),
        ((302, {"Location": "/again"}, b""), "too often"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "none of the web"),
        ((302, {"Location": "//user:word@127.0.0.1/"}, b""), "holds a password"),
        ((200, PICTURE, b"\x89P"), "broke off"),
        ((200, {"Content-Type": "image/png"}, b"x" * 11), "larger than 10 bytes"),
    ],
)
def test_whatever_is_no_picture_is_refused_with_the_reason(answer, words):
    with serving(lambda _path: answer) as (base, _asked), pytest.raises(FetchError, match=words):
        here(most=10).fetch(f"{base}/x.png")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1"),  # noqa: S104 - judged, not bound
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:53aa:64c:0:0:0:1"),
    ],
)
def test_an_address_that_not_everybody_can_reach_is_not_public(address):
    assert not is_public(ip_address(address), 80)


def test_public_addresses_are_those_of_web_servers():
    assert is_public(ip_address("93.184.215.14"), 443)
    assert is_public(ip_address("2606:2800:21f::1"), 80)
    assert not is_public(ip_address("93.184.215.14"), 22)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]"])
def test_nothing_is_asked_of_this_machine_however_it_is_written(host):
    with serving(lambda _path: (200, PICTURE, b"\x89PNG")) as (base, asked):
        port = base.rpartition(":")[2]
        with pytest.raises(FetchError):
            Fetcher(pace=0).fetch(f"http://{host}:{port}/x.png")
    assert asked == []


def test_each_redirect_is_judged_anew():
    judged = []

    def is_allowed(_address, port):
        judged.append(port)
        return len(judged) == 1

    leads_on = 302, {"Location": "http://127.0.0.1:9/"}, b""
    refused = pytest.raises(FetchError, match="not public")
    with serving(lambda _path: leads_on) as (base, asked), refused:
        Fetcher(is_allowed=is_allowed, pace=0).fetch(base)
    assert (len(asked), len(judged), judged[1]) == (1, 2, 9)


def test_a_name_that_leads_to_a_public_and_a_private_address_is_refused(monkeypatch):
    addresses = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80))
        for ip in ("93.184.215.14", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: addresses)

    with pytest.raises(FetchError, match="not public"):
        Fetcher(pace=0).fetch("http://news.example/x.png")


def test_a_host_is_given_time_between_two_requests(monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)

    with serving(lambda _path: (404, {}, b"")) as (base, _asked):
        fetcher = Fetcher(is_allowed=lambda *_where: True, pace=fetch.PACE)
        for _turn in range(2):
            with pytest.raises(FetchError):
                fetcher.fetch(base)

    assert len(slept) == 1
    assert 0 < slept[0] <= fetch.PACE


@pytest.mark.parametrize(
    "url", ["", "ftp://news.example/x", "http://", "http://[::1", "/x.png", "http://\ud800/"]
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(FetchError):
        here().fetch(url)
