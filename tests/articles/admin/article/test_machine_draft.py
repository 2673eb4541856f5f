"""Drafts by machine in the admin: asked for and signed off on the page of a story, and accounted for in a list."""

import csv
import re
from html import unescape

import pytest

from articles.models import Article, MachineDraft
from tests import factories
from tests.newsroom.i18n import translating

CHANGE = "articles_article_change"
LIST, TABLE = "articles_machinedraft_changelist", "articles_machinedraft_table"


@pytest.fixture
def service(settings, tasks_run_at_once):
    with translating.served(settings) as translator:
        yield translator


@pytest.fixture
def article(db):
    return factories.story(title_en="=1+1", standfirst_en="They leave.", body_en="<p>One.</p>")


def press(desk, article, verb, capture):
    with capture(execute=True):
        return desk.save(CHANGE, article.pk, button=("_verb", verb))


@pytest.mark.once  # of buttons; the verbs have tests on both databases
def test_a_language_is_drafted_published_and_signed_off_by_the_buttons_of_its_tab(
    editor, service, article, said, django_capture_on_commit_callbacks
):
    capture = django_capture_on_commit_callbacks
    page = editor.open(CHANGE, article.pk).content.decode()
    assert "Draft Español by machine" in page
    assert "Draft English by machine" not in page

    told = said(press(editor, article, "draft:es", capture))
    assert "Español will be drafted in a moment." in told
    page = editor.open(CHANGE, article.pk).content.decode()
    assert "A machine has drafted a part of it" in page
    assert Article.objects.get(pk=article.pk).title_es == "[es] =1+1"
    press(editor, article, "publish:es", capture)
    page = editor.open(CHANGE, article.pk).content.decode()
    assert "Draft Español by machine" not in page
    told = said(press(editor, article, "sign_off:es", capture))
    assert "Español is signed off in your name." in told
    assert "signed off by Eva Ortiz on" in editor.open(CHANGE, article.pk).content.decode()
    assert said(press(editor, article, "sign_off:es", capture)) == [
        "Nothing of it waits to be signed off."
    ]


def test_a_site_that_translates_nothing_offers_nothing(editor, article):
    assert "by machine" not in editor.open(CHANGE, article.pk).content.decode()


def test_what_failed_is_said_and_can_be_asked_for_again(
    editor, service, article, django_capture_on_commit_callbacks
):
    Article.objects.filter(pk=article.pk).update(standfirst_en="Please refuse.")
    press(editor, article, "draft:es", django_capture_on_commit_callbacks)

    page = editor.open(CHANGE, article.pk).content.decode()
    assert "No draft by machine: LibreTranslate (127.0.0.1) answered 403" in page
    assert "Draft Español by machine" in page


def test_the_drafts_of_a_time_are_a_list_and_a_table(
    editor, writer, service, article, django_capture_on_commit_callbacks
):
    press(editor, article, "draft:es", django_capture_on_commit_callbacks)
    editor.save(CHANGE, article.pk, fields={"title_es": "=1+1 en total"})
    press(editor, article, "sign_off:es", django_capture_on_commit_callbacks)
    draft = MachineDraft.objects.get()

    page = editor.open(LIST, signed_at__isempty=0).content.decode()
    # What a person made of it is shown word by word.
    address = unescape(re.search(r'<a href="([^"]*)">1 of 3 texts', page)[1])
    told = editor.client.get(address).text
    assert re.search(r"<del>.*?\[es\].*?</del>", told, re.S)
    assert re.search(r"<ins>.*?en total.*?</ins>", told, re.S)
    assert "table.csv?signed_at__isempty=0" in page
    table = editor.open(TABLE, asked_at__year=draft.asked_at.year).content.decode("utf-8-sig")
    (row,) = csv.DictReader(table.splitlines())
    assert (row["headline"], row["signed_by"], row["texts"]) == ("'=1+1", "Eva Ortiz", "3")
    assert (
        list(
            csv.DictReader(
                editor.open(TABLE, asked_at__year=1999).content.decode("utf-8-sig").splitlines()
            )
        )
        == []
    )
    assert [writer.open(name).status_code for name in (LIST, TABLE)] == [403, 403]
