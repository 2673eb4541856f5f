"""`make check`: look at the code without running it. Every step runs, whatever the others say."""

import os
import secrets
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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


def run(command, environment):
    """Run one step; return its status and what it said."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout.rstrip()


def tell(name, status, words):
    """Print a line, and what the step said if it failed. Return whether it passed."""
    outcome = {0: "ok", NOT_LOOKED: "not looked at:"}.get(status, "FAILED")
    sys.stdout.write(f"{outcome:6} {name}\n")
    if status:
        sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
    return outcome != "FAILED"


def main():
    names, commands = zip(*steps(), strict=True)
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-check-") as folder,
        # Two at a time: as many as any machine has processors.
        ThreadPoolExecutor(2) as pool,
    ):
        results = pool.map(partial(run, environment=production(folder)), commands)
        passed = [tell(name, *result) for name, result in zip(names, results, strict=True)]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
