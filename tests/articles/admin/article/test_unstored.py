"""A full disk, or one that is read-only: a sentence, the words in the form, and nothing half-written."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection

from articles.models import Article, Image
from tests.articles.admin.test_image import ADD as ADD_IMAGE, drawn, upload
from tests.factories import story

ADD, CHANGE = "articles_article_add", "articles_article_change"


def full(storage, name, content):
    """Let a file end after its first bytes."""
    write(storage, name, type(content)(content.read()[:9]))
    raise OSError(errno.ENOSPC, "No space left on device")


def read_only(_storage, _name, _content):
    raise OSError(errno.EROFS, "Read-only file system")


def forbidden(_storage, name, _content):
    raise PermissionError(errno.EACCES, "Permission denied", name)


write = FileSystemStorage._save


@pytest.mark.django_db
@pytest.mark.parametrize("fails", [full, read_only, forbidden])
def test_a_picture_that_cannot_be_stored_is_a_sentence_and_leaves_no_file(
    editor, monkeypatch, media_folder, fails
):
    monkeypatch.setattr(FileSystemStorage, "_save", fails)

    response = upload(editor, ADD_IMAGE, file=drawn(), creator="Ana Duarte")

    page = response.content.decode()
    assert response.status_code == 200
    assert "there is no room to store it" in page
    assert "Ana Duarte" in page
    assert not Image.objects.exists()
    assert not [path for path in media_folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "problem", ["database or disk is full", "attempt to write a readonly database"]
)
def test_a_story_that_the_database_cannot_store_stays_in_its_form(editor, monkeypatch, problem):
    def save(*_arguments, **_options):
        raise OperationalError(problem)

    monkeypatch.setattr(Article, "save", save)

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


READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": tuple(
        f"SET SESSION CHARACTERISTICS AS TRANSACTION READ {kind}" for kind in ("ONLY", "WRITE")
    ),
}


@pytest.mark.django_db(transaction=True)
def test_a_database_that_nobody_may_write_is_a_sentence(editor):
    opened = editor.form(ADD)
    bar, open_again = READ_ONLY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(bar)
    try:
        response = editor.save(ADD, form=opened, fields={"title_en": "Rain in Aleppo"})
    finally:
        with connection.cursor() as cursor:
            cursor.execute(open_again)

    assert response.status_code == 200
    assert "there is no room to store it" in response.text
    assert "Rain in Aleppo" in response.text
    assert not Article.objects.exists()
