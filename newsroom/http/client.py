"""One request to another server: what it answers, or one sentence that says why it did not."""

import http.client
import json
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

TIMEOUT = 5
"""Seconds that a server has for each step of its answer."""

CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
LONGEST_ANSWER = 64 * 1024


Json = TypeVar("Json", dict, list)  # type: ignore[type-arg]


class RequestError(Exception):
    """A server did not do as it was told; the message is one line without a secret.

    `status` is that of its answer, or 0. `wait` is the number of seconds after which it says it can be asked again, or 0.
    """

    def __init__(self, message: str, *, status: int = 0, wait: int = 0) -> None:
        super().__init__(" ".join(message.split()))
        self.status, self.wait = status, wait


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    name: str,
    body: str | bytes | None = None,
    kind: type[Json] = dict,  # type: ignore[assignment]
    timeout: float | None = None,
    longest: int | None = None,
) -> Json:
    """Return the body of a 2xx that is JSON of a kind, an object or a list; an empty one for any other body.

    A RequestError begins with `name`. `timeout` is in seconds, for each step; of the answer no more than `longest` bytes are read.
    """
    parts = urlsplit(url)
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    connection = CONNECTIONS[parts.scheme](parts.hostname, parts.port, timeout=timeout or TIMEOUT)
    try:
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        data = answer.read(longest or LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise RequestError(f"{name} does not answer: {error or type(error).__name__}") from error
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        message = f"{name} answered {answer.status}: {words(data)}"
        wait = _seconds(answer.headers.get("Retry-After"))
        raise RequestError(message, status=answer.status, wait=wait)
    try:
        said = json.loads(data)
    except ValueError:
        said = None
    return said if isinstance(said, kind) else kind()


def words(data: bytes) -> str:
    """Return the beginning of an answer as words for one line of a log."""
    text = data[:300].decode(errors="replace")
    return "".join(c if c.isprintable() else " " for c in text)


def _seconds(header: str | None) -> int:
    """Return the seconds of a Retry-After; 0 where it is a date, or absent."""
    return int(header) if header and header.isascii() and header.isdigit() else 0
