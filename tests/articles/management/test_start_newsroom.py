"""A site of one's own begins whole, or not at all."""

import json
import os
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from articles.management.commands.start_newsroom import _choose
from articles.models import Category
from newsroom import localenv
from newsroom.management import answers, demo
from newsroom.site import reading
from tests import factories

# deploy/test_install.py begins a site on PostgreSQL.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def var(settings, tmp_path, monkeypatch):
    settings.VAR_DIR, settings.LOCAL_ENV = tmp_path, tmp_path / "local.env"
    settings.LANGUAGES = [("es", "Español"), ("ar", "العربية")]
    for name in ("LANGUAGES", "TIME_ZONE"):
        monkeypatch.delenv(name, raising=False)
    # Nothing hangs on those of the demo, so nothing follows: that would take longer than most of these tests.
    Category.objects.all()._raw_delete("default")
    return tmp_path


def start(capsys, **options):
    usual = {"zone": "Europe/Madrid", "admin": "jefa", "categories": "none"}
    given = {"name": "El Correo"} | usual | options
    call_command("start_newsroom", asks=False, **given)
    return capsys.readouterr().out


def told_password(said):
    return re.search(r"told only now: (\S+)", said)[1]


def test_one_command_makes_name_login_zone_and_categories(capsys, var):
    said = start(capsys, admin_email="jefa@example.org", categories="world")

    chief = get_user_model().objects.get()
    assert reading.stored().within("es").name == "El Correo"
    assert (chief.username, chief.email, chief.is_superuser) == ("jefa", "jefa@example.org", True)
    assert chief.check_password(told_password(said))
    assert localenv.read(var)["TIME_ZONE"] == "Europe/Madrid"
    assert localenv.read(var)["LANGUAGES"] == "es,ar"
    france = Category.objects.get(name_es="Francia")
    assert (france.name_ar, france.parent.name_es) == ("فرنسا", "Europa")
    opinion = Category.objects.get(name_ar="رأي")
    assert (opinion.kind, opinion.is_genre) == ("section", True)


def test_without_a_name_it_is_that_of_the_environment(capsys, monkeypatch):
    monkeypatch.setenv("SITE_NAME", "L’Écho")

    start(capsys, name="")

    assert reading.stored().within("es").name == "L’Écho"


@pytest.fixture
def terminal(monkeypatch):
    """Return a function that gives the answers of somebody at a terminal, the password as if it were empty."""

    def type_in(*words):
        typed = iter(words)
        monkeypatch.setattr("builtins.input", lambda _question: next(typed))
        monkeypatch.setattr("newsroom.management.questions.getpass", lambda _question: "")

    return type_in


def test_a_password_that_is_typed_is_typed_twice_alike(terminal, capsys, monkeypatch):
    terminal("", "El Correo", "", "none", "", "")
    typed = iter(["a-long-one-of-hers", "a-long-one-of-his", *["a-long-one-of-hers"] * 2])
    monkeypatch.setattr("newsroom.management.questions.getpass", lambda _question: next(typed))

    call_command("start_newsroom")

    assert "The two are not the same." in capsys.readouterr().out
    assert get_user_model().objects.get().check_password("a-long-one-of-hers")


def test_somebody_at_a_terminal_is_asked_again_until_the_answer_can_be_used(terminal, capsys, var):
    terminal("xx yy", "", "", "El Correo", "Lisbon", "Europe/Lisbon", "none", "", "")

    call_command("start_newsroom")

    said = capsys.readouterr().out
    assert "LANGUAGES names 'xx,yy'" in said
    assert "The site needs a name." in said
    assert "TIME_ZONE is 'Lisbon'" in said
    assert "in Español, العربية" in said
    assert localenv.read(var)["LANGUAGES"] == "es,ar"
    assert get_user_model().objects.get().check_password(told_password(said))
    assert not Category.objects.exists()


def test_other_languages_are_those_of_a_new_process_which_writes_them_down(
    terminal, monkeypatch, settings, var
):
    begun = []

    def execve(_program, _arguments, environment):
        begun.append(environment)
        raise SystemExit

    monkeypatch.setattr(os, "execve", execve)
    terminal("pt,es")
    with pytest.raises(SystemExit):
        call_command("start_newsroom")
    for name in ("LANGUAGES", answers.CHOSEN):
        monkeypatch.setenv(name, begun[0][name])
    settings.LANGUAGES = [("pt", "Português"), ("es", "Español")]

    terminal("O Correio", "", "none", "", "")
    call_command("start_newsroom")

    assert localenv.read(var)["LANGUAGES"] == "pt,es"
    assert reading.stored().texts["pt"]["name"] == "O Correio"


def test_languages_are_an_option_too_and_are_written_down(capsys, monkeypatch, settings, var):
    begun = []
    monkeypatch.setattr(answers, "begin_again", begun.append)

    start(capsys, languages="es, ar")

    assert (begun, localenv.read(var)["LANGUAGES"]) == ([], "es,ar")
    with pytest.raises(CommandError, match="has been started here"):
        start(capsys, languages="fr de")
    with pytest.raises(CommandError, match="--languages: LANGUAGES names 'xx'"):
        _choose("xx")
    _choose("fr de")
    assert begun == [["fr", "de"]]


def test_an_environment_with_other_languages_wins_and_is_named(capsys, monkeypatch):
    monkeypatch.setenv("LANGUAGES", "es,ar")

    with pytest.raises(CommandError, match="LANGUAGES is es,ar in the environment, which wins"):
        start(capsys, languages="fr")

    # Such a site is as the environment says, and whoever runs it is told.
    assert "needs LANGUAGES=es,ar" in start(capsys)


BAD = {
    "name": ("", "--name: The site needs a name."),
    "zone": ("Europe/Nowhere", "--zone: TIME_ZONE is 'Europe/Nowhere': give a name such as"),
    "admin": ("a b", "--admin: Enter a valid username"),
    "admin_email": ("somewhere", "--admin-email: Enter a valid email address"),
    "categories": ("nothing.json", r"--categories: nothing.json cannot be read \(No such file"),
}


@pytest.mark.parametrize("option", BAD)
def test_what_cannot_be_used_is_named_and_nothing_is_begun(capsys, var, option):
    value, sentence = BAD[option]

    with pytest.raises(CommandError, match=sentence):
        start(capsys, **{option: value})

    assert not get_user_model().objects.exists()
    assert not reading.stored().texts
    assert not Category.objects.exists()
    assert not list(var.iterdir())


def test_a_file_that_cannot_be_written_leaves_nothing_behind(capsys, var, monkeypatch):
    def refuse(*_folder, **_settings):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(localenv, "change", refuse)

    with pytest.raises(CommandError, match="Permission denied.*nothing was started"):
        start(capsys)

    assert not get_user_model().objects.exists()
    assert not Category.objects.exists()


def test_a_second_run_changes_nothing_and_says_so(capsys):
    start(capsys)

    with pytest.raises(CommandError, match="“El Correo” has been started here, and nothing"):
        start(capsys, name="Otro")
    assert start(capsys, name="Otro", if_new=True) == ""

    assert reading.stored().within("es").name == "El Correo"


def test_a_login_that_is_there_already_keeps_its_password(capsys):
    get_user_model().objects.create_superuser("jefa", password="chosen-by-her")

    said = start(capsys)

    assert "told only now" not in said
    assert get_user_model().objects.get().check_password("chosen-by-her")


def test_what_the_environment_says_wins(capsys, var, monkeypatch, settings):
    settings.TIME_ZONE = "Asia/Amman"
    monkeypatch.setenv("TIME_ZONE", "Asia/Amman")

    with pytest.raises(CommandError, match="TIME_ZONE is Asia/Amman in the environment"):
        start(capsys)
    start(capsys, zone="")

    assert "TIME_ZONE" not in localenv.read(var)


def test_the_demo_and_a_site_of_ones_own_never_share_a_database(capsys):
    demo.editor_password()
    with pytest.raises(CommandError, match="This database is the demo's"):
        start(capsys)

    get_user_model().objects.all().delete()
    start(capsys)
    with pytest.raises(CommandError, match="holds a newsroom's own site.*make demo"):
        call_command("load_demo")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[", "is no JSON"),
        ("[]", "give an object with “regions”, “sections” or both"),
        ({"regions": {}}, "the regions are no list"),
        ({"regions": [{"names": "Roma"}]}, "give it a “name” by language or a “territory”"),
        ({"regions": [{"territory": "QQ"}]}, "“QQ” is no territory"),
        ({"sections": [{"name": {"xx": "Roma"}}]}, "“xx” is no language"),
        ({"sections": [{"name": {"ar": "رأي"}}]}, "“رأي” has no name in the first language"),
        ({"sections": [{"name": {"es": " "}}]}, "is empty or has more than 100 letters"),
        ({"sections": [{"territory": "FR", "under": [{"territory": "DE"}]}]}, "under a section"),
        ({"regions": [{"territory": "FR", "stands_before_headlines": True}]}, "only a section"),
    ],
)
def test_a_file_of_categories_that_cannot_be_used_is_told_in_a_sentence(
    capsys, tmp_path, content, sentence
):
    path = tmp_path / "mine.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))

    with pytest.raises(CommandError, match=sentence):
        start(capsys, categories=str(path))

    assert not Category.objects.exists()


def test_a_file_of_ones_own_stands_in_its_own_order(capsys, tmp_path):
    path = tmp_path / "mine.json"
    towns = [{"name": {"es": "Vigo"}, "under": [{"name": {"es": "Bouzas"}}]}, {"territory": "PT"}]
    path.write_text(json.dumps({"regions": towns}))

    start(capsys, categories=str(path))

    names = [node.label for node in Category.tree(language="es").walk()]
    assert names == ["Vigo", "Bouzas", "Portugal"]


def test_categories_that_are_there_stay_alone(capsys):
    own = factories.CategoryFactory()

    start(capsys, categories="world")

    assert list(Category.objects.all()) == [own]


@pytest.mark.parametrize(
    ("error", "sentence"), [(EOFError, "The input has ended"), (KeyboardInterrupt, "Broken off")]
)
def test_who_answers_no_more_is_told_that_nothing_was_stored(monkeypatch, error, sentence):
    def no_answer(_question):
        raise error

    monkeypatch.setattr("builtins.input", no_answer)

    with pytest.raises(CommandError, match=f"{sentence}.*nothing was stored"):
        call_command("start_newsroom")

    assert not get_user_model().objects.exists()
