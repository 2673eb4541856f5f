"""A site comes back from an archive as it was, into an empty database; all of it, or nothing."""

import json
import tarfile

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.models import Article, Image
from newsroom.backup import archive, making, restoring, sequences
from newsroom.backup.tables import carried
from newsroom.pagecache.models import Purge
from newsroom.site import actions
from tests.factories import ImageFactory, UserFactory, story
from tests.newsroom.process import is_one_sentence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_to_migrate(monkeypatch):
    """Do not read all migrations for each archive."""
    for module in (making, restoring):
        monkeypatch.setattr(module, "waiting_migrations", list)


@pytest.fixture(autouse=True)
def site():
    """A small site: a story in two languages with a picture, an editor, a name, and somebody who is logged in."""
    actions.say("es", name="El Correo de Şanlıurfa")
    story(live=("en", "es"), title_en="Rain", title_es="Lluvia", images=[ImageFactory()])
    UserFactory(username="editor").groups.set(Group.objects.all())
    Session.objects.create(session_key="a", session_data="b", expire_date=timezone.now())


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "made.tar"
    call_command("backup", path, verbosity=0)
    return path


def empty():
    for table in carried().values():
        table.empty()
    Session.objects.all().delete()


def sums():
    return {name: table.sum() for name, table in carried().items()}


def refused(path, **options):
    """Return the sentence by which an archive is refused."""
    with pytest.raises(CommandError) as told:
        call_command("restore", path, **options)
    assert is_one_sentence(str(told.value))
    return str(told.value)


def test_everything_is_as_it_was_but_who_is_logged_in(made, client, media_folder, capsys):
    before, (picture,) = sums(), Image.objects.all()
    with picture.file.open() as file:
        data = file.read()
    empty()
    default_storage.delete(picture.file.name)

    call_command("restore", made)

    assert sums() == before
    with default_storage.open(picture.file.name) as file:
        assert file.read() == data
    assert not Session.objects.exists()
    assert "El Correo de Şanlıurfa" in client.get("/es/").content.decode()
    assert (
        f"{sum(table_sum.rows for table_sum in before.values()):,} rows and 1 pictures"
        in capsys.readouterr().out
    )
    assert Purge.objects.filter(tags__isnull=False).exists()


def test_an_id_that_was_given_is_not_given_again(tmp_path):
    gone = story(live=())
    number = gone.pk
    Article.objects.filter(pk=number).delete()
    call_command("backup", tmp_path / "made.tar")
    empty()
    sequences.go_on(carried()["articles.Article"], None)

    call_command("restore", tmp_path / "made.tar")

    assert story(live=()).pk > number


def test_pictures_lie_beside_once_for_all_archives(tmp_path, monkeypatch):
    folder, name = tmp_path / "media", Image.objects.get().file.name
    call_command("backup", tmp_path / "one.tar", pictures=folder)
    monkeypatch.setattr(default_storage, "open", None)  # what is there is not fetched again
    call_command("backup", tmp_path / "two.tar", pictures=folder)
    monkeypatch.undo()
    sum_and_name = (folder / "SHA256SUMS").read_text().split()
    assert sum_and_name[1] == name

    assert "name their folder by --pictures" in refused(tmp_path / "two.tar")
    (folder / name).write_bytes(b"another")
    assert "is damaged" in refused(tmp_path / "two.tar", pictures=folder)
    (folder / name).unlink()
    assert "is missing" in refused(tmp_path / "two.tar", pictures=folder)


def test_a_site_without_a_picture_comes_back_with_and_without_a_folder_for_them(tmp_path, capsys):
    Article.objects.all().delete()
    Image.objects.all().delete()
    story(live=["en"], title_en="Fog")

    for archived, options in (("one.tar", {}), ("two.tar", {"pictures": tmp_path / "media"})):
        before = sums()
        call_command("backup", tmp_path / archived, **options)
        assert "0 pictures" in capsys.readouterr().out
        empty()
        call_command("restore", tmp_path / archived, **options)
        assert sums() == before


def test_a_picture_that_is_gone_is_named_and_the_others_are_there(tmp_path, capsys):
    gone = ImageFactory(file__color="red").file.name
    default_storage.delete(gone)

    call_command("backup", tmp_path / "made.tar")

    told = capsys.readouterr()
    assert told.err == f"{gone} is not in the archive: its row is there, and no file.\n"
    assert "1 pictures" in told.out
    assert archive.manifest(tmp_path / "made.tar")["files"]["missing"] == [gone]


def test_a_database_that_holds_anything_is_left_as_it_is(made):
    before = sums()

    assert "The database holds data already (" in refused(made)
    assert sums() == before


def test_what_goes_wrong_on_the_way_leaves_nothing(made, monkeypatch):
    name = Image.objects.get().file.name
    empty()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"another"))

    assert "Another file is stored as" in refused(made)
    assert not Article.objects.exists()

    monkeypatch.setattr(restoring.sequences, "go_on", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("restore", made)
    assert not Article.objects.exists()


def test_rows_that_the_database_does_not_take_are_a_sentence(tmp_path, made):
    """As of a site that held more than this one may."""
    other = tmp_path / "other.tar"
    told = archive.manifest(made)
    columns = told["tables"]["articles.Edition"]["columns"]
    with archive.written(other) as writer:
        for name in told["tables"]:
            lines = [
                line
                for member, file in archive.members(made, f"tables/{name}")
                for line in archive.lines(file)
            ]
            if name == "articles.Edition":
                lines[0][columns.index("article_id")] = 1 << 30
            packed = (json.dumps(line).encode() + b"\n" for line in lines)
            writer.add_lines(f"tables/{name}", packed)
        writer.add(archive.MANIFEST, json.dumps(told).encode())
    empty()

    assert "The database does not take what is in other.tar" in refused(other)


def test_an_archive_of_another_version_names_it(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "schema", lambda: [["articles", "0036_words_by_span"]])
    monkeypatch.setattr(making, "version", lambda: "0.0.9")
    call_command("backup", tmp_path / "made.tar")

    said = refused(tmp_path / "made.tar")

    assert "was made by version 0.0.9" in said
    assert "articles.0036_words_by_span" in said
    assert "restore it with that version, and upgrade then" in said
    monkeypatch.setattr(making, "waiting_migrations", lambda: ["newsroom.0002"])
    with pytest.raises(CommandError, match="run manage.py migrate first"):
        call_command("backup", tmp_path / "other.tar")


def test_a_backup_that_cannot_be_made_is_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "there.tar").write_bytes(b"")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", tmp_path / "there.tar")

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", full)
    with pytest.raises(CommandError) as told:
        call_command("backup", tmp_path / "made.tar")
    assert str(told.value) == "No archive was made: [Errno 28] No space left on device."
    assert [path.name for path in tmp_path.iterdir()] == ["there.tar"]
    assert connection.is_usable()


def test_pictures_of_a_bucket_come_back_into_it(made, in_bucket):
    empty()

    call_command("restore", made)

    with default_storage.open(Image.objects.get().file.name) as file:
        assert file.read()
