"""What is put under load: an address, the bytes that it has to answer, and whose work that is."""

import gzip
import http.client
import threading
import time
from dataclasses import dataclass, field

import brotli

from tests.bench import procfs
from tests.bench.failures import NotMeasured
from tests.bench.servers import HOST

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
BETWEEN = 0.1
"""Seconds between two looks at a server that is under load."""

DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@dataclass(frozen=True)
class Answer:
    """An answer as it comes over the wire; names of headers in lower case."""

    status: int
    headers: dict
    raw: bytes

    @property
    def body(self):
        return DECODERS[self.headers.get("content-encoding", "")](self.raw)


def ask(port, path, headers=BROWSER):
    """Return the Answer of a server of this machine."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, named, response.read())
    except OSError as error:
        raise NotMeasured(f"{path} on port {port} does not answer: {error}") from error
    finally:
        connection.close()


@dataclass
class Target:
    """One row of a table.

    `servers` are those whose work is counted; `body` is what a reader must see, and `mark` (a header
    and words in it) what tells that it is answered in the way that is meant.
    """

    name: str
    path: str
    servers: list
    body: bytes
    mark: tuple = ()
    headers: dict = field(default_factory=lambda: dict(BROWSER))

    @property
    def port(self):
        return self.servers[0].port

    @property
    def url(self):
        return f"http://{HOST}:{self.port}{self.path}"

    def check(self):
        """Return an answer that is right in every way; raise NotMeasured for any other."""
        answer = ask(self.port, self.path, self.headers)
        if answer.status != 200:
            raise NotMeasured(f"it answers {answer.status}")
        if answer.body != self.body:
            raise NotMeasured("it answers with other bytes than it should")
        if self.mark:
            name, words = self.mark
            value = answer.headers.get(name, "")
            if words not in value:
                raise NotMeasured(f"{name} is {value!r} and does not hold {words!r}")
        return answer

    def warm(self):
        """Ask until every process answers in the way that is meant; the last failure counts."""
        for _attempt in range(20):
            try:
                self.check()
            except NotMeasured:
                time.sleep(0.1)
        return self.check()

    def cpu_seconds(self):
        return sum(procfs.cpu_seconds(server.family) for server in self.servers)

    def memory(self):
        """Return the memory of the largest process, in bytes."""
        return max(procfs.memory(pid) for server in self.servers for pid in server.family)


class Watch:
    """While it lasts, checks a target again and again; `raise_wrong` then tells what it saw."""

    def __init__(self, target):
        self.target, self.checks, self.wrong = target, 0, None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        self._thread.join()

    def _run(self):
        while not self._over.wait(BETWEEN):
            try:
                self.target.check()
            except NotMeasured as error:
                self.wrong = self.wrong or error
            self.checks += 1

    def raise_wrong(self):
        if self.wrong:
            raise NotMeasured(f"under load {self.wrong}")
