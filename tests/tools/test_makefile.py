"""The commands of the Makefile touch the project's own files, and nothing that was installed."""

import os
import re
import subprocess
from pathlib import Path

from tests.house_rules.source import ROOT
from tests.tools import check

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def variable(name, **environment):
    """Return what the commands of the Makefile are given as a variable of the environment."""
    kept = {key: value for key, value in os.environ.items() if key != name}
    command = ["make", "-s", f"--eval=shown: ; @echo $${name}", "shown"]
    return subprocess.run(
        command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_ruff_is_given_the_projects_own_folders_by_name():
    lines = re.findall(r"-m ruff (?:format|check) .*", MAKEFILE)
    steps = [command for _name, command in check.steps() if "ruff" in str(command[0])]

    assert lines
    assert all(line.endswith(" $(OWN_CODE)") for line in lines)
    assert f"OWN_CODE := {' '.join(check.OWN_CODE)}\n" in MAKEFILE
    assert all(tuple(command[-len(check.OWN_CODE) :]) == check.OWN_CODE for command in steps)


def test_every_folder_with_code_is_among_them():
    with_code = {
        path.name
        for path in ROOT.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }

    assert with_code == set(check.OWN_CODE)


def test_what_this_machine_trusts_is_trusted_by_uv():
    has_store = any(Path("/etc/ssl/certs").glob("*")) or Path("/etc/ssl/cert.pem").exists()

    assert variable("UV_SYSTEM_CERTS") == ("1" if has_store else "")
    assert variable("UV_SYSTEM_CERTS", UV_SYSTEM_CERTS="0") == "0"


def test_modules_are_compiled_once_whatever_this_machine_says():
    assert variable("PYTHONDONTWRITEBYTECODE", PYTHONDONTWRITEBYTECODE="1") == ""


def test_the_demo_has_its_own_languages_and_database_whatever_this_machine_says():
    own = re.search(r"^OWN_SETTINGS := (.+)$", MAKEFILE, re.MULTILINE)[1].split()

    assert {"LANGUAGES", "DATABASE_URL"} <= {*own}


def test_a_new_start_keeps_what_people_made(tmp_path):
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    kept = ["var/newsroom.sqlite3", "var/media/a.jpg", "var/local.env", "manage.py"]
    gone = [".uv/version-1", ".venv/installed-runtime", "var/catalogues-compiled"]
    for name in [*kept, *gone]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    subprocess.run(["make", "-s", "clean"], cwd=tmp_path, check=True)

    assert [name for name in [*kept, *gone] if (tmp_path / name).exists()] == kept
    assert not (tmp_path / ".venv").exists()


def test_the_development_server_brings_the_database_up_to_date_first():
    recipe = MAKEFILE.split("\nrun: ")[1].split("\n\n")[0]

    assert recipe.index("manage.py migrate") < recipe.index("manage.py runserver")


def test_the_libraries_of_an_extra_stay_until_they_are_taken_away(tmp_path):
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (tmp_path / ".venv").mkdir()

    def lock(*arguments):
        command = ["make", "-s", "--eval=shown: ; @echo $(LOCK)", "shown", *arguments]
        return subprocess.check_output(command, cwd=tmp_path, text=True).strip()

    assert lock() == "requirements.txt"
    assert lock("EXTRA=s3") == "requirements-s3.txt"
    (tmp_path / ".venv/installed-s3").touch()
    assert lock() == "requirements-s3.txt"
    assert lock("EXTRA=") == "requirements.txt"


def test_the_locks_name_the_same_versions():
    runtime, s3, development = (
        set(re.findall(r"^[\w.-]+==[\w.]+", (ROOT / name).read_text(encoding="utf-8"), re.M))
        for name in ("requirements.txt", "requirements-s3.txt", "requirements-dev.txt")
    )

    assert runtime < s3 < development
    assert not any(line.startswith(("boto3", "django-storages")) for line in runtime)
