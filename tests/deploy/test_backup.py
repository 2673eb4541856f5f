"""deploy/backup, run by itself: what it writes can be put back, and a night that fails leaves nothing half-done."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests import postgres
from tests.deploy.programs import DEPLOY
from tests.newsroom.process import is_one_sentence

OLD = "20200101T000000Z"


@pytest.fixture
def var(tmp_path):
    """The folder of a small site on SQLite, before its first picture."""
    with closing(sqlite3.connect(tmp_path / "newsroom.sqlite3")) as database:
        database.execute("create table story (headline)")
        database.execute("insert into story values ('Şanlıurfa')")
        database.commit()
    return tmp_path


def backup(var, **variables):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var)} | variables
    return subprocess.run(
        [sys.executable, DEPLOY / "backup"],
        env=environment, capture_output=True, text=True, check=False, cwd="/", timeout=60,
    )  # fmt: skip


def made(var):
    """Back up, and return the folder of the backup."""
    result = backup(var)
    assert result.returncode == 0, result.stderr
    return Path(result.stdout.partition(":")[0])


def is_whole(folder):
    command = ["sha256sum", "--quiet", "-c", "SHA256SUMS"]
    return subprocess.run(command, cwd=folder, check=False).returncode == 0


def add_picture(var, name="a/one.jpg", content=b"one"):
    path = var / "media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def headlines(path):
    with closing(sqlite3.connect(path)) as database:
        return [headline for (headline,) in database.execute("select headline from story")]


def test_database_and_pictures_come_back_from_it(var):
    add_picture(var)

    folder = made(var)

    assert is_whole(folder)
    assert headlines(folder / "newsroom.sqlite3") == ["Şanlıurfa"]
    assert (folder.parent / "media/a/one.jpg").read_bytes() == b"one"
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_it_works_before_the_first_picture(var):
    folder = made(var)

    assert is_whole(folder)
    assert [each.name for each in (folder.parent / "media").iterdir()] == []


def test_old_ones_go_with_the_pictures_that_no_other_needs(var):
    gone = add_picture(var, "gone.jpg")
    first = made(var)
    first.rename(first.with_name(OLD))
    gone.unlink()
    add_picture(var)

    second = made(var)

    assert sorted(each.name for each in second.parent.iterdir()) == [second.name, "media"]
    kept = [each.name for each in (second.parent / "media").rglob("*.jpg")]
    assert kept == ["one.jpg"]
    assert is_whole(second)


def test_a_backup_that_fails_is_a_sentence_and_leaves_the_last_one_alone(var):
    first = made(var)
    (var / "newsroom.sqlite3").unlink()

    result = backup(var)

    assert result.returncode == 1
    assert is_one_sentence(result.stderr)
    assert is_whole(first)
    assert [each.name for each in first.parent.glob("*Z")] == [first.name]


def test_what_a_killed_one_left_is_taken_away(var):
    (var / "backups/20200101T000000Z.part").mkdir(parents=True)

    folder = made(var)

    assert not list(folder.parent.glob("*.part"))


def test_a_place_elsewhere_gets_a_copy(var, tmp_path):
    program = tmp_path / "bin/rsync"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$@" >"$0.said"\n')
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"

    result = backup(var, BACKUP_TO="me@elsewhere.example:/srv", PATH=path)

    said = Path(f"{program}.said").read_text()
    assert result.returncode == 0
    assert said.endswith(f"{var}/backups/ me@elsewhere.example:/srv\n")
    assert "--delete" not in said


def test_a_database_of_postgresql_comes_back_from_it(tmp_path):
    server = postgres.Server()
    try:
        _dump_and_restore(server, tmp_path)
    finally:
        server.remove()


def _dump_and_restore(server, var):
    programs, url = server.programs, server.url.replace("/newsroom?", "/postgres?")
    environment = {"PATH": f"{programs}:{os.environ['PATH']}"}

    def psql(words):
        command = [programs / "psql", "-At", url, "-c", words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    psql("create table story (headline text); insert into story values ('Łódź')")
    result = backup(var, DATABASE_URL=url, **environment)
    assert result.returncode == 0, result.stderr
    folder = Path(result.stdout.partition(":")[0])
    psql("drop table story")

    subprocess.run([programs / "pg_restore", "-d", url, folder / "database.dump"], check=True)

    assert is_whole(folder)
    assert psql("select headline from story") == "Łódź"
