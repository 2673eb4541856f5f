"""Which tables of a new version deploy/upgrade takes for such as the version that runs goes on with."""

import subprocess

import pytest
from django.db.migrations import AddField
from django.db.migrations.loader import MigrationLoader

from tests.deploy.programs import DEPLOY

SCRIPT = """
set -euo pipefail
ROOT=$1 OLD=$2 NEW=$3
. "$ROOT/steps.sh"
eval "$(sed -n '/^survives()/,/^# Files of/p' "$ROOT/upgrade")"
SCHEMA=""
newsroom() { printf '%s\\n' $OLD; }
survives "$(printf '%s\\n' $NEW)"
"""
OLD = "story.id story.title !story.title"


def survives(new):
    command = ["bash", "-c", SCRIPT, "bash", DEPLOY, OLD, new]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        f"{OLD} story.note",
        f"{OLD} tag.id tag.name !tag.name",
        "story.id story.title",
    ],
    ids=["the same", "a column that may be empty", "a table", "a column that may be empty by now"],
)
def test_what_is_only_added_is_survived(new):
    assert (survives(new).returncode, survives(new).stdout) == (0, "")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("story.id", "still needs story.title, and does not write nothing"),
        (f"{OLD} story.note !story.note", "does not write story.note"),
        (f"{OLD} !story.id", "does not write story.id"),
        ("tag.id", "still needs story.id story.title"),
    ],
    ids=[
        "a column is gone",
        "one is asked for",
        "one must not be empty any more",
        "a table is gone",
    ],
)
def test_what_the_running_version_reads_or_does_not_write_stops_an_upgrade(new, words):
    result = survives(new)

    assert result.returncode == 1
    assert words in result.stdout
    assert len(result.stdout.splitlines()) == 1


SINCE = {"articles": 35, "site": 4, "users": 3, "pagecache": 3}
"""App -> the number of the first of its migrations that came once there was an upgrade by deploy/upgrade."""


def added():
    """Yield the name and the field of each column that a migration adds to a table that is there."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in SINCE and int(name[:4]) >= SINCE[app]:
            for operation in migration.operations:
                if isinstance(operation, AddField):
                    yield f"{app}.{name}.{operation.name}", operation.field


def test_a_column_that_a_migration_adds_can_be_left_out_by_the_version_before():
    fields = dict(added())

    assert "site.0007_zone.zone" in fields
    assert [
        name
        for name, field in fields.items()
        if not (field.null or field.many_to_many or field.has_db_default())
    ] == []
