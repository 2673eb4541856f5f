"""Files of other servers: from public addresses only, of few kinds, and no more bytes than was said.

Whoever writes an archive writes the addresses in it: none may make this machine ask what only it can reach. So a name is looked
up here, and the connection goes to the very address that was judged; each redirect is judged anew.
"""

import http.client
import socket
import ssl
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import IO
from urllib.parse import SplitResult, quote, urljoin, urlsplit

TIMEOUT = 10
"""Seconds that a server has for each step of its answer."""

LONGEST = 120
"""Seconds that a whole file may take."""

MOST_BYTES = 40_000_000

PACE = 0.5
"""Seconds between two requests to one host."""

REDIRECTS, REDIRECTED = 5, {301, 302, 303, 307, 308}
CHUNK = 64 * 1024
WRITTEN = "/%:@!$&'()*+,;=~-._"
"""The signs of an address that stay as they are."""

PORTS = {"http": 80, "https": 443}
HEADERS = {"User-Agent": "newsroom-import", "Accept-Encoding": "identity"}
KINDS = frozenset({"image/jpeg", "image/png", "image/webp", "image/avif"})
"""The kinds of files that are fetched, as servers name them."""

CARRIERS = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Addresses that lead to one of IPv4, which may be any."""


Address = IPv4Address | IPv6Address
IsAllowed = Callable[[Address, int], bool]


class FetchError(Exception):
    """A file was not fetched; the message is the end of a sentence that says why."""


def is_public(address: Address, port: int) -> bool:
    """Return whether everybody can reach an address (ipaddress), and it is that of a web server."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    is_carrier = isinstance(address, IPv6Address) and any(
        address in network for network in CARRIERS
    )
    is_open = address.is_global and not address.is_multicast and not is_carrier
    return is_open and port in PORTS.values()


class Fetcher:
    """Fetches files, one after another. `is_allowed(address, port)` judges every address before a byte goes to it."""

    def __init__(
        self, *, is_allowed: IsAllowed = is_public, most: int = MOST_BYTES, pace: float = PACE
    ) -> None:
        self.is_allowed, self.most, self.pace = is_allowed, most, pace
        self._asked_at: dict[str, float] = {}

    def fetch(self, url: str) -> IO[bytes]:
        """Return the file at an address, open and at its begin, which is gone when it is closed; raise FetchError."""
        ends_at = time.monotonic() + LONGEST
        try:
            return self._follow(url, ends_at)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise FetchError(f"its server does not answer ({reason})") from error

    def _follow(self, url: str, ends_at: float) -> IO[bytes]:
        for _turn in range(REDIRECTS + 1):
            connection, path = self._connection(url)
            try:
                connection.request("GET", path, headers=HEADERS)
                with connection.getresponse() as answer:
                    if answer.status not in REDIRECTED:
                        return self._kept(answer, ends_at)
                    url = urljoin(url, answer.headers.get("Location", ""))
            finally:
                connection.close()
        raise FetchError("it leads from one address to another too often")

    def _connection(self, url: str) -> "tuple[_Plain | _Secure, str]":
        """Return a connection to the server of an address, and what to ask it for."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise FetchError("its address is none of the web")
        if parts.username is not None or parts.password is not None:
            raise FetchError("its address holds a password")
        self._wait(parts.hostname)
        kind: type[_Plain | _Secure] = _Plain if parts.scheme == "http" else _Secure
        connection = kind(parts.hostname, parts.port or PORTS[parts.scheme], timeout=TIMEOUT)
        connection.is_allowed = self.is_allowed
        return connection, _target(parts)

    def _wait(self, host: str) -> None:
        """Let some time pass since the last request to a host."""
        left = self._asked_at.get(host, float("-inf")) + self.pace - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._asked_at[host] = time.monotonic()

    def _kept(self, answer: http.client.HTTPResponse, ends_at: float) -> IO[bytes]:
        if answer.status != 200:
            raise FetchError(f"its server answers {answer.status}")
        kind = answer.headers.get_content_type()
        if kind not in KINDS:
            raise FetchError(
                f"its server calls it {kind}, which is no picture that this site shows"
            )
        with ExitStack() as stack:
            file = stack.enter_context(tempfile.TemporaryFile())
            self._copy(answer, file, ends_at)
            file.seek(0)
            # Whole: now it is for the caller to close.
            stack.pop_all()
            return file

    def _copy(self, answer: http.client.HTTPResponse, file: IO[bytes], ends_at: float) -> None:
        size = 0
        while data := answer.read(CHUNK):
            size += len(data)
            if size > self.most:
                raise FetchError(f"it is larger than {self.most:,} bytes")
            if time.monotonic() > ends_at:
                raise FetchError(f"it takes longer than {LONGEST} seconds")
            file.write(data)
        if answer.length:
            raise FetchError("its server broke off")


def _target(parts: SplitResult) -> str:
    """Return what to ask a server for, written as the protocol wants it."""
    path = quote(parts.path or "/", safe=WRITTEN)
    return f"{path}?{quote(parts.query, safe=WRITTEN + '?')}" if parts.query else path


class _Plain(http.client.HTTPConnection):
    is_allowed: IsAllowed = staticmethod(is_public)

    def connect(self) -> None:
        self.sock = _open(self.host, self.port, self.timeout, self.is_allowed)


class _Secure(http.client.HTTPSConnection):
    is_allowed: IsAllowed = staticmethod(is_public)

    def connect(self) -> None:
        sock = _open(self.host, self.port, self.timeout, self.is_allowed)
        self.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)


def _open(host: str, port: int, timeout: float | None, is_allowed: IsAllowed) -> socket.socket:
    """Return a socket to the first address of a host that answers; raise FetchError if one of them is not allowed."""
    resolved = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_kind, (address, *_rest) in resolved:
        if not is_allowed(ip_address(str(address).partition("%")[0]), port):
            raise FetchError("its address is not public")
    failure = None
    for family, kind, protocol, _name, target in resolved:
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(timeout)
        try:
            sock.connect(target)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure or FetchError("its server has no address")
