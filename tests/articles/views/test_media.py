"""Who may see the files of a picture: readers while it is shown in a live story, and those who work with pictures."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import renditions
from articles.actions import publishing
from articles.models import Edition, Image
from tests.factories import ImageFactory, ImageUseFactory, UserFactory, story

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def image(tasks_run_at_once):
    """A picture with its renditions, which stands in no story yet."""
    image = ImageFactory(file__width=400, file__height=300)
    renditions.render.call(image_id=image.pk)
    image.refresh_from_db()
    return image


@pytest.fixture
def editor_client():
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_image"))
    client = Client()
    client.force_login(user)
    return client


def use(image, **options):
    article = story(**options)
    ImageUseFactory(article=article, image=image)
    return article


def files(image):
    return [image.file.name, *image.renditions.values_list("file", flat=True)]


def get(client, name):
    """Return the answer to a request for a file, after its last byte."""
    answer = client.get(reverse("media", args=[name]))
    if answer.streaming:
        b"".join(answer)
    return answer


def statuses(client, image):
    return {get(client, name).status_code for name in files(image)}


def test_readers_see_every_file_of_a_picture_in_a_live_story(client, image):
    use(image, live=["es"])

    assert len(files(image)) > 2
    assert statuses(client, image) == {200}
    answer = get(client, files(image)[-1])
    assert answer.headers["Content-Type"].startswith("image/")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies


def end_the_right(image, article):
    Image.objects.filter(pk=image.pk).update(valid_until=timezone.now() - timedelta(seconds=1))


def withdraw(image, article):
    edition = Edition.objects.get(article=article, language="en")
    publishing.withdraw(edition, by=None, reason="A mistake.")


def embargo(image, article):
    later = timezone.now() + timedelta(hours=1)
    Edition.objects.filter(article=article, language="en").update(published_at=later)


def take_out(image, article):
    article.uses.all().delete()


@pytest.mark.both
@pytest.mark.parametrize("happened", [end_the_right, withdraw, embargo, take_out])
def test_to_readers_a_picture_that_is_shown_nowhere_is_not_there(
    client, image, happened, editor_client
):
    happened(image, use(image, live=["en"]))

    assert statuses(client, image) == {404}
    assert statuses(editor_client, image) == {200}
    assert "private" in get(editor_client, image.file.name)["Cache-Control"]


def test_a_login_without_the_permission_is_a_readers(client, image):
    client.force_login(UserFactory())

    assert statuses(client, image) == {404}


def test_a_picture_of_a_draft_is_there_for_the_newsroom_alone(client, image, editor_client):
    use(image)

    assert statuses(client, image) == {404}
    assert statuses(editor_client, image) == {200}


@pytest.mark.parametrize(
    "name", ["originals/aa/none.jpg", "../newsroom.sqlite3", "x", "renditions/aa/b"]
)
def test_what_is_no_picture_is_not_there_for_anybody(client, editor_client, name):
    assert client.get(f"/media/{name}").status_code == 404
    assert editor_client.get(f"/media/{name}").status_code == 404


def test_who_asks_for_the_head_gets_no_file(client, image):
    use(image, live=["en"])

    answer = client.head(reverse("media", args=[image.file.name]))

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"] == "image/jpeg"
