"""Starting the site with good and bad settings, in processes of their own."""

import re

import pytest
from django.core.checks import run_checks
from modeltranslation.utils import get_language_bidi

from newsroom import checks
from newsroom.languages import LANGUAGES
from tests.docs.pages import code, rows, section, text_of
from tests.house_rules.source import ROOT
from tests.newsroom.process import is_one_sentence, run

PRINT = "from django.conf import settings as s; print({})"

REFUSED = {
    "no secret": ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
    "no host": ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is not set"),
    "no encryption": ({"SITE_URL": "http://news.example"}, "would not be encrypted"),
    "unknown language": ({"LANGUAGES": "en,xx"}, "choose from en, es, pt, pt-br"),
    "no language": ({"LANGUAGES": ""}, "choose from en, es, pt, pt-br"),
    "bad database": ({"DATABASE_URL": "postgresql://u:hidden@host:port/x"}, "DATABASE_URL"),
    "no database": ({"DATABASE_URL": ""}, "DATABASE_URL"),
    "replica of a file": (
        {"DATABASE_REPLICAS": "postgresql://u:hidden@a/news"},
        "only PostgreSQL has replicas",
    ),
    "bad bucket": ({"MEDIA_STORAGE": "pictures", "MEDIA_URL": "/m/"}, "MEDIA_STORAGE"),
    "bucket without address": ({"MEDIA_STORAGE": "s3://pictures"}, "MEDIA_URL is not set"),
    "bad mail": ({"EMAIL_URL": "smtp://u:hidden@host:port"}, "EMAIL_URL cannot be read"),
    "bad zone": ({"TIME_ZONE": "Mars"}, "TIME_ZONE"),
}


@pytest.mark.parametrize(("variables", "words"), REFUSED.values(), ids=REFUSED)
def test_a_bad_setting_is_one_sentence_and_status_1(tmp_path, variables, words):
    result = run("manage.py", "check", folder=tmp_path, **variables)

    assert (result.returncode, result.stdout) == (1, "")
    assert is_one_sentence(result.stderr)
    assert words in result.stderr
    assert "hidden" not in result.stderr


def test_a_command_of_this_site_tells_a_bad_setting_too(tmp_path):
    result = run("manage.py", "load_demo", folder=tmp_path, LANGUAGES="xx")

    assert result.returncode == 1
    assert "choose from" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path):
    nobody = "postgresql://u:hidden@127.0.0.1:1/x"

    result = run("manage.py", "migrate", "--skip-checks", folder=tmp_path, DATABASE_URL=nobody)

    assert result.returncode == 1
    assert is_one_sentence(result.stderr)
    assert "DATABASE_URL" in result.stderr
    assert "hidden" not in result.stderr


def test_what_keeps_django_from_being_used_is_told(tmp_path):
    (tmp_path / "django").mkdir()
    (tmp_path / "django" / "__init__.py").write_text("raise ImportError('libexample is too old')")

    result = run("manage.py", "check", folder=tmp_path, PYTHONPATH=str(tmp_path))

    assert result.returncode == 1
    assert is_one_sentence(result.stderr)
    assert "(libexample is too old)" in result.stderr
    assert "make clean install" in result.stderr


def test_a_public_site_passes_the_deployment_check(tmp_path):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", folder=tmp_path)

    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues (0 silenced)" in result.stdout


def test_values_are_taken_as_they_are(tmp_path):
    asked = PRINT.format("s.SECRET_KEY, s.LANGUAGE_CODE, s.ALLOWED_HOSTS, s.TIME_ZONE, s.HTTPS")

    result = run(
        "-c",
        asked,
        folder=tmp_path,
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        SECRET_KEY="$HOME$$",
        LANGUAGES="pt, en",
        ALLOWED_HOSTS="a.example, b.example",
        TIME_ZONE="Asia/Tokyo",
    )

    assert result.stdout.split(" ", 1) == [
        "$HOME$$",
        "pt ['a.example', 'b.example'] Asia/Tokyo True\n",
    ]


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / "local.env").write_text(
        "SECRET_KEY=from$file\nSITE_NAME=The File\nALLOWED_HOSTS=x\n"
    )

    result = run(
        "-c",
        PRINT.format("s.SECRET_KEY, s.SITE_NAME"),
        folder=tmp_path,
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        SECRET_KEY=None,
        SITE_NAME="The Environment",
    )

    assert result.stdout == "from$file The Environment\n"


def test_pictures_on_another_host_are_allowed_by_the_policy(tmp_path):
    asked = PRINT.format("s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']")

    result = run(
        "-c",
        asked,
        folder=tmp_path,
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        MEDIA_URL="https://media.example/x/",
    )

    assert "'https://media.example'" in result.stdout


# --- Checks ---


def ids(messages):
    return [message.id for message in messages]


def test_the_enabled_languages_have_columns():
    assert checks.languages_have_columns(None) == []


def test_an_enabled_language_without_columns_is_found_by_the_check(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]

    messages = [message for message in run_checks() if str(message.id).startswith("newsroom.")]

    assert ids(messages) == ["newsroom.E001"]
    assert "'fr'" in messages[0].msg
    assert "Article.title_fr" in messages[0].msg


def test_every_check_is_described():
    source = (ROOT / "newsroom" / "checks.py").read_text(encoding="utf-8")
    told = rows(section(text_of("reference/checks.md"), "manage.py check"))

    assert {words for row in told for words in code(row[0])} == set(
        re.findall(r'id="(newsroom\.\w+)"', source)
    )


# --- The reference ---


def variables_read():
    """Return the names of the variables that settings.py, or the backup beside the site, asks the environment for."""
    programs = (ROOT / "newsroom" / "settings.py", ROOT / "deploy" / "backup")
    source = "".join(path.read_text(encoding="utf-8") for path in programs)
    return set(re.findall(r'env(?:\.\w+|iron\.get)?\(\s*"([A-Z_]+)"', source))


def test_every_variable_is_described_with_its_default_and_no_others_are():
    told = rows(text_of("reference/settings.md"))

    assert {words for row in told for words in code(row[0])} == variables_read()
    assert [row for row in told if not all(row[:3])] == []
    assert len(told) == len(variables_read()) > 10


def test_nothing_but_settings_reads_the_environment():
    """A variable that is read elsewhere would not be in the reference."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for package in ("newsroom", "articles")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    }

    assert readers == {
        "newsroom/settings.py",
        "newsroom/localenv.py",  # VAR_DIR, before there are settings
        "articles/management/commands/start_newsroom.py",  # asks for what is not said
        "newsroom/backup/proving.py",  # hands its own environment on
        "newsroom/management/answers.py",  # leaves alone what is said, and hands the rest on
        "newsroom/management/demo.py",  # hands its own environment on
        "newsroom/wsgi.py",  # names the settings
    }


def test_forms_know_the_direction_of_every_language():
    assert {code: get_language_bidi(code) for code in LANGUAGES} == {
        code: language.direction == "rtl" for code, language in LANGUAGES.items()
    }
