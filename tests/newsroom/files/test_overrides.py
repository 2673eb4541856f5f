import pytest
from django.conf import settings as site
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.template.engine import Engine

from newsroom.files import overrides
from newsroom.files.overrides import State, Unusable
from tests.newsroom.process import run

FOOTER = "templates/components/footer.html"


@pytest.fixture
def program(tmp_path, settings):
    """A program of one template and one picture, and a site without anything of its own."""
    settings.BASE_DIR, settings.SITE_DIR = tmp_path / "program", tmp_path / "site"
    for name, words in ((FOOTER, "<p>\n  Foot.\n</p>\n"), ("static/img/icon.svg", "<svg/>")):
        path = settings.BASE_DIR / name
        path.parent.mkdir(parents=True)
        path.write_text(words)
    return settings.BASE_DIR


def states():
    return {override.name: override.state for override in overrides.every()}


def warned():
    return [message.msg for message in run_checks() if message.id == "newsroom.W001"]


def test_a_file_is_copied_to_be_changed_and_stands_for_its_original(program, capsys):
    call_command("override", FOOTER, "static/img/icon.svg")

    assert (site.SITE_DIR / FOOTER).read_text() == "<p>\n  Foot.\n</p>\n"
    assert states() == {FOOTER: State.CURRENT, "static/img/icon.svg": State.CURRENT}
    assert not warned()


def test_one_whose_original_has_changed_since_is_named_until_somebody_has_looked(program, capsys):
    call_command("override", FOOTER)
    (program / FOOTER).write_text("<p>\n  Other.\n</p>\n")

    assert warned() == [f"{site.SITE_DIR / FOOTER}: the original has changed since."]
    call_command("override")
    call_command("override", FOOTER, changes=True)
    told = capsys.readouterr().out
    assert f"{FOOTER}: the original has changed since." in told
    assert "-  Foot.\n+  Other.\n" in told

    call_command("override", FOOTER, seen=True)
    assert not warned()


def test_one_that_was_put_there_by_hand_is_named_and_one_of_its_own_is_not(program):
    for name in (FOOTER, "templates/components/own.html"):
        (site.SITE_DIR / name).parent.mkdir(parents=True, exist_ok=True)
        (site.SITE_DIR / name).write_text("<p>")

    assert states() == {FOOTER: State.UNNOTED, "templates/components/own.html": State.OWN}
    assert len(warned()) == 1


def test_a_template_that_does_not_compile_is_named_with_its_line_and_the_reason(program):
    folder = site.SITE_DIR / "templates/components"
    folder.mkdir(parents=True)
    (folder / "broken.html").write_text("<p>\n  {% if a %}\n\n  {% endfor %}\n")
    (folder / "latin.html").write_bytes("Año".encode("latin-1"))
    (folder / "own.html").write_text("{% load articles i18n %}{% translate 'Home' %}")
    (folder / "broken.html~").write_text("{% if")

    broken, latin = sorted(m.msg for m in run_checks() if m.id == "newsroom.W002")

    assert broken.startswith(f"{folder}/broken.html, line 4: Invalid block tag on line 4: 'endfor'")
    assert latin.startswith(f"{folder}/latin.html: 'utf-8' codec can't decode")


def test_a_template_that_leads_to_one_that_is_not_there_is_named(program):
    folder = site.SITE_DIR / "templates"
    folder.mkdir(parents=True)
    for name, words in (
        ("a.html", '{% extends "no-base.html" %}'),
        ("b.html", '<p>\n{% if a %}{% include "no-part.html" %}{% endif %}'),
        ("c.html", '{% extends "a.html" %}{% block a %}{% include a %}{% endblock %}'),
    ):
        (folder / name).write_text(words)
    engine = Engine(dirs=[folder], loaders=site.TEMPLATES[0]["OPTIONS"]["loaders"])

    broken = [
        overrides.why_broken(overrides.Override(f"templates/{name}.html"), engine) for name in "abc"
    ]

    assert broken == [
        (1, "there is no template no-base.html"),
        (2, "there is no template no-part.html"),
        "",
    ]


def test_one_whose_original_is_gone_is_named(program):
    call_command("override", FOOTER)
    (program / FOOTER).unlink()

    assert states() == {FOOTER: State.GONE}
    overrides.note(overrides.named(FOOTER))
    assert states() == {FOOTER: State.OWN}


@pytest.mark.parametrize(
    "name",
    ["newsroom/settings.py", "templates/../newsroom/settings.py", "/etc/passwd", "templates"],
)
def test_nothing_but_a_template_or_a_static_file_has_another_in_its_place(program, name):
    with pytest.raises(Unusable, match="only a file of templates/ or static/"):
        overrides.named(name)


def test_a_file_that_is_not_there_and_one_that_was_begun_are_refused_in_a_sentence(program):
    with pytest.raises(CommandError, match="there is no such file"):
        call_command("override", "templates/no.html")
    call_command("override", FOOTER)
    (site.SITE_DIR / FOOTER).write_text("Mine.")
    with pytest.raises(CommandError, match="is there already: change that one"):
        call_command("override", FOOTER)
    assert (site.SITE_DIR / FOOTER).read_text() == "Mine."


def test_a_template_of_the_site_wins_and_can_take_over_the_one_that_it_stands_for(tmp_path):
    original = site.BASE_DIR / "templates"
    own = tmp_path / "templates"
    (own / "components").mkdir(parents=True)
    (own / "404.html").write_text('{% extends "404.html" %}{% block title %}Lost{% endblock %}')
    loaders = site.TEMPLATES[0]["OPTIONS"]["loaders"]

    engine = Engine(dirs=[own, original], loaders=loaders)

    template = engine.get_template("404.html")
    assert template.origin.name == str(own / "404.html")
    assert site.TEMPLATES[0]["DIRS"] == [site.SITE_DIR / "templates", original]


def test_a_static_file_of_the_site_wins_over_the_one_of_the_program(tmp_path):
    own = tmp_path / "site/static/css/site.css"
    own.parent.mkdir(parents=True)
    own.write_text("body{}")

    told = run("manage.py", "findstatic", "--first", "-v", "0", "css/site.css", folder=tmp_path)

    assert told.stdout.strip() == str(own)
