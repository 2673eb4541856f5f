"""Texts go to a service or a program and come back as many; what goes wrong is one sentence without a secret."""

import json
import sys

import pytest

from newsroom.i18n import machine_translation
from newsroom.i18n.machine_translation import AT_ONCE, TranslationError, configured
from tests.newsroom.i18n import translating
from tests.newsroom.pagecache import edge

PROGRAM = """
import sys
for line in sys.stdin:
    print(sys.argv[1], sys.argv[2], line.strip())
"""


@pytest.fixture
def service(settings):
    with translating.served(settings) as server:
        yield server


def translate(texts, source="en", target="es"):
    return configured().translate(texts, source=source, target=target)


def command(settings, program, *arguments):
    settings.MACHINE_TRANSLATION = f"command:{sys.executable} -c '{program}' {' '.join(arguments)}"


def refused(texts=("x",), **languages):
    with pytest.raises(TranslationError) as raised:
        translate(list(texts), **languages)
    return str(raised.value)


def test_nothing_is_translated_unless_the_site_says_with_what():
    assert configured() is None


def test_a_service_gets_html_with_its_key_and_answers_in_order(service, settings):
    settings.MACHINE_TRANSLATION_KEY = "secret"
    texts = [f"<p>{number}</p>" for number in range(AT_ONCE + 1)]

    assert translate(texts) == [f"<p>[es] {number}</p>" for number in range(AT_ONCE + 1)]
    asked = [json.loads(request.body) for request in service.requests if request.body]
    assert [len(body["q"]) for body in asked] == [AT_ONCE, 1]
    assert {(body["format"], body["api_key"], body["source"]) for body in asked} == {
        ("html", "secret", "en")
    }
    assert configured().name == "LibreTranslate (127.0.0.1)"


@pytest.mark.parametrize(
    ("target", "called"),
    [("pt-br", "pt-BR"), ("zh-hans", "zh-Hans"), ("ar", "ar"), ("es-simple", "es")],
)
def test_a_language_is_called_as_the_service_calls_it(service, target, called):
    assert translate(["x"], target=target) == [f"[{called}] x"]


def test_a_language_that_the_service_does_not_know_is_named(service):
    assert (
        refused(target="ja")
        == "LibreTranslate (127.0.0.1) does not translate from English to 日本語."
    )
    assert "from 日本語 to" in refused(source="ja")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((500, {}, "broken"), "answered 500: broken"),
        ((200, {}, "no JSON"), "does not translate from"),
        ((200, {}, "[1, {}, null]"), "does not translate from"),
    ],
)
def test_a_service_that_is_none_is_one_sentence(settings, said, words):
    with translating.served(settings, answer=edge.failing(said[0], body=said[2])):
        assert words in refused()


def test_a_refusal_is_told_without_the_key(service, settings):
    settings.MACHINE_TRANSLATION_KEY = "secret"

    told = refused(["refuse"])

    assert "403" in told
    assert "Invalid API key" in told
    assert "secret" not in told


def test_a_service_that_is_not_there_is_one_sentence(settings):
    settings.MACHINE_TRANSLATION = "http://127.0.0.1:9/"

    assert "does not answer" in refused()


def test_a_program_gets_a_line_for_each_text(settings):
    command(settings, PROGRAM.replace("\n", "\n"), "{source}", "{target}")

    assert translate(["one\ntwo", "ş"], target="tr") == ["en tr one two", "en tr ş"]
    assert configured().name.startswith("python")


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("print(1)", "did not answer with as many texts"),
        ('import sys; sys.exit(\\"no model for it\\")', "failed: no model for it"),
        ("import time; time.sleep(60)", "failed: "),
    ],
)
def test_a_program_that_fails_is_one_sentence(settings, monkeypatch, program, words):
    monkeypatch.setattr(machine_translation, "TIMEOUT", 0.5)
    settings.MACHINE_TRANSLATION = f'command:{sys.executable} -c "{program}"'

    assert words in refused(["a", "b"])


def test_a_program_that_is_not_there_is_named(settings):
    settings.MACHINE_TRANSLATION = "command:/nowhere/translate"

    assert refused().startswith("translate failed: ")
