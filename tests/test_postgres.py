"""The tests' own PostgreSQL server."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.waiting import SECONDS, wait_until

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def server():
    server = postgres.Server()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def pair():
    """A server and its replica; each test makes a table of its own."""
    # Without this a change may stay in the server's memory for a while before a replica hears of it.
    primary = postgres.Server(options=["synchronous_commit=on"])
    try:
        replica = primary.replica()
        yield primary, replica
        replica.remove()
    finally:
        primary.remove()


def ask(folder):
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as connection:
        return connection.execute("SELECT upper('ñandú')").fetchone()[0]


def test_a_server_answers_and_leaves_nothing(server):
    assert ask(server.folder) == "ÑANDÚ"

    server.remove()

    assert not server.folder.exists()


def test_a_server_that_was_stopped_has_its_data_when_it_starts_again(server):
    server.ask("CREATE TABLE kept (n int)")

    server.stop()
    with pytest.raises(psycopg.OperationalError):
        server.ask("SELECT 1")
    server.start()

    assert server.ask("SELECT count(*) FROM kept") == 0
    server.stop()
    server.remove()
    assert not server.folder.exists()


def test_a_server_that_hangs_answers_nobody_until_it_wakes(server):
    with psycopg.connect(server.url_of("postgres"), autocommit=True) as connection:
        server.hang()
        asked = threading.Thread(target=connection.execute, args=["SELECT 1"])
        asked.start()
        asked.join(0.2)
        assert asked.is_alive()
        with pytest.raises(psycopg.OperationalError, match="timeout"):
            psycopg.connect(server.url_of("postgres"), connect_timeout=2)

        server.wake()
        asked.join(SECONDS)
        assert not asked.is_alive()


def test_a_server_that_hangs_can_be_removed(server):
    server.hang()

    server.remove()

    assert not server.folder.exists()


def test_a_replica_follows_its_primary_and_takes_no_changes(pair):
    primary, replica = pair
    primary.ask("CREATE TABLE followed (n int)")

    replica.catch_up()

    assert replica.ask("SELECT count(*) FROM followed") == 0
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        replica.ask("DROP TABLE followed")


def test_a_paused_replica_shows_what_was_until_it_goes_on(pair):
    primary, replica = pair
    primary.ask("CREATE TABLE delayed (n int)")
    replica.catch_up()

    replica.pause()
    primary.ask("INSERT INTO delayed VALUES (1)")
    time.sleep(0.2)
    assert replica.ask("SELECT count(*) FROM delayed") == 0

    replica.resume()
    replica.catch_up()
    assert replica.ask("SELECT count(*) FROM delayed") == 1


def test_a_server_ends_with_a_killed_owner():
    program = (
        "import time; from tests import postgres; "
        "print(postgres.Server().folder, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    folder = Path(owner.stdout.readline().strip())
    assert ask(folder)

    os.kill(owner.pid, signal.SIGKILL)
    owner.communicate()

    wait_until(lambda: not folder.exists())


def test_programs_out_of_reach_are_copied(monkeypatch):
    def first_out_of_reach(folder, account, reachable=postgres.runs):
        return "newsroom-pg-" in str(folder) and reachable(folder, account)

    monkeypatch.setattr(postgres, "runs", first_out_of_reach)

    server = postgres.Server()
    try:
        assert server.folder in server.programs.parents
        assert ask(server.folder)
    finally:
        server.remove()


def test_a_machine_without_postgresql_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(postgres, "installations", lambda: iter(()))

    with pytest.raises(postgres.PostgresMissingError, match="make install-dev"):
        postgres.Server()
