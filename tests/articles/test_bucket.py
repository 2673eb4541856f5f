"""Media in a bucket, by the ways that no editor's form leads through; and workers on other hosts."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image as Pillow

from articles import renditions
from articles.models import Image
from newsroom import env
from tests.bucket import VARIABLES, fetch
from tests.factories import ImageFactory
from tests.newsroom.process import run

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is about files.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_bucket"), pytest.mark.once]


def photo(size=(640, 480)):
    buffer = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(buffer, "JPEG")
    return ContentFile(buffer.getvalue(), name="a.jpg")


def archive(folder, *, title="Ferries"):
    (folder / "a.jpg").write_bytes(photo().read())
    line = {
        "id": "a",
        "source_language": "en",
        "editions": {"en": {"title": title, "body": "<p>Words.</p>"}},
        "images": [{"path": "a.jpg", "lead": True}],
    }
    path = folder / "archive.jsonl"
    path.write_text(json.dumps(line) + "\n")
    return path


def test_an_import_puts_its_pictures_into_the_bucket(tmp_path, bucket):
    call_command("import_articles", str(archive(tmp_path)), stdout=io.StringIO())

    assert fetch(Image.objects.get().file.url)[0] == 200
    assert bucket.names() == [Image.objects.get().file.name]


def test_a_story_that_is_not_stored_leaves_no_picture_in_the_bucket(tmp_path, bucket, monkeypatch):
    monkeypatch.setattr("articles.importers.writer.FAILURES", (ZeroDivisionError,))
    monkeypatch.setattr("articles.importers.writer.reasons", lambda error: ["no"])

    def fail(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("articles.actions.writing.save", fail)
    with pytest.raises(CommandError):
        call_command("import_articles", str(archive(tmp_path)), stderr=io.StringIO())

    assert bucket.names() == []


@pytest.fixture
def away(in_bucket, settings):
    """The bucket does not answer."""
    nowhere = "s3://pictures/news?region=eu-west-1&endpoint=http://127.0.0.1:1"
    settings.STORAGES = settings.STORAGES | {"default": env.media_storage(nowhere)}


@pytest.mark.usefixtures("away")
def test_a_bucket_that_does_not_answer_fails_the_story_in_one_line(tmp_path):
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError):
        call_command("import_articles", str(archive(tmp_path)), stdout=out, stderr=err)

    assert "MEDIA_STORAGE" in out.getvalue() + err.getvalue()
    assert not Image.objects.exists()


def test_renditions_that_are_missing_are_asked_for(
    bucket, tasks_run_at_once, django_capture_on_commit_callbacks
):
    lost = ImageFactory()
    image = Image(file=photo())
    image.save()
    bucket.client.delete_object(Bucket="pictures", Key=f"news/{lost.file.name}")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError), django_capture_on_commit_callbacks(execute=True):
        call_command("render_images", stdout=out, stderr=err)

    image.refresh_from_db()
    assert image.available[image.rendition_key]["avif"] == [320, 480, 640]
    assert lost.file.name in out.getvalue() + err.getvalue()


@pytest.mark.usefixtures("away")
def test_images_cannot_be_looked_at_where_the_bucket_does_not_answer():
    Image.objects.create(file="originals/a.jpg")

    with pytest.raises(CommandError, match="MEDIA_STORAGE"):
        call_command("render_images")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="hosts do not share a database that is a file"
)
def test_a_worker_on_another_host_makes_the_renditions(tmp_path, bucket, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    image = Image(file=photo())
    image.save()
    renditions.request(image)
    here = connection.get_connection_params()

    result = run(
        *("manage.py", "db_worker", "--batch"),
        folder=tmp_path / "another-host",
        DATABASE_URL=f"postgresql://postgres@/{here['dbname']}?host={here['host']}",
        MEDIA_STORAGE=bucket.media_storage,
        MEDIA_URL=bucket.media_url,
        **VARIABLES,
    )

    assert result.returncode == 0, result.stderr
    image.refresh_from_db()
    assert image.available[image.rendition_key]["webp"] == [320, 480, 640]
    picture = renditions.picture_of(image, at=image.created_at)
    assert fetch(picture.src)[0] == 200
    assert not (tmp_path / "another-host" / "media").exists()
