"""The tests' own PostgreSQL server."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def server():
    server = postgres.Server()
    yield server
    server.stop()


def ask(folder):
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as connection:
        return connection.execute("SELECT upper('ñandú')").fetchone()[0]


def eventually(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_a_server_answers_and_leaves_nothing(server):
    assert ask(server.folder) == "ÑANDÚ"

    server.stop()

    assert not server.folder.exists()


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

    assert eventually(lambda: not folder.exists())


def test_programs_out_of_reach_are_copied(monkeypatch):
    def first_out_of_reach(folder, account, reachable=postgres.runs):
        return "newsroom-pg-" in str(folder) and reachable(folder, account)

    monkeypatch.setattr(postgres, "runs", first_out_of_reach)

    server = postgres.Server()
    try:
        assert server.folder in server.programs.parents
        assert ask(server.folder)
    finally:
        server.stop()


def test_a_machine_without_postgresql_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(postgres, "installations", lambda: iter(()))

    with pytest.raises(postgres.PostgresMissingError, match="make install-dev"):
        postgres.Server()
