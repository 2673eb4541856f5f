"""Imports in the admin: the upload, the page of a batch with its receipt, and taking it back."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks import default_task_backend

from articles.actions import writing
from articles.importers.run import jobs
from articles.models import Article, Image, ImportBatch, Origin
from newsroom.management import worker
from tests.factories import CategoryFactory

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADD, BATCH = "articles_importbatch_add", "articles_importbatch_change"
State = ImportBatch.State


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path


def file(*ids, **fields):
    text = {"title": "Tide ş", "body": "<p>Words.</p>"}
    records = (
        {"id": external_id, "source_language": "en", "editions": {"en": text}} | fields
        for external_id in ids
    )
    return SimpleUploadedFile("stories.jsonl", "\n".join(map(json.dumps, records)).encode())


def send(desk, upload=None, *, key="k", **fields):
    values = {"form_key": key, "source": "wire", **fields}
    if upload:
        values["file"] = upload
    return desk.client.post(reverse(f"admin:{ADD}"), values)


def press(desk, batch, verb, **fields):
    return desk.client.post(reverse(f"admin:{BATCH}", args=[batch.pk]), {"verb": verb, **fields})


def work():
    batch = ImportBatch.objects.get()
    jobs.work.call(batch_id=batch.pk)
    return ImportBatch.objects.get()


def imported(desk, *ids, **fields):
    send(desk, file(*ids, **fields))
    press(desk, work(), "start")
    return work()


@pytest.mark.both
def test_an_upload_is_planned_mapped_and_imported_by_buttons(editor, said):
    CategoryFactory(kind="section", slug_en="water", name_en="Water")
    led = send(editor, file("a", categories=["section/odd", "section/no"]), fetch_media="on")
    batch = ImportBatch.objects.get()
    assert led.url == reverse(f"admin:{BATCH}", args=[batch.pk])
    assert batch.options == {"source": "wire", "fetch_media": True}
    assert "is being read" in editor.open(BATCH, batch.pk).text

    batch = work()
    page = editor.open(BATCH, batch.pk).text
    assert "Categories that are not here" in page
    rows = {"name": ["section/odd", "section/no"]}
    press(editor, batch, "decide", **rows, choice=["section/water", "open"])
    batch = work()
    assert batch.options["mapping"] == {"section/odd": "section/water"}
    press(editor, batch, "start", **rows, choice=["section/water", "nothing"])
    assert said(press(editor, batch, "start", **rows, choice=["open", "open"])) == [
        "This was done already, or somebody else was faster."
    ]
    work()

    article = Article.objects.get()
    assert [category.slug_en for category in article.categories.all()] == ["water"]
    page = editor.open(BATCH, batch.pk).text
    assert f"/admin/articles/article/{article.pk}/change/" in page
    assert "1 new" in editor.open("articles_importbatch_changelist").text


def test_the_mapping_goes_out_as_a_file_and_comes_back_as_one(editor, said):
    send(editor, file("a", categories=["section/newz"]))
    batch = work()
    given = editor.open("articles_importbatch_mapping", batch.pk)
    assert json.loads(given.text) == {"categories": {"section/newz": "section/news"}}

    assert "no mapping" in said(press(editor, batch, "start", mapping=file("a")))[0]
    press(editor, batch, "start", mapping=SimpleUploadedFile("m.json", given.content))

    assert work().counts == {"created": 1}


@pytest.mark.parametrize(
    ("upload", "fields", "sentence"),
    [
        (None, {}, "Choose the file that holds the stories."),
        (SimpleUploadedFile("a.xml", b""), {}, "This file is empty."),
        (file("a"), {"source": "a:b"}, "has no colon"),
        (file("a"), {"format": "odd"}, "Select a valid choice"),
    ],
)
def test_a_form_that_cannot_be_taken_says_why(upload, fields, sentence, editor):
    assert sentence in send(editor, upload, **fields).text
    assert not ImportBatch.objects.exists()


def test_the_same_form_sent_twice_makes_one_import(editor, said):
    send(editor, file("a"))
    again = send(editor, file("a"))

    assert said(again)[-1] == "This form was sent twice. There is one import."
    assert ImportBatch.objects.count() == 1


@pytest.mark.both
def test_a_batch_is_taken_back_but_for_what_an_editor_has_changed(editor):
    batch = imported(editor, "a", "b")
    changed = Origin.objects.get(external_id="b").article
    changed.title_en = "Typed"
    writing.save(changed)

    page = editor.open("articles_importbatch_take_back", batch.pk).text
    assert "2 stories that this import has made are deleted" in page
    assert "1 story of these stays as it is" in page
    assert "Typed" in page
    editor.client.post(reverse("admin:articles_importbatch_take_back", args=[batch.pk]))
    work()

    assert [article.title_en for article in Article.objects.all()] == ["Typed"]
    page = editor.open(BATCH, batch.pk).text
    assert "Not taken back" in page
    assert "taken back on" in page


@pytest.mark.both
def test_the_missing_pictures_of_a_batch_are_listed_and_fetched(editor, said):
    picture = {"source_url": "https://news.example/sea.jpg", "alt": {"en": "Sea"}}
    batch = imported(editor, "a", images=[picture])
    gap = Image.objects.get()

    assert "https://news.example/sea.jpg" in editor.open(BATCH, batch.pk).text
    told = said(press(editor, batch, "fetch"))

    assert default_task_backend.results[-1].kwargs == {"image_ids": [gap.pk]}
    assert told[-1].startswith("1 picture is being fetched")


@pytest.mark.both
def test_a_page_says_that_no_worker_runs_or_that_a_run_has_stopped(editor, monkeypatch):
    send(editor, file("a"))
    batch = ImportBatch.objects.get()
    monkeypatch.setattr(worker, "is_missing", lambda: True)
    assert "No worker takes up tasks" in editor.open(BATCH, batch.pk).text

    monkeypatch.setattr(worker, "is_missing", lambda: False)
    long_ago = timezone.now() - timedelta(hours=1)
    ImportBatch.objects.update(state=State.RUNNING, heard_at=long_ago)
    assert 'value="go_on"' in editor.open(BATCH, batch.pk).text


def test_a_page_of_a_run_tells_how_far_it_is_and_how_long_it_takes(editor):
    now = timezone.now()
    batch = ImportBatch.objects.create(
        started_at=now - timedelta(minutes=10),
        heard_at=now,
        handled=100,
        plan={"counts": {"created": 150, "failed": 50}},
    )

    page = " ".join(editor.open(BATCH, batch.pk).text.split())

    assert "100 of 200 stories · about 10 minutes left" in page
    assert '<progress class="import__bar" aria-label="Progress" value="100" max="200" >' in page


def test_the_list_and_the_page_cost_the_same_however_many_stories_there_are(
    editor, django_assert_max_num_queries
):
    batch = imported(editor, *"abcdef")

    with django_assert_max_num_queries(16):
        editor.open("articles_importbatch_changelist")
    with django_assert_max_num_queries(20):
        editor.open(BATCH, batch.pk)


@pytest.mark.parametrize("address", ["", "add/", "1/change/", "1/take-back/", "1/mapping/"])
def test_who_may_not_import_sees_nothing_of_it(address, writer):
    ImportBatch.objects.create(pk=1, started_at=timezone.now(), state=State.DONE)
    assert writer.client.get(f"/admin/articles/importbatch/{address}").status_code == 403
    assert "importbatch" not in writer.open("index").text
