"""A picture's way from an editor's form to a reader, where media are kept in a bucket."""

import re

import pytest
from django.test import Client

from articles.models import Image
from newsroom import env
from tests.articles.admin.test_image import ADD, CHANGE, drawn, upload
from tests.bucket import fetch
from tests.factories import edition, story

pytestmark = [
    pytest.mark.usefixtures("in_bucket", "tasks_run_at_once"),
    pytest.mark.once,  # files lie in no database
]


@pytest.fixture
def send(editor, django_capture_on_commit_callbacks):
    """Upload a picture by the form, do the work that it queues, and return the image."""

    def send(name, *args, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            assert upload(editor, name, *args, **fields).status_code == 302
        return Image.objects.latest("pk")

    return send


def pictures_of(article):
    """Return the addresses of pictures on the page of a story."""
    page = Client().get(edition(article).get_absolute_url()).content.decode()
    return set(re.findall(r'https?://[^"\s]+/pictures/[^"\s]+', page))


@pytest.mark.parametrize(
    ("encoding", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")]
)
def test_what_an_editor_uploads_readers_get_from_the_bucket(send, bucket, encoding, suffix):
    image = send(ADD, file=drawn(encoding, name="drawn.jpg", size=(640, 480)), creator="Ana")
    article = story(live=["en"], images=[image])

    addresses = pictures_of(article)

    assert {address.rpartition(".")[2] for address in addresses} == {"avif", "webp", "jpeg"}
    for address in addresses:
        assert address.startswith(bucket.media_url)
        status, headers, body = fetch(address)
        assert status == 200
        assert headers["Content-Type"] == f"image/{address.rpartition('.')[2]}"
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert len(body) > 100
    _status, headers, _body = fetch(image.file.url)
    assert image.file.name.endswith(suffix)
    assert headers["Content-Type"] == {"jpg": "image/jpeg"}.get(suffix, f"image/{suffix}")


def test_another_file_has_other_addresses(send, bucket):
    image = send(ADD, file=drawn(size=(640, 480)), creator="Ana")
    article = story(live=["en"], images=[image])
    before = pictures_of(article)

    send(CHANGE, image.pk, file=drawn("PNG", size=(500, 480)))

    after = pictures_of(article)
    assert after
    assert after.isdisjoint(before)
    assert {fetch(address)[0] for address in after} == {200}


def test_a_deleted_image_leaves_nothing_in_the_bucket(
    send, editor, bucket, django_capture_on_commit_callbacks
):
    image = send(ADD, file=drawn(size=(640, 480)), creator="Ana")
    assert len(bucket.names()) > 3

    with django_capture_on_commit_callbacks(execute=True):
        editor.save("articles_image_delete", image.pk, button=("post", "yes"))

    assert not Image.objects.exists()
    assert bucket.names() == []


def test_the_library_of_the_form_shows_pictures_of_the_bucket(send, editor, bucket):
    image = send(ADD, file=drawn(size=(640, 480)), creator="Ana")

    rows = editor.open("articles_image_library", id=image.pk).json()["results"]

    assert bucket.media_url in str(rows)


def test_a_bucket_that_does_not_answer_leaves_the_form_as_it_was_filled_in(editor, settings):
    nowhere = "s3://pictures/news?region=eu-west-1&endpoint=http://127.0.0.1:1"
    settings.STORAGES = settings.STORAGES | {"default": env.media_storage(nowhere)}

    response = upload(editor, ADD, file=drawn(), creator="Ana Duarte")

    assert response.status_code == 200
    assert "try again in a minute" in response.content.decode()
    assert "Ana Duarte" in response.content.decode()
    assert not Image.objects.exists()
