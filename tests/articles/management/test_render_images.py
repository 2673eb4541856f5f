"""Queueing what a stopped worker left unmade."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import renditions
from articles.models import Image
from tests.factories import ImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(monkeypatch):
    """Return the ids of the images that are queued from now on."""
    ids = []
    monkeypatch.setattr(renditions, "request", lambda image: ids.append(image.pk))
    return ids


def told(**options):
    out = io.StringIO()
    call_command("render_images", stdout=out, stderr=options.pop("stderr", io.StringIO()))
    return out.getvalue()


def test_an_image_is_queued_until_its_renditions_are_made(queued):
    image = ImageFactory()
    ImageFactory(file="")

    assert told() == "Images: 1 queued, 0 complete, 0 lost.\n"
    renditions.render.call(image.pk)
    assert told() == "Images: 0 queued, 1 complete, 0 lost.\n"
    Image.objects.filter(pk=image.pk).update(focal_x=0.1)
    assert told() == "Images: 1 queued, 0 complete, 0 lost.\n"

    assert queued == [image.pk, image.pk]


def test_an_image_whose_file_is_lost_is_named_and_the_rest_is_queued(queued):
    lost, other = ImageFactory(), ImageFactory()
    lost.file.storage.delete(lost.file.name)
    errors = io.StringIO()

    with pytest.raises(CommandError, match="lost"):
        told(stderr=errors)

    assert f"Image {lost.pk}: {lost.file.name}" in errors.getvalue()
    assert queued == [other.pk]


def test_what_is_queued_twice_is_made_once(monkeypatch):
    image = ImageFactory()
    renditions.render.call(image.pk)
    monkeypatch.setattr(renditions, "_upright", pytest.fail)

    renditions.render.call(image.pk)

    assert renditions.picture_of(Image.objects.get(), at=timezone.now()).sources
