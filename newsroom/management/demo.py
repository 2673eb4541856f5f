"""Run the site on this machine as a visitor would see it: web server and worker side by side."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

HOST = "127.0.0.1"
LOGIN = "editor"
NAMES = {"first_name": "Demo", "last_name": "Editor"}
TIMEOUT = 3
"""Seconds that a process has for ending by itself."""

GUARD = f"""
while read -r number; do set -- "$@" "-$number"; done
kill -s TERM -- "$@"
sleep {TIMEOUT}
kill -s KILL -- "$@"
"""
"""Reads numbers of processes, and ends them and what they have started when nobody is left who could write more."""


def editor_password():
    """Create the demo editor once, and return the password, kept in var/demo-password.

    Returns "" for an editor whose password is not kept there: it is somebody's own.
    """
    kept = settings.VAR_DIR / "demo-password"
    users = get_user_model().objects
    if users.filter(username=LOGIN).exists():
        return kept.read_text(encoding="utf-8").strip() if kept.exists() else ""
    password = secrets.token_urlsafe(9)
    kept.touch(mode=0o600)
    kept.write_text(password + "\n", encoding="utf-8")
    users.create_superuser(LOGIN, password=password, **NAMES)
    return password


def has_editor():
    """Return whether the demo has made its editor in this database."""
    return get_user_model().objects.filter(username=LOGIN, **NAMES).exists()


def usable_port(given, *, command):
    """Return the number of a port that can be listened on; raise CommandError, which names the `make` command, for another."""
    # Five digits at most: Python itself refuses to read very long numbers.
    port = int(given) if re.fullmatch("[0-9]{1,5}", str(given)) else 0
    if port not in range(1, 65_536):
        message = f"{str(given)!r} is no port: give a number from 1 to 65535, as in `make {command} PORT=8001`."
        raise CommandError(message)
    if said := refusal(port):
        another = port + 1 if 1024 <= port < 65_535 else 8001
        message = f"Port {port} cannot be used here ({said}): choose another, as in `make {command} PORT={another}`."
        raise CommandError(message)
    return port


def run(port, tell):
    """Start the site, call `tell` with its address once it answers, and stay until somebody wants an end."""
    stop = Stop()
    processes = start(port)
    if wait_until_up(port, processes, stop):
        tell(f"http://{HOST}:{port}/")
    if not serve(processes, stop):
        raise CommandError("The web server or the worker has ended; its message stands above.")


def refusal(port):
    """Return why no server could listen on this port of this machine, "" if one could."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error.strerror
    return ""


def start(port):
    """Start web server and worker, and return both processes; they see the address as SITE_URL."""
    environment = os.environ | {"SITE_URL": f"http://{HOST}:{port}"}
    return side_by_side([_web(port), _worker()], cwd=settings.BASE_DIR, env=environment)


def side_by_side(commands, **options):
    """Start processes that end with this one, even if it is killed; return them, and the guard that sees to it."""
    # A session each: what they start in turn can be stopped with them, and nothing else is.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    guard = subprocess.Popen(
        ["sh", "-c", GUARD], stdin=subprocess.PIPE, start_new_session=True, **quiet
    )
    processes = [guard]
    for command in commands:
        processes.append(subprocess.Popen(command, start_new_session=True, **options))
        guard.stdin.write(b"%d\n" % processes[-1].pid)
        guard.stdin.flush()
    return processes


def wait_until_up(port, processes, stop, *, seconds=30):
    """Return whether the web server answers within `seconds`; false as soon as a process ends."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and _all_run(processes) and not stop.asked:
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def serve(processes, stop):
    """Stay until somebody wants an end or a process ends; then stop them all."""
    while not stop.asked and _all_run(processes):
        time.sleep(0.2)
    for process in processes:
        process.terminate()
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=TIMEOUT)
        # Whoever waits for a reader's open connection has waited long enough.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return stop.asked


def _all_run(processes):
    return all(process.poll() is None for process in processes)


class Stop:
    """From now on, `asked` tells whether somebody wants this process to end: by Ctrl+C, a signal,
    or by closing its terminal.

    To be made before a process is started: one that is stopped in between would leave it behind.
    """

    def __init__(self):
        self.asked = False
        for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # Whoever started this with `nohup` wants it to outlive the terminal.
            if stop_signal != signal.SIGHUP or signal.getsignal(stop_signal) != signal.SIG_IGN:
                signal.signal(stop_signal, self._ask)

    def _ask(self, *_signal):
        self.asked = True


def _web(port):
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "newsroom.wsgi:application",
        "--host", HOST, "--port", str(port), "--workers", "2", "--no-ws", "--log-level", "warning",
        # Each of these threads holds a database connection.
        "--blocking-threads", "4", "--backpressure", "64",
    ]  # fmt: skip


def _worker():
    return [sys.executable, "manage.py", "db_worker", "--interval", "1", "-v", "0"]
