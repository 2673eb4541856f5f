"""Whoever is killed between a file and its row: what was left is cleared."""

import contextlib
import io
import json
import logging
import signal
import sqlite3
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from PIL import Image as Pillow

from articles.actions import illustrating
from articles.models import Image
from newsroom.db import locks
from newsroom.files import unfinished
from tests.factories import ImageFactory
from tests.newsroom import process

COLOURS = ("teal", "orange", "navy")

KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from articles.models import Image

save = Image.save
def be_killed(self, *args, **kwargs):
    save(self, *args, **kwargs)
    if Image.objects.exclude(file="").count() == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

Image.save = be_killed
call_command("import_articles", sys.argv[1])
"""
KNOWN = """
import json
import django
django.setup()
from articles.models import Image
print(json.dumps(sorted(Image.objects.values_list("file", flat=True))))
"""


@pytest.fixture
def archive(tmp_path):
    """A folder with two stories: the first has one picture, the second two."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for colour in COLOURS:
        Pillow.new("RGB", (64, 48), colour).save(folder / f"{colour}.jpg")
    lines = [story("a", *COLOURS[:1]), story("b", *COLOURS[1:])]
    (folder / "archive.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def story(name, *colours):
    return {
        "id": name,
        "source_language": "en",
        "editions": {"en": {"title": f"Ferries {name}", "body": "<p>Words.</p>"}},
        "images": [{"path": f"{colour}.jpg"} for colour in colours],
    }


@pytest.fixture
def database(tmp_path):
    """The address of a database for other processes, with the tables of this one."""
    if connection.vendor == "postgresql":
        here = connection.get_connection_params()
        return f"postgresql://postgres@/{here['dbname']}?host={here['host']}"
    connection.ensure_connection()
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(copy)
    copy.close()
    return f"sqlite:///{tmp_path / 'copy.sqlite3'}"


@pytest.fixture
def python(tmp_path, database):
    def run(*arguments):
        variables = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        return process.run(*map(str, arguments), folder=tmp_path / "var", **variables)

    return run


def files(media, folder="originals"):
    paths = (media / folder).rglob("*.*")
    return sorted(path.relative_to(media).as_posix() for path in paths)


@pytest.mark.django_db(transaction=True)
def test_the_next_run_after_a_kill_imports_all_and_leaves_no_file_that_no_row_knows(
    python, archive, tmp_path
):
    media = tmp_path / "var" / "media"
    killed = python("-c", KILLED, archive, len(COLOURS))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = {*files(media)}

    again = python("manage.py", "import_articles", archive)

    assert again.returncode == 0, again.stderr
    assert "2 created, 0 updated, 0 unchanged" in again.stdout
    known = json.loads(python("-c", KNOWN).stdout)
    assert (len(known), files(media)) == (len(COLOURS), known)
    assert len(left - {*known}) == len(COLOURS)  # both stories were stored together
    assert files(media, unfinished.FOLDER) == []


@pytest.mark.django_db
def test_the_task_of_the_day_deletes_the_file_of_an_upload_that_was_never_committed():
    media = Path(default_storage.location)
    with contextlib.suppress(KeyboardInterrupt), locks.writing():
        illustrating.store(Image(file=drawn("teal")))
        raise KeyboardInterrupt
    left = files(media)

    call_command("render_images", stdout=io.StringIO())

    assert len(left) == 1
    assert (files(media), files(media, unfinished.FOLDER)) == ([], [])


@pytest.mark.django_db
def test_an_upload_that_is_committed_leaves_no_note(django_capture_on_commit_callbacks):
    image = Image(file=drawn("teal"))
    with django_capture_on_commit_callbacks(execute=True):
        illustrating.store(image)

    media = Path(default_storage.location)
    assert (files(media), files(media, unfinished.FOLDER)) == ([image.file.name], [])


def drawn(colour):
    data = io.BytesIO()
    Pillow.new("RGB", (64, 48), colour).save(data, "JPEG")
    return ContentFile(data.getvalue(), name="drawn.jpg")


@pytest.mark.django_db
def test_what_was_noted_and_is_known_to_a_row_stays():
    """A run can be killed after the commit, before it has taken the note away."""
    image = ImageFactory()
    unfinished.note(image.file.name)

    unfinished.clear()

    assert files(Path(default_storage.location)) == [image.file.name]
    assert files(Path(default_storage.location), unfinished.FOLDER) == []


@pytest.mark.django_db
def test_what_no_row_knows_and_no_run_has_noted_is_let_be():
    """Another site may keep its files in the same storage, or this database be older than they are."""
    default_storage.save("originals/ab/abcd.jpg", ContentFile(b"words"))

    unfinished.clear()

    assert files(Path(default_storage.location)) == ["originals/ab/abcd.jpg"]


@pytest.mark.django_db
def test_a_rehearsal_clears_nothing(archive):
    default_storage.save("originals/ab/abcd.jpg", ContentFile(b"words"))
    unfinished.note("originals/ab/abcd.jpg")

    call_command("import_articles", str(archive), dry_run=True, stdout=io.StringIO())

    assert default_storage.exists("originals/ab/abcd.jpg")
    assert files(Path(default_storage.location), unfinished.FOLDER) == ["unfinished/abcd.jpg"]


@pytest.mark.django_db
def test_a_picture_whose_row_is_refused_leaves_neither_file_nor_note(archive, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OSError("no room")

    monkeypatch.setattr(Image, "save", refuse)
    with pytest.raises(Exception, match="could not be imported"):
        call_command("import_articles", str(archive), stdout=io.StringIO(), stderr=io.StringIO())

    media = Path(default_storage.location)
    assert (files(media), files(media, unfinished.FOLDER)) == ([], [])


@pytest.mark.django_db
def test_a_storage_that_fails_keeps_the_note_for_the_next_run(monkeypatch, caplog):
    default_storage.save("originals/ab/abcd.jpg", ContentFile(b"words"))
    unfinished.note("originals/ab/abcd.jpg")

    def fail(_name):
        raise OSError("no answer")

    with monkeypatch.context() as away, caplog.at_level(logging.WARNING):
        away.setattr(default_storage, "delete", fail)
        unfinished.clear()
    assert "no answer" in caplog.text

    unfinished.clear()
    media = Path(default_storage.location)
    assert (files(media), files(media, unfinished.FOLDER)) == ([], [])


@pytest.mark.django_db
def test_what_is_left_in_a_bucket_is_cleared(in_bucket):
    default_storage.save("originals/ab/abcd.jpg", ContentFile(b"words"))
    unfinished.note("originals/ab/abcd.jpg")
    assert in_bucket.names() == ["originals/ab/abcd.jpg", "unfinished/abcd.jpg"]

    unfinished.clear()

    assert in_bucket.names() == []
