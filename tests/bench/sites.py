"""Sites for one measurement each: a database of their own, and commands run as on a real site."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.bench.measuring import Samples

ROOT = Path(__file__).resolve().parents[2]
LEFT_TO_DEFAULTS = (
    *("LANGUAGES", "SITE_NAME", "TIME_ZONE", "MEDIA_URL", "BEHIND_PROXY", "EDGES", "PAGES_ROOT"),
    *("REPLICA_URLS", "CACHE_TAG_HEADER", "PAGE_CACHE_MEMORY"),
)


def database(server, name):
    """Make an empty database and return its address."""
    with psycopg.connect(f"host={server.folder} user=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://postgres@/{name}?host={server.folder}"


class CommandFailed(Exception):
    """A command on one of the sites failed; it has said why."""


@dataclass(frozen=True)
class Site:
    """An empty site on a PostgreSQL server, with `folder` for its files and variables of its own."""

    name: str
    database_url: str
    folder: Path
    variables: dict = field(default_factory=dict)

    @classmethod
    def create(cls, server, name, *, folder, **variables):
        site = cls(name, database(server, f"newsroom_{name}"), folder / name, variables)
        site.manage("migrate", "--verbosity", "0")
        return site

    def measure(self, *, runs):
        """Return kind of page -> Samples."""
        said = self.manage("measure_pages", "--json", "--runs", str(runs), capture=True)
        return {kind: Samples(**samples) for kind, samples in json.loads(said).items()}

    def manage(self, *arguments, capture=False):
        """Run a command of manage.py on this site; return what it said if that is captured."""
        return self.run("manage.py", *arguments, capture=capture)

    def run(self, *arguments, capture=False):
        """Run a program of Python on this site; return what it said if that is captured."""
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE if capture else None,
            text=True,
            check=False,
        )
        if result.returncode:
            raise CommandFailed(f"{' '.join(arguments[:2])} failed on the site {self.name}.")
        return result.stdout

    def environment(self, **changes):
        """Return the variables of a plain site: no debugging, and no cache that would hide a cost."""
        plain = {name: value for name, value in os.environ.items() if name not in LEFT_TO_DEFAULTS}
        return plain | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": self.database_url,
            "PAGE_CACHE": "0",
            "VAR_DIR": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "SECRET_KEY": "only-for-measurements-" * 3,
            "ALLOWED_HOSTS": "testserver",
            "SITE_URL": "http://127.0.0.1:8000",
            "DEBUG": "0",
            "BENCH": "1",
            **self.variables,
            **changes,
        }
