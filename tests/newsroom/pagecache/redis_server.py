"""A Redis of one test: on a free port of this machine, without files, stopped and started at will."""

import os
import shutil
import signal
import socket
import subprocess
import time

import pytest
import redis

from tests import chromium
from tests.deploy import programs

SECONDS = 60


class RedisServer:
    """A running server; `url` is what CACHE_URL takes."""

    def __init__(self):
        self.program = shutil.which("redis-server")
        if not self.program:
            words = "this test needs Redis (Debian: apt install redis-server)"
            (pytest.fail if chromium.required() else pytest.skip)(words)
        (self.port,) = programs.free_ports(1)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", "/tmp"]  # noqa: S108, nothing is written
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.01)

    @property
    def keys(self):
        """The keys that it holds."""
        with redis.Redis(port=self.port) as client:
            return {key.decode() for key in client.keys("*")}

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(10) == b"+PONG\r\n"
        except OSError:
            return False

    def hang(self):
        """Let it accept connections and never answer."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def wake(self):
        os.kill(self.process.pid, signal.SIGCONT)

    def stop(self):
        """Kill it: nobody is told, and nothing is kept."""
        self.process.kill()
        self.process.wait()
