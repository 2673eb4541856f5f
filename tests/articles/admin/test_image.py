"""The library of pictures: uploads that are pictures, gaps that are filled, rights."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from articles import fetching
from articles.models import Image
from tests.factories import ImageFactory, UserFactory, promotion, story

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = pytest.mark.once

ADD = "articles_image_add"
CHANGE = "articles_image_change"


def drawn(encoding="JPEG", name="drawn.jpg", size=(64, 48)):
    buffer = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(buffer, encoding)
    return SimpleUploadedFile(name, buffer.getvalue())


def upload(desk, name, *args, file, **fields):
    values = {key: values[0] for key, values in desk.form(name, *args).values.items()}
    values |= fields | {"file": file, "_continue": "1"}
    return desk.client.post(reverse(f"admin:{name}", args=args), values)


def test_an_upload_is_measured_and_its_versions_are_asked_for(
    editor, tasks_run_at_once, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload(editor, ADD, file=drawn(), creator="Ana", focal_x="0.25")

    image = Image.objects.get()
    assert (image.width, image.height, image.focal_x) == (64, 48, 0.25)
    assert image.available[image.rendition_key]["webp"] == [64]


@pytest.mark.parametrize(("given", "stored"), [({}, 0), ({"credit_line": "Agencia"}, 1)])
def test_a_new_picture_is_not_stored_before_somebody_says_whose_it_is(editor, given, stored):
    page = upload(editor, ADD, file=drawn(), **given)

    assert Image.objects.count() == stored
    if not stored:
        assert "creator" in page.context_data["adminform"].form.errors


def test_a_gap_without_a_credit_can_be_filled(editor):
    gap = ImageFactory(file="", creator="", credit_line="")

    upload(editor, CHANGE, gap.pk, file=drawn())

    assert Image.objects.get(pk=gap.pk).file


def test_a_file_may_have_a_long_name(editor):
    upload(editor, ADD, file=drawn(name="a-very-long-name-" * 14 + ".jpg"), creator="Ana")

    assert Image.objects.get().file.name.startswith("originals/")


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("words.jpg", b"these are words"),
        SimpleUploadedFile("empty.jpg", b""),
        SimpleUploadedFile("cut.jpg", drawn().read()[:300]),
        drawn("GIF", "moving.jpg"),
        SimpleUploadedFile("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ids=lambda file: file.name,
)
def test_what_is_not_a_picture_is_refused_and_not_stored(editor, media_folder, file):
    file.seek(0)
    response = upload(editor, ADD, file=file, creator="Ana Duarte")

    assert response.status_code == 200
    assert "file" in response.context_data["adminform"].form.errors
    assert "Ana Duarte" in response.content.decode()
    assert Image.objects.count() == 0
    assert not list(media_folder.rglob("*.*"))


def test_the_input_offers_pictures_only(editor):
    page = editor.open(ADD).content.decode()

    assert 'accept=".jpg,.jpeg,.png,.webp,.avif"' in page


def test_filling_a_gap_keeps_its_uses(editor):
    gap = ImageFactory(file="", description="harbour.jpg")
    article = story(title_en="A", images=[gap])

    upload(editor, CHANGE, gap.pk, file=drawn())

    assert Image.objects.get(pk=gap.pk).file
    assert article.uses.get().image == gap


def test_a_save_without_a_new_file_keeps_the_old_one(editor):
    image = ImageFactory()

    editor.save(CHANGE, image.pk, fields={"creator": "Somebody else"})

    after = Image.objects.get(pk=image.pk)
    assert (after.file.name, after.creator) == (image.file.name, "Somebody else")


@pytest.mark.parametrize("value", ["1.5", "-0.1", "middle"])
def test_a_focal_point_lies_inside_the_picture(editor, value):
    response = editor.save(CHANGE, ImageFactory().pk, fields={"focal_x": value})

    assert "focal_x" in response.context_data["adminform"].form.errors


def test_the_page_tells_where_a_picture_is_used(editor):
    image = ImageFactory()
    article = story(title_en="Ferry strike", images=[image])

    page = editor.open(CHANGE, image.pk).content.decode()

    assert f'href="/admin/articles/article/{article.pk}/change/">Ferry strike</a>' in page


def test_the_page_of_a_picture_lists_the_promotions_that_show_it(editor):
    image = ImageFactory()
    for_all = promotion(title_en="A launch", image=image)
    for_one = promotion(title_en="A poster", alt_en="A poster", own={"en": {"image": image}})
    promotion(title_en="Another")

    page = editor.open("articles_image_change", image.pk).content.decode()
    for listed in (for_all, for_one):
        address = reverse("admin:articles_promotion_change", args=[listed.pk])
        assert f'href="{address}">{listed}</a>' in page
    assert "Another" not in page


def test_what_another_has_saved_stays_beside_what_is_changed_here(editor, second_editor):
    image = ImageFactory(description="Harbour")
    mine, theirs = editor.form(CHANGE, image.pk), second_editor.form(CHANGE, image.pk)
    # A worker that makes renditions in between is nobody.
    Image.objects.filter(pk=image.pk).update(available={"key": {}})
    fields = {"copyright_notice": "Agreed with the agency"}
    assert second_editor.save(CHANGE, image.pk, form=theirs, fields=fields).status_code == 302

    response = editor.save(CHANGE, image.pk, form=mine, fields={"creator": "Typed"})

    assert response.status_code == 302
    image.refresh_from_db()
    assert (image.copyright_notice, image.creator) == ("Agreed with the agency", "Typed")
    assert image.available == {"key": {}}


def test_gaps_can_be_found(editor):
    gap, _whole = ImageFactory(file=""), ImageFactory()

    response = editor.open("articles_image_changelist", gap="yes")

    assert list(response.context_data["cl"].result_list) == [gap]


@pytest.mark.both
def test_a_picture_is_found_by_its_caption(editor):
    image = ImageFactory()
    story(title_en="A", images=[image, ImageFactory()])
    image.uses.update(caption_es="El puerto")

    response = editor.open("articles_image_changelist", q="puerto")

    assert list(response.context_data["cl"].result_list) == [image]


def test_the_list_costs_the_same_for_one_picture_as_for_many(
    editor, django_assert_max_num_queries, django_assert_num_queries
):
    story(title_en="A", images=[ImageFactory()])
    editor.open("articles_image_changelist")
    with django_assert_max_num_queries(10) as few:
        editor.open("articles_image_changelist")
    story(title_en="B", images=[ImageFactory() for _ in range(6)])

    with django_assert_num_queries(len(few)):
        editor.open("articles_image_changelist")


@pytest.mark.both
def test_the_library_shows_the_pictures_of_the_story_first(editor):
    own, other = ImageFactory(description="Own"), ImageFactory(description="Other")
    article = story(title_en="A", images=[own])

    rows = editor.open("articles_image_library", article=article.pk).json()["results"]

    assert [row["id"] for row in rows] == [own.pk, other.pk]


def test_the_editor_of_a_body_uploads_what_a_story_can_show(editor):
    library = reverse("admin:articles_image_library")

    def send(**fields):
        return editor.client.post(library, fields)

    assert list(send(creator="Ana").json()["errors"]) == ["file"]
    assert list(send(file=drawn()).json()["errors"]) == ["creator"]
    assert "not a picture" in str(
        send(file=SimpleUploadedFile("words.jpg", b"words"), creator="A").json()
    )
    assert not Image.objects.exists()
    answer = send(file=drawn(), credit_line="Ana / Tide", description="The harbour")
    editor.client.force_login(
        UserFactory(is_staff=True), "django.contrib.auth.backends.ModelBackend"
    )
    assert send(file=drawn(), creator="Ana").status_code == 403
    image = Image.objects.get()
    assert answer.json() | {"thumb": ""} == {
        "id": image.pk,
        "title": "The harbour",
        "note": "Ana / Tide",
        "thumb": "",
        "url": reverse("admin:articles_image_change", args=[image.pk]),
    }


@pytest.mark.both
def test_the_library_answers_strange_questions(editor):
    image = ImageFactory(description="100% rain")

    for query in ({"id": "x"}, {"id": "²"}, {"article": "²"}, {"q": "%"}):
        assert editor.open("articles_image_library", **query).status_code == 200
    rows = editor.open("articles_image_library", id=image.pk).json()["results"]
    assert rows[0]["title"] == "100% rain"


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_right_ends_in_a_year_that_pages_can_show(editor, year):
    response = upload(editor, ADD, file=drawn(), valid_until=f"{year}-12-31T23:59")

    assert "valid_until" in response.context_data["adminform"].form.errors
    assert not Image.objects.exists()


def test_an_image_is_named_by_what_is_known_of_it(db):
    image = ImageFactory(description="", credit_line="", creator="")

    assert str(image) == f"Image {image.pk}"
    image.creator = "A. Painter"
    assert str(image) == "A. Painter"
    image.credit_line = "Painter/Agency"
    assert str(image) == "Painter/Agency"
    image.description = "The harbour"
    assert str(image) == "The harbour"


@pytest.mark.both
@pytest.mark.parametrize(
    ("url", "words"),
    [("https://news.example/sea.jpg", "Being fetched"), ("", "None of these is missing")],
)
def test_the_files_of_gaps_are_fetched_by_the_worker(editor, url, words, monkeypatch):
    image, told = ImageFactory(file="", source_url=url), []
    monkeypatch.setattr(type(fetching.fetch), "enqueue", lambda _task, **names: told.append(names))

    values = {"action": "fetch", "_selected_action": [image.pk]}
    response = editor.client.post(reverse("admin:articles_image_changelist"), values, follow=True)

    assert words in response.content.decode()
    assert told == ([{"image_ids": [image.pk]}] if url else [])


@pytest.mark.once
def test_the_editor_is_offered_what_the_library_has_already_before_it_is_there_twice(editor):
    def send(**more):
        fields = {"file": drawn(), "description": "Waves", "creator": "Ana"} | more
        return editor.client.post(reverse("admin:articles_image_library"), fields)

    first = send().json()

    assert send().json() == {"same": first}
    assert Image.objects.count() == 1
    assert send(again="1").json()["id"] != first["id"]


@pytest.mark.once
def test_a_file_that_the_library_has_already_is_told_with_the_way_to_it(editor, said):
    pages = [upload(editor, ADD, file=drawn(), creator="Ana") for _time in range(2)]

    first = Image.objects.earliest("pk")
    told = [[words for words in said(page) if "has this file already" in words] for page in pages]
    assert told[0] == []
    assert reverse("admin:articles_image_change", args=[first.pk]) in told[1][0]
    # What is saved without another file is no upload.
    saved = editor.save(CHANGE, first.pk, fields={"description": "Ferry"})
    assert not [words for words in said(saved) if "has this file already" in words]
