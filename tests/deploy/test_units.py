"""The units of deploy/systemd as they are written; test_systemd.py starts them."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys

import pytest

from newsroom.languages import with_columns
from tests.deploy.programs import DEPLOY, changed, commands
from tests.docs.pages import text_of
from tests.newsroom.process import is_one_sentence

UNITS = sorted((DEPLOY / "systemd").glob("newsroom-*"))
SERVICES = [path for path in UNITS if path.suffix == ".service"]
PYTHON = "/usr/local/lib/newsroom/.venv/bin/python"

each_service = pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.stem)


def test_systemd_understands_every_line(tmp_path):
    for path in UNITS:
        text = path.read_text()
        (tmp_path / path.name).write_text(text.replace(PYTHON, sys.executable))
    paths = [tmp_path / path.name for path in UNITS]
    command = ["systemd-analyze", "verify", "--man=no", *map(str, paths)]

    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)

    assert (result.returncode, result.stdout + result.stderr) == (0, "")


@each_service
def test_a_service_writes_nowhere_but_in_its_own_folder(unit):
    lines = unit.read_text().splitlines()

    assert {"ProtectSystem=strict", "StateDirectory=newsroom", "User=newsroom"} <= set(lines)
    assert {"NoNewPrivileges=yes", "CapabilityBoundingSet="} <= set(lines)


@each_service
def test_every_service_is_protected_alike(unit):
    def protection(path):
        return path.read_text().partition("NoNewPrivileges")[2].partition("\n\n")[0].strip()

    assert protection(unit) == protection(SERVICES[0])


def test_what_runs_all_the_time_is_started_again():
    lasting = [unit for unit in SERVICES if "Type=exec" in unit.read_text()]

    assert {unit.stem for unit in lasting} == {
        "newsroom-pages",
        "newsroom-web",
        "newsroom-worker",
    }
    assert all("\nRestart=always\n" in unit.read_text() for unit in lasting)
    assert all("\nStartLimitIntervalSec=0\n" in unit.read_text() for unit in lasting)


def test_what_later_changes_addresses_is_asked_for_at_the_start():
    names = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "newsroom.env").read_text(), re.MULTILINE)

    assert {"TIME_ZONE", "LANGUAGES"} <= set(names)


def test_the_guide_names_every_unit():
    guide = text_of("reference/server.md")

    assert [path.name for path in UNITS if path.name.partition(".")[0] not in guide] == []


@pytest.fixture
def by_hand(tmp_path):
    """Return a function that runs deploy/manage with a text as the settings, without changing the user."""
    (tmp_path / "manage.py").write_text("import json, os; print(json.dumps(dict(os.environ)))")
    changes = {
        "/etc/newsroom.env": f"{tmp_path}/newsroom.env",
        "/usr/local/lib/newsroom": str(tmp_path),
        "setpriv --reuid newsroom --regid newsroom --init-groups": "env",
        ".venv/bin/python": sys.executable,
    }
    script = tmp_path / "manage"
    script.write_text(changed((DEPLOY / "manage").read_text(), changes))

    def run(text):
        if text is not None:
            (tmp_path / "newsroom.env").write_text(text)
        return subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)

    return run


def test_a_command_by_hand_reads_the_settings_as_systemd_does(by_hand):
    result = by_hand(SETTINGS)

    variables = json.loads(result.stdout)
    assert {name: variables[name] for name in READ} == READ
    assert "NOT_THIS" not in variables


@pytest.mark.parametrize("text", ["SECRET_KEY=\n", "SITE_NAME=x\n", ""])
def test_a_command_by_hand_without_a_secret_names_the_file_that_lacks_it(by_hand, text):
    result = by_hand(text)

    assert (result.returncode, result.stdout) == (1, "")
    assert "SECRET_KEY is not set" in result.stderr
    assert "newsroom.env" in result.stderr
    assert "make install" not in result.stderr


def test_a_command_by_hand_without_its_settings_is_a_sentence(by_hand):
    result = by_hand(None)

    assert result.returncode == 1
    assert is_one_sentence(result.stderr)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_an_ordinary_user_is_told_to_be_root_for_a_command_by_hand(by_hand, tmp_path):
    by_hand(SETTINGS)
    (tmp_path / "newsroom.env").chmod(0o600)
    nobody = ["setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps=-all"]
    script = "import sys; sys.argv = ['newsroom']; exec(sys.stdin.read())"
    text = (tmp_path / "manage").read_text()

    result = subprocess.run(
        [*nobody, "/usr/bin/env", "python3", "-c", script],
        input=text, capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip

    assert result.returncode == 1
    assert is_one_sentence(result.stderr)
    assert "sudo newsroom" in result.stderr


SETTINGS = r"""# NOT_THIS=1
SECRET_KEY=x
; NOT_THIS=1

PLAIN=s3://bucket/folder?region=eu-west-1&endpoint=https://s3.example;x
DOLLAR=$PATH`id`$(id)
SPACE=The Example  # of all
  INDENTED = both
DOUBLE="The \"Example\" & 'more' \$5 \n"
SINGLE='It "is" $5 \n'
INSIDE=The "Example" isn't
BACK\
SLASH=a\ b\\c
EMPTY=
"""
READ = {
    "PLAIN": "s3://bucket/folder?region=eu-west-1&endpoint=https://s3.example;x",
    "DOLLAR": "$PATH`id`$(id)",
    "SPACE": "The Example  # of all",
    "INDENTED": "both",
    "DOUBLE": "The \"Example\" & 'more' $5 \\n",
    "SINGLE": 'It "is" $5 \\n',
    "INSIDE": 'The "Example" isn\'t',
    "BACKSLASH": "a b\\c",
    "EMPTY": "",
}


def test_the_page_without_the_site_may_have_its_own_style_and_nothing_else():
    page = (DEPLOY / "pages/newsroom-unavailable.html").read_text()
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"\"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'\""

    assert policy in (DEPLOY / "nginx/snippets/newsroom-server.conf").read_text()
    assert policy in (DEPLOY / "varnish/newsroom.vcl").read_text()


def test_the_page_without_the_site_leads_to_the_front_page_of_each_language():
    page = (DEPLOY / "pages/newsroom-unavailable.html").read_text()

    assert re.findall(r'<a href="/(\w+)/">', page) == list(with_columns())


def test_a_command_of_the_day_is_one_that_exists():
    from django.core.management import get_commands

    started = commands(DEPLOY / "systemd/newsroom-daily.service")
    names = {line.removeprefix(f"{PYTHON} manage.py ").split()[0] for line in started}

    assert names - get_commands().keys() == set()
    assert len(names) == len(started)
