"""Wagtail with wagtail-cache, in an environment of its own: no part of this project depends on them."""

import os
import subprocess
import sys
from functools import cached_property
from pathlib import Path

from tests.bench import sites
from tests.bench.failures import NotMeasured
from tests.bench.servers import HOST, Server, granian, redis

PROJECT = Path(__file__).parent / "wagtail"
PINNED = PROJECT / "requirements.txt"
KEPT = sites.ROOT / "var" / "bench-wagtail"
"""The folder of its environment, which the next run finds again."""

UV = sites.ROOT / ".uv" / "bin" / "uv"


class WagtailSite:
    """A Wagtail site with the same story; its servers are stopped at the end of a part."""

    def __init__(self, stage, described):
        self.stage, self.folder = stage, stage.folder / "wagtail"
        self.folder.mkdir()
        self.python = _environment(KEPT)
        self.redis = stage.until_the_end(redis(self.folder))
        self.database_url = sites.database(stage.postgres, "wagtail")
        description = self.folder / "described.json"
        description.write_text(described)
        self.path = self._run("fill.py", str(description))

    def environment(self, **changes):
        return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": f"redis://{HOST}:{self.redis.port}/1",
            "COMPARISON_FOLDER": str(self.folder),
            "SITE_URL": f"http://{HOST}:8000",
            "PYTHONDONTWRITEBYTECODE": "1",
            **changes,
        }

    def serve(self, name, **variables):
        """Start Wagtail on the same web server, with the same flags."""
        command, port = granian("comparison.wsgi:application", python=self.python)
        server = Server(
            name,
            command,
            port=port,
            folder=self.folder,
            environment=self.environment(**variables),
            cwd=PROJECT,
        )
        return self.stage.until_the_part_ends(server).wait()

    @cached_property
    def queries(self):
        """How many statements the page takes when nothing is cached."""
        return int(self._run("count_queries.py", self.path))

    @cached_property
    def versions(self):
        lines = PINNED.read_text().splitlines()
        names = dict(line.split()[0].split("==") for line in lines if "==" in line.split(" ;")[0])
        return f"Wagtail {names['wagtail']} with wagtail-cache {names['wagtail-cache']}"

    def _run(self, *arguments):
        result = subprocess.run(
            [self.python, *arguments],
            cwd=PROJECT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            said = result.stderr.strip().splitlines()[-1:]
            raise NotMeasured(f"Wagtail's {arguments[0]} failed: {' '.join(said)}")
        return result.stdout.strip()


def _environment(folder):
    """Install what is pinned into a folder, if it is not there already, and return its Python."""
    python = folder / "bin" / "python"
    done = folder / "installed.txt"
    if done.exists() and done.read_bytes() == PINNED.read_bytes():
        return python
    commands = [
        [UV, "venv", "-q", "--clear", "--python", sys.base_prefix, folder],
        [UV, "pip", "sync", "-q", "--require-hashes", "--python", python, PINNED],
    ]
    for command in commands:
        _install(command)
    done.write_bytes(PINNED.read_bytes())
    return python


def _install(command):
    try:
        result = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMeasured(f"Wagtail cannot be installed: {error}") from error
    if result.returncode:
        said = result.stderr.strip().splitlines()[:1]
        raise NotMeasured(f"Wagtail cannot be installed: {' '.join(said)}")
