"""`make check`: look at the code without running it. Every step runs, whatever the others say."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tools.messages import NOT_LOOKED

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
PROGRAMS = Path(PYTHON).parent
OWN_CODE = ("manage.py", "articles", "newsroom", "tests")
"""By name: ruff would rewrite the libraries in a folder that is no git clone, as .gitignore counts in clones only."""

SCRIPTS = "static/js"


def templates():
    return sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))


def steps():
    """Return (name, command) pairs in the order in which they run: the quickest first."""
    manage = [PYTHON, "manage.py"]
    return [
        ("style", [PROGRAMS / "ruff", "check", "--quiet", *OWN_CODE]),
        ("format", [PROGRAMS / "ruff", "format", "--check", "--quiet", *OWN_CODE]),
        ("templates", [PROGRAMS / "djade", "--check", "--target-version", "5.2", *templates()]),
        ("scripts", [PROGRAMS / "oxlint", "--quiet", SCRIPTS]),
        ("scripts' format", [PROGRAMS / "oxfmt", "--check", SCRIPTS]),
        ("types", [PROGRAMS / "mypy", "--cache-dir", "var/mypy"]),
        ("catalogues", [PYTHON, "-m", "newsroom.i18n.catalogues", "--check"]),
        ("words", [PYTHON, "-m", "tests.tools.messages", "--check"]),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run", "-v", "1"]),
        ("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"]),
        ("house rules", [PYTHON, "-m", "pytest", "-q", "tests/house_rules"]),
    ]


def production(folder):
    """Return the environment of a public site, so that the deployment check sees what runs there."""
    return os.environ | {
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3",
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "news.example",
        "SITE_URL": "https://news.example",
    }


def run(name, command, environment):
    """Run one step; print a line, and what the step said if it failed. Return whether it passed."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outcome = {0: "ok", NOT_LOOKED: "not looked at:"}.get(result.returncode, "FAILED")
    sys.stdout.write(f"{outcome:6} {name}\n")
    if result.returncode:
        sys.stdout.write(f"{result.stdout.rstrip()}\n")
    sys.stdout.flush()
    return outcome != "FAILED"


def main():
    with tempfile.TemporaryDirectory(prefix="newsroom-check-") as folder:
        environment = production(folder)
        results = [run(name, command, environment) for name, command in steps()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
