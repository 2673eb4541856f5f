"""Servers of one measurement: each in a process of its own on a free port of this machine."""

import socket
import subprocess
import sys
import time
from contextlib import suppress

from tests.bench import procfs
from tests.bench.failures import NotMeasured
from tests.bench.sites import ROOT
from tests.deploy import programs

HOST = "127.0.0.1"
TIMEOUT = 30


def free_port():
    [port] = programs.free_ports(1)
    return port


class Server:
    """A running program that listens on `port`; what it says goes to a file of the folder."""

    def __init__(self, name, command, *, port, folder, environment=None, cwd=ROOT):
        self.name, self.port = name, port
        self.log = folder / f"{name.replace(' ', '-')}-{port}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                list(map(str, command)),
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self):
        """Return the server once somebody listens."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1):
                return self
            time.sleep(0.05)
        self.stop()
        said = self.log.read_text(errors="replace").strip().splitlines()[-1:]
        raise NotMeasured(f"{self.name} does not start: {' '.join(said) or 'it says nothing'}")

    @property
    def family(self):
        return procfs.family(self.process.pid)

    @property
    def workers(self):
        """The processes that the server has started itself, or itself if there are none."""
        return [pid for pid in self.family if pid != self.process.pid] or [self.process.pid]

    def stop(self):
        """Stop it and all that it started, and nothing else."""
        programs.end(self.process)


def granian(application, *, python=sys.executable, **changes):
    """Return (command, port): the web server as deploy/ runs it, with another application.

    `changes` are flags to set otherwise, as in workers=1.
    """
    port = free_port()
    (line,) = programs.commands(programs.DEPLOY / "systemd" / "newsroom-web.service")
    command = programs.own_command(line)
    command[0] = str(python)
    command[command.index("newsroom.wsgi:application")] = application
    for name, value in {"port": port, **changes}.items():
        command[command.index(f"--{name.replace('_', '-')}") + 1] = str(value)
    return command, port


def flags():
    """Return what is set of the web server, for the conditions under a table."""
    command, _port = granian("")
    return " ".join(command[command.index("--workers") :])


def redis(folder):
    """Start a Redis that keeps nothing on the disk."""
    program = programs.program("redis-server")
    if not program:
        raise NotMeasured("redis-server is not installed (Debian: apt install redis-server)")
    port = free_port()
    command = [program, "--port", port, "--bind", HOST, "--save", "", "--appendonly", "no"]
    return Server("redis", command, port=port, folder=folder, cwd=folder).wait()
