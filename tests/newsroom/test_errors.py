import logging
from dataclasses import replace

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.template import Engine
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Category
from newsroom import errors
from newsroom.site.identity import Look, Picture
from newsroom.site.reading import at_hand
from tests.templates import examples


@pytest.fixture
def failing(client, monkeypatch):
    """Return a function that asks for a page while every tree of categories fails to load."""

    def ask(path, failure):
        def load(**_options):
            raise failure

        monkeypatch.setattr(Category, "tree", load)
        client.raise_request_exception = False
        return client.get(path)

    return ask


@pytest.mark.django_db
@pytest.mark.parametrize("failure", [OperationalError("gone"), InterfaceError("closed")])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Back in a moment"),
        ("es", "Volvemos enseguida"),
        ("pt", "Voltamos já"),
        ("ar", "سنعود بعد لحظات"),
    ],
)
def test_without_a_database_readers_are_told_in_their_language(
    failing, failure, language, words, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = failing(reverse("articles:front", args=[language]), failure)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert words in response.content.decode()
    assert f'href="/{language}/"' in response.content.decode()
    assert "Traceback" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("failure", "title"),
    [
        (OperationalError("gone"), "سنعود بعد لحظات"),
        (ValueError("a mistake"), "حدث خطأ ما"),
    ],
)
def test_what_failed_says_in_its_title_whose_site_it_is(failing, failure, title):
    html = failing("/ar/", failure).content.decode()

    name = at_hand("ar").name
    assert name
    assert f"<title>{title} – {name}</title>" in html


@pytest.mark.django_db
def test_an_outage_is_one_line_in_the_log(failing, caplog):
    failing("/en/", OperationalError("the server\n  closed the connection"))
    assert "the server closed the connection" in caplog.text
    assert "Traceback" not in caplog.text


def test_an_outage_may_be_told_in_any_words(caplog):
    logging.getLogger("django.request").error("at 100% of it", exc_info=OperationalError("gone"))
    assert caplog.messages == ["at 100% of it: gone"]


@pytest.mark.django_db
def test_a_mistake_is_logged_with_the_way_that_led_to_it(failing, caplog):
    failing("/en/", ValueError("a mistake"))
    assert "Traceback" in caplog.text


@pytest.mark.django_db
def test_a_page_that_is_not_there_cannot_be_told_without_a_database_either(failing):
    assert failing("/en/no/such/page/", OperationalError("gone")).status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("failure", [ProgrammingError("no column"), ValueError("a mistake")])
def test_a_mistake_of_ours_is_no_outage(failing, failure):
    response = failing("/en/", failure)
    assert response.status_code == 500
    assert 'href="/ar/"' in response.content.decode()
    assert "Retry-After" not in response.headers


def test_the_page_of_an_outage_stands_alone():
    assert "extends" not in Engine.get_default().get_template("503.html").source


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_the_page_of_an_error_has_the_look_of_the_site(template):
    page = examples.page()
    mark = Picture("/media/site/mark.png", 512, 512)
    look = Look(logo=mark, icon=mark, accent="/accent-005ea5-3b83b8.css")

    html = render_to_string(template, {"page": replace(page, site=replace(page.site, look=look))})

    assert f'<link rel="apple-touch-icon" href="{mark.url}">' in html
    assert f'<link rel="stylesheet" href="{look.accent}">' in html
    assert f'src="{mark.url}"' in html
    assert 'width="56" height="56"' in html


class AtOnce:
    """A thread that has done its work when it is started."""

    def __init__(self, *, target, args, daemon):
        self.start = lambda: target(*args)


def fail_here(logger, word):
    try:
        raise ValueError(word)
    except ValueError:
        logger.exception("Failed: %s", word)


@pytest.fixture
def told(settings, monkeypatch):
    """A logger that tells the administrators."""
    settings.ADMINS = [("", "chief@example.org")]
    monkeypatch.setattr(errors, "Thread", AtOnce)
    logger, handler = logging.getLogger("of a test"), errors.ToAdministrators()
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


def test_administrators_are_told_of_what_fails_once_for_each_place(told, mailoutbox):
    for word in ("one", "two"):
        fail_here(told, word)
    told.error("Something else")

    first, second = mailoutbox
    assert (first.to, first.subject) == (["chief@example.org"], "127.0.0.1:8000: Failed: one")
    assert "ValueError: one" in first.body
    assert second.subject == "127.0.0.1:8000: Something else"


def test_a_mail_server_that_is_away_hinders_nobody(told, monkeypatch):
    def refuse(*_words):
        raise ConnectionRefusedError

    monkeypatch.setattr(errors, "mail_admins", refuse)

    told.error("Something failed")
