"""A full disk, or one that is read-only: a sentence, the words in the form, and nothing half-written."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError

from articles.models import Article, Image
from tests.articles.admin.test_image import ADD as ADD_IMAGE, drawn, upload
from tests.factories import story

ADD, CHANGE = "articles_article_add", "articles_article_change"


@pytest.fixture
def full_disk(monkeypatch):
    """Let each file end after its first bytes."""
    write = FileSystemStorage._save

    def half(storage, name, content):
        write(storage, name, type(content)(content.read()[:9]))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", half)


@pytest.mark.django_db
def test_a_picture_on_a_full_disk_is_a_sentence_and_leaves_no_file(editor, full_disk, media_folder):
    response = upload(editor, ADD_IMAGE, file=drawn(), creator="Ana Duarte")

    page = response.content.decode()
    assert response.status_code == 200
    assert "there is no room to store it" in page
    assert "Ana Duarte" in page
    assert not Image.objects.exists()
    assert not [path for path in media_folder.rglob("*") if path.is_file()]


@pytest.fixture
def full_database(monkeypatch):
    def save(*_arguments, **_options):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Article, "save", save)


def test_a_story_that_the_database_has_no_room_for_stays_in_its_form(editor, full_database):
    response = editor.save(ADD, fields={"title_en": "Rain in Aleppo", "body_en": "<p>Much.</p>"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "there is no room to store it" in page
    assert "Rain in Aleppo" in page
    assert "Much." in page


def test_a_page_that_cannot_be_read_is_no_form(editor, monkeypatch):
    article = story(title_en="A")

    def fail(*_arguments, **_options):
        raise OperationalError("the server has gone away")

    monkeypatch.setattr("articles.admin.article.admin.ArticleAdmin.get_object", fail)
    editor.client.raise_request_exception = False

    assert editor.client.get(f"/admin/articles/article/{article.pk}/change/").status_code == 503
