"""The site as a host runs it: web server with two processes or one, a newsroom, and readers who never rest."""

import hashlib
import http.client
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from tests.deploy import programs
from tests.house_rules.source import ROOT
from tests.newsroom import process
from tests.waiting import SECONDS, wait_until


@dataclass(frozen=True)
class Answer:
    """What a reader got; `began` is when it was asked for (monotonic seconds)."""

    began: float
    status: int
    headers: dict
    body: bytes

    @property
    def cache(self):
        return self.headers.get("cache-status", "")


class Site:
    """A running site on a database, with a folder and perhaps variables of its own; its web server has so many `workers`."""

    def __init__(self, folder, *, database, workers=2, **variables):
        self.folder, self.workers = folder, workers
        (folder / "static").symlink_to(ROOT / "var" / "static")
        (self.port,) = programs.free_ports(1)
        self.environment = process.environment(
            folder,
            DATABASE_URL=database,
            ALLOWED_HOSTS="127.0.0.1",
            SITE_URL=f"http://127.0.0.1:{self.port}",
            **variables,
        ) | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        self.log = (folder / "log").open("wb")
        self.web = self._serve()
        self.desk = self._start("tests.deploy.desk", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        wait_until(self._listens)

    def _serve(self):
        return self._start(
            *("granian", "--interface", "wsgi", "newsroom.wsgi:application", "--no-ws"),
            *("--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning"),
            *("--workers", str(self.workers), "--blocking-threads", "4", "--backpressure", "64"),
        )

    def restart(self):
        """Stop the web server, and start another."""
        self.web.terminate()
        self.web.wait(timeout=SECONDS)
        self.web = self._serve()
        wait_until(self._listens)

    def _start(self, *command, **options):
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.environment,
            stderr=self.log,
            text=True,
            **options,
        )

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def publish(self, headline):
        """Publish a story, and return its path once that is committed."""
        return self.tell(f"publish {headline}")

    def tell(self, words):
        """Let the newsroom do something; return the path of the story once that is committed."""
        self.desk.stdin.write(f"{words}\n")
        self.desk.stdin.flush()
        path = self.desk.stdout.readline().strip()
        assert path, self.said
        return path

    def ask(self, path, *, connection=None):
        """Return the Answer to one request, on a connection of its own unless one is given."""
        used = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            began = time.monotonic()
            used.request("GET", path)
            response = used.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(began, response.status, headers, response.read())
        finally:
            if used is not connection:
                used.close()

    def ask_all(self, path):
        """Return answers from every process: of so many connections each has some."""
        return [self.ask(path) for _each in range(12)]

    @property
    def said(self):
        """What the web server and the newsroom logged."""
        self.log.flush()
        return (self.folder / "log").read_text(errors="replace")

    def stop(self):
        self.desk.stdin.close()
        self.desk.wait(timeout=SECONDS)
        self.desk.stdout.close()
        self.web.terminate()
        self.web.wait(timeout=SECONDS)
        self.log.close()


class Readers:
    """Threads that ask for some pages over and over while the block lasts."""

    def __init__(self, site, paths, *, count=4, pause=0.01):
        self.site, self.paths, self.pause = site, paths, pause
        # (path, Answer without its body, digest of the body) and what failed otherwise.
        self.answers, self.errors, self.bodies = [], [], {}
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _each in range(count)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        while not self._stop.wait(self.pause):
            for path in self.paths:
                try:
                    answer = self.site.ask(path, connection=connection)
                except (OSError, http.client.HTTPException) as error:
                    self.errors.append(f"{path}: {error!r}")
                    connection.close()
                    continue
                self._note(path, answer)
        connection.close()

    def _note(self, path, answer):
        name = hashlib.sha256(answer.body).digest()
        self.bodies[name] = answer.body
        if answer.status != 200:
            self.errors.append(f"{path}: {answer.status}")
        self.answers.append((path, answer.began, answer.cache, name))

    def seen(self, path, *, since=0.0):
        """Yield (began, Cache-Status, body) of the answers with a page from a moment on."""
        for asked, began, cache, name in tuple(self.answers):
            if asked == path and began >= since:
                yield began, cache, self.bodies[name]
