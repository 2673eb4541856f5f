"""A machine inside this one whose first process is the real systemd: machine.sh starts it, as root.

What runs in it is asked from outside: by `nsenter`, by its files below /proc, and by its own network.
"""

import ctypes
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.house_rules.source import ROOT
from tests.waiting import SECONDS, wait_until

SCRIPT = Path(__file__).with_name("machine.sh")
CLONE_NEWNET = 0x40000000


def obstacle():
    """Return why no machine can be started here, or nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root on Linux can start a systemd of its own"
    if not cgroups():
        return "there is no cgroup2 for a systemd"
    command = f"unshare --pid --mount --net --ipc --uts --cgroup --fork sh {SCRIPT} trial"
    result = subprocess.run(command.split(), capture_output=True, text=True, check=False)
    return f"the kernel refuses what a systemd needs: {result.stderr}" if result.returncode else ""


def cgroups():
    """Return where this machine has cgroup2."""
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    return next((place for _device, place, kind, *_rest in mounts if kind == "cgroup2"), None)


class Machine:
    """It runs until it is stopped, or until this process ends."""

    def __init__(self, place="usr/local/lib/newsroom"):
        """Start it with this checkout at a place."""
        self.place = place
        with tempfile.TemporaryFile() as said:
            self.keeper = self._keeper(said)
            self.number = self.keeper.stdout.readline().strip()
            try:
                wait_until(self._is_up)
            except BaseException:
                self.stop()
                said.seek(0)
                sys.stderr.write(said.read().decode(errors="replace"))
                raise

    def _is_up(self):
        assert self.number, "the machine did not start; why stands above"
        return self.call("systemctl", "is-system-running").stdout == "running\n"

    def _keeper(self, said):
        environment = os.environ | {
            "CGROUPS": cgroups(),
            "CHECKOUT": str(ROOT),
            "PLACE": self.place,
            "VENV": sys.prefix,
            "PREFIX": sys.base_prefix,
        }
        return subprocess.Popen(
            ["sh", SCRIPT, "keep"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            # Not what a terminal sends to the tests.
            start_new_session=True,
        )

    def stop(self):
        """End all its processes, and leave nothing of it behind."""
        self.keeper.stdin.close()
        self.keeper.stdout.close()
        self.keeper.wait(timeout=SECONDS)

    def path(self, name):
        """Return where one of its files is seen from outside."""
        return self._proc / "root" / name.lstrip("/")

    @property
    def _proc(self):
        return Path("/proc") / self.number

    def command(self, *arguments):
        """Return a command that runs in it, as root and with nothing of our environment."""
        inside = ["nsenter", "--target", self.number, "--all", f"--wdns=/{self.place}"]
        path = "PATH=/usr/local/bin:/usr/sbin:/usr/bin"
        return [*inside, "env", "-i", path, *map(str, arguments)]

    def call(self, *arguments, timeout=SECONDS):
        """Run a command in it, and return its result, whatever it is."""
        command = self.command(*arguments)
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout)

    def run(self, *arguments):
        """Run a command in it that has to succeed, and return what it printed."""
        result = self.call(*arguments)
        assert result.returncode == 0, f"{result.stdout}{result.stderr}{self.journal()}"
        return result.stdout

    def journal(self, *arguments):
        """Return what systemd and the services said."""
        return self.call("journalctl", "--no-pager", *arguments).stdout

    def show(self, unit, *names):
        """Return properties of a unit."""
        wanted = [f"--property={name}" for name in names]
        lines = self.run("systemctl", "show", unit, *wanted).splitlines()
        properties = dict(line.split("=", 1) for line in lines)
        return [properties[name] for name in names]

    @contextmanager
    def network(self):
        """Let what this thread connects to for a while be this machine's."""
        with Path("/proc/thread-self/ns/net").open() as own:
            with (self._proc / "ns" / "net").open() as other:
                _enter(other)
            try:
                yield
            finally:
                _enter(own)


def _enter(namespace):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace.fileno(), CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns failed")
