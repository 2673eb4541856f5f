"""deploy/backup, beside a manage.py that stands in: what it asks of it, what it keeps, and what it says of a night that fails."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.programs import DEPLOY
from tests.newsroom.process import is_one_sentence

OLD = "20200101T000000Z.tar"
STAND_IN = """
import gzip, io, json, os, sys, tarfile
verb, *words = sys.argv[1:]
with open(os.environ["VAR_DIR"] + "/asked", "a") as asked:
    asked.write(verb + " " + " ".join(words) + "\\n")
if verb == os.environ.get("FAILS"):
    sys.exit("CommandError: The disk is full.")
if verb == "backup":
    path, _option, folder = words
    names = os.environ["PICTURES"].split()
    for name in names:
        os.makedirs(folder, exist_ok=True)
        open(folder + "/" + name, "w").close()
    data = gzip.compress(b"".join(json.dumps([name, 0, ""]).encode() + b"\\n" for name in names))
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo("files/000001.jsonl.gz")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
"""


@pytest.fixture
def code(tmp_path):
    """The folder of a version whose manage.py only notes what it is asked."""
    (tmp_path / "code/deploy").mkdir(parents=True)
    shutil.copy(DEPLOY / "backup", tmp_path / "code/deploy")
    (tmp_path / "code/manage.py").write_text(STAND_IN)
    return tmp_path / "code"


@pytest.fixture
def var(tmp_path):
    folder = tmp_path / "var"
    folder.mkdir()
    return folder


def backup(code, var, **variables):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "PICTURES": "one.jpg"}
    return subprocess.run(
        [sys.executable, code / "deploy/backup"],
        env=environment | variables, capture_output=True, text=True, check=False, cwd="/", timeout=60,
    )  # fmt: skip


def archives(var):
    return sorted((var / "backups").glob("*.tar"))


def test_it_makes_an_archive_whose_pictures_lie_beside_and_proves_it(code, var):
    result = backup(code, var)

    (made,) = archives(var)
    beside = f"{made} --pictures {var}/backups/media"
    assert result.returncode == 0, result.stderr
    assert (var / "asked").read_text() == f"backup {beside}\nrestore --verify {beside}\n"
    assert oct((var / "backups").stat().st_mode & 0o777) == "0o700"


def test_old_ones_go_with_the_pictures_that_no_other_needs(code, var):
    backup(code, var, PICTURES="gone.jpg one.jpg")
    archives(var)[0].rename(var / "backups" / OLD)
    (var / "backups/media/SHA256SUMS").touch()
    (var / "backups/20200102T000000Z.tar.part").touch()

    backup(code, var)

    assert len(archives(var)) == 1
    assert archives(var)[0].name != OLD
    assert sorted(path.name for path in (var / "backups").iterdir()) == [
        archives(var)[0].name,
        "media",
    ]
    assert {path.name for path in (var / "backups/media").iterdir()} == {"SHA256SUMS", "one.jpg"}


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_a_night_that_fails_says_so_in_a_sentence_behind_its_reason(code, var, verb):
    result = backup(code, var, FAILS=verb)

    reason, sentence = result.stderr.strip().splitlines()
    assert result.returncode == 1
    assert reason == "CommandError: The disk is full."
    assert is_one_sentence(sentence)
    assert f"manage.py {verb} has failed" in sentence
    assert len(archives(var)) == (verb == "restore")


@pytest.fixture
def programs(tmp_path):
    """Return a function that puts a program in PATH, which notes what it is told and fails where that is wanted."""
    (tmp_path / "bin").mkdir()

    def make(name, *, status=0):
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\necho "$@" >"$0.said"\nexit {status}\n')
        program.chmod(0o755)
        return {"PATH": f"{program.parent}:{os.environ['PATH']}"}, Path(f"{program}.said")

    return make


@pytest.mark.parametrize(
    ("program", "place"), [("rsync", "me@elsewhere.example:/srv"), ("aws", "s3://safe/news")]
)
def test_a_place_elsewhere_gets_a_copy_or_a_sentence_says_that_it_has_none(
    code, var, programs, program, place
):
    path, said = programs(program)
    result = backup(code, var, BACKUP_TO=place, **path)
    assert result.returncode == 0, result.stderr
    assert said.read_text().endswith(f"{var}/backups/ {place}\n")
    assert "--delete" not in said.read_text()

    path, _said = programs(program, status=1)
    result = backup(code, var, BACKUP_TO=place, **path)
    assert (result.returncode, is_one_sentence(result.stderr)) == (1, True)
    assert f"{program} has failed" in result.stderr
    # What is here stays.
    assert archives(var)
