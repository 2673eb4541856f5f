"""A run that is killed at any statement, and started again, ends as one that nobody disturbed; Ctrl+C leaves a summary."""

import json
import os

import psycopg
import pytest
from django.db import connection

from tests import factories, tables
from tests.newsroom import process

# Asked of each database, although the test itself asks nothing: the import has one of its own, of the kind of this run.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup, django_db_blocker):
    """The address of a database with the tables of a site; that of a server goes with the test."""
    url = os.environ["DATABASE_URL"]
    with django_db_blocker.unblock():
        if url.startswith("sqlite"):
            yield tables.into_file(tmp_path_factory.mktemp("killed") / "newsroom.sqlite3")
            return
        with psycopg.connect(url.replace("/newsroom?", "/postgres?"), autocommit=True) as server:
            server.execute("CREATE DATABASE killed")
            tables.into_database("killed", host=connection.get_connection_params()["host"])
            yield url.replace("/newsroom?", "/killed?")
            server.execute("DROP DATABASE killed WITH (FORCE)")


def test_ten_kills_and_a_last_run_are_one_run_and_ctrl_c_is_told_in_a_summary(tmp_path, database):
    path = written(tmp_path)

    ended = process.run(
        "-m",
        "tests.articles.importers.run.killed",
        str(path),
        folder=tmp_path,
        timeout=300,
        DATABASE_URL=database,
        DJANGO_SETTINGS_MODULE="tests.settings",
    )

    assert ended.returncode == 0, ended.stderr
    outcome = json.loads(ended.stdout.splitlines()[-1])
    assert outcome["killed"] >= 5
    assert not outcome["failed"]
    assert len(outcome["whole"]["stories"]) == 6
    assert outcome["again"] == outcome["whole"]
    status, said = outcome["interrupted"]
    assert status == 130
    assert f"{outcome['half']} created" in said
    assert 0 < outcome["half"] < 6
    assert "Interrupted: what is counted above is done" in said
    assert "Traceback" not in said


def written(folder):
    with factories.ImageFactory.build().file.open("rb") as file:
        (folder / "a.png").write_bytes(file.read())
    text = {"published_at": "2017-11-30T12:00:00Z", "body": "<p>Words of ş.</p>"}
    lines = [
        {
            "id": str(number),
            "source_language": "en",
            "editions": {code: text | {"title": f"Tide {number // 2}"} for code in ("en", "es")},
            "bylines": [{"name": f"Author {number % 3}"}],
            "tags": [f"Tag {number % 4}"],
            "images": [
                {"path": "a.png", "lead": True, "creator": "A", "alt": {"en": "A", "es": "A"}}
            ],
            "related": [str((number + 1) % 6)],
        }
        for number in range(6)
    ]
    path = folder / "stories.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return path
