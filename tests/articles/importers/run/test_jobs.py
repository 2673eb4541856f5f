"""What the admin asks of imports and the worker does: read, imported, taken back; killed, refused, and asked for twice."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles import roles
from articles.importers.run import batches, jobs, uploads
from articles.models import Article, ImportBatch
from newsroom.management.worker import SILENCE
from tests.articles.admin.conftest import member_of

pytestmark = pytest.mark.django_db

State = ImportBatch.State


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return tmp_path / "uploads"


@pytest.fixture
def editor():
    return member_of(roles.EDITOR)


def lines(*ids, **fields):
    text = {"title": "Tide ş", "body": "<p>Words.</p>"}
    records = (
        {"id": external_id, "source_language": "en", "editions": {"en": text}} | fields
        for external_id in ids
    )
    return "\n".join(map(json.dumps, records)).encode()


def upload(data, editor, *, name="stories.jsonl", **how):
    return jobs.receive(SimpleUploadedFile(name, data), how, by=editor)


def work(batch):
    jobs.work.call(batch_id=batch.pk)
    return ImportBatch.objects.get(pk=batch.pk)


def test_an_upload_is_read_then_imported_as_somebody_decided_and_taken_back(editor, folder):
    batch = upload(lines("a", "b", categories=["section/newz"]), editor, source="wire")
    assert (batch.state, Article.objects.count()) == (State.PLANNING, 0)

    batch = work(batch)

    assert (batch.state, batch.handled) == (State.PLANNED, 2)
    assert batch.plan["categories"] == [["section/newz", "section/news"]]
    assert [item["name"] for item in batch.plan["items"]] == ["stories.jsonl"] * 2
    assert not Article.objects.exists()

    jobs.start(batch, {"section/newz": "section/news"}, by=editor)
    batch = work(batch)

    assert (batch.state, batch.counts) == (State.DONE, {"created": 2})
    assert Article.objects.first().categories.get().slug_en == "news"
    assert list(folder.iterdir()) == []

    jobs.take_back(batch, by=editor)
    batch = work(batch)

    assert (batch.state, bool(batch.taken_back_at)) == (State.DONE, True)
    assert not Article.objects.exists()


def test_a_run_that_was_killed_goes_on_as_the_same_batch(editor, monkeypatch):
    batch = work(upload(lines("a", "b", "c"), editor))
    jobs.start(batch, {}, by=editor)
    with monkeypatch.context() as patch:
        patch.setattr(batches.Signs, "step", lambda self, _result: exit())
        patch.setattr(batches, "end", lambda *_: None)
        pytest.raises(SystemExit, work, batch)
    assert Article.objects.exists()
    batch.refresh_from_db()
    assert not jobs.has_stopped(batch)
    ImportBatch.objects.update(heard_at=timezone.now() - SILENCE * 2)
    batch.refresh_from_db()
    assert jobs.has_stopped(batch)

    jobs.go_on(batch, by=editor)
    batch = work(batch)

    assert (batch.state, batch.counts) == (State.DONE, {"created": 3})
    assert batch.changes.count() == Article.objects.count() == 3


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stories.jsonl", b"0" * 5_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("notes.odd", b"Words.", "no known format"),
        ("bomb.zip", bomb(), "unpacks to more"),
        ("stories.jsonl", b"{broken", "Line 1"),
    ],
)
def test_what_holds_no_story_is_told_and_not_kept(name, data, sentence, editor, folder):
    batch = work(upload(data, editor, name=name))

    assert batch.state == State.BROKEN
    (item,) = batch.plan["items"]
    assert sentence in " ".join(item["problems"])
    assert str(folder) not in json.dumps(batch.plan)
    assert list(folder.iterdir()) == []


def test_a_step_is_asked_for_once_and_only_when_it_is_its_turn(editor):
    batch = work(upload(lines("a"), editor))
    jobs.start(batch, {}, by=editor)

    for verb in (jobs.take_back, jobs.discard, jobs.go_on, jobs.try_again):
        with pytest.raises(ValidationError):
            verb(batch, by=editor)
    with pytest.raises(ValidationError):
        jobs.start(batch, {}, by=editor)


def test_who_may_not_import_or_publish_cannot_have_it_done(editor):
    writer = member_of(roles.WRITER)
    batch = work(upload(lines("a"), editor, publish=True))

    for refused in (
        lambda: upload(lines("a"), writer),
        lambda: jobs.start(batch, {}, by=writer),
        lambda: jobs.discard(batch, by=writer),
        lambda: jobs.take_back(batch, by=writer),
        lambda: jobs.fetch_pictures(batch, by=writer),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    writer.user_permissions.add(*editor.groups.get().permissions.filter(codename="import_articles"))
    writer = type(writer).objects.get(pk=writer.pk)
    with pytest.raises(PermissionDenied):
        upload(lines("a"), writer, publish=True)
    assert upload(lines("a"), writer).by == writer


def test_what_nobody_decided_on_is_gone_after_a_week(editor, folder):
    work(upload(lines("a"), editor))
    ImportBatch.objects.update(started_at=timezone.now() - uploads.KEPT - timedelta(hours=1))

    upload(lines("a"), editor)

    assert ImportBatch.objects.count() == 1
    assert len(list(folder.iterdir())) == 1


def test_an_upload_that_is_too_large_is_refused_with_its_size(editor, folder, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_MEGABYTES", 0)

    with pytest.raises(ValidationError, match="at most 0 MB"):
        upload(lines("a"), editor)
    assert not folder.exists()


def test_an_error_of_the_program_ends_in_a_sentence_and_the_same_file_is_read_again(
    editor, monkeypatch
):
    batch = upload(lines("a"), editor)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "run", lambda *_args, **_options: 1 / 0)
        pytest.raises(ZeroDivisionError, work, batch)
    batch.refresh_from_db()
    assert (batch.state, "log" in batch.receipt["error"]) == (State.BROKEN, True)

    jobs.try_again(batch, by=editor)

    batch = work(batch)
    assert (batch.state, batch.receipt) == (State.PLANNED, {})


def test_a_task_whose_batch_is_gone_does_nothing():
    jobs.work.call(batch_id=7)

    assert not ImportBatch.objects.exists()
