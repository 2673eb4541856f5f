"""Files in a bucket: how they are named, served, kept and missed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from newsroom import env
from tests.bucket import fetch

pytestmark = pytest.mark.usefixtures("in_bucket")


def test_a_file_is_served_with_its_type_and_kept_for_a_year():
    default_storage.save("renditions/ab/é 1.webp", ContentFile(b"bytes"))

    status, headers, body = fetch(default_storage.url("renditions/ab/é 1.webp"))

    assert (status, body) == (200, b"bytes")
    assert headers["Content-Type"] == "image/webp"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("name", "served_as"),
    [
        ("a.avif", "image/avif"),
        ("a.jpg", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.html", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_the_type_is_that_of_the_name_and_never_the_senders(name, served_as):
    sent = SimpleUploadedFile(name, b"<script>", content_type="text/html")

    default_storage.save(name, sent)

    assert fetch(default_storage.url(name))[1]["Content-Type"] == served_as


def test_addresses_are_those_of_the_settings_without_a_key(bucket, settings):
    settings.MEDIA_URL = "https://cdn.example/p/"

    assert default_storage.url("a/b.jpg") == "https://cdn.example/p/a/b.jpg"


def test_a_file_never_takes_the_place_of_another(bucket):
    first = default_storage.save("a.jpg", ContentFile(b"one"))
    second = default_storage.save("a.jpg", ContentFile(b"two"))

    assert first != second
    assert bucket.names() == sorted([first, second])
    with default_storage.open(first) as file:
        assert file.read() == b"one"


def test_a_file_can_be_asked_for_and_deleted():
    default_storage.save("a.jpg", ContentFile(b"one"))
    assert default_storage.exists("a.jpg")

    default_storage.delete("a.jpg")
    default_storage.delete("a.jpg")

    assert not default_storage.exists("a.jpg")
    with pytest.raises(FileNotFoundError):
        default_storage.open("a.jpg")


def test_what_fails_only_when_it_is_read_is_an_error_of_files_too(bucket):
    default_storage.save("a.jpg", ContentFile(b"one"))
    events = default_storage.connection.meta.client.meta.events
    events.register("before-call.s3.GetObject", lambda **_request: bucket.empty())

    with pytest.raises(OSError, match="MEDIA_STORAGE"), default_storage.open("a.jpg") as file:
        file.read()


@pytest.mark.parametrize("act", ["save", "exists", "open", "delete"])
def test_what_fails_is_an_error_of_files(act, settings):
    nowhere = "s3://pictures/news?region=eu-west-1&endpoint=http://127.0.0.1:1"
    settings.STORAGES = settings.STORAGES | {"default": env.media_storage(nowhere)}
    arguments = {"save": ("a.jpg", ContentFile(b"one"))}.get(act, ("a.jpg",))

    with pytest.raises(OSError, match="MEDIA_STORAGE"):
        getattr(default_storage, act)(*arguments)
