"""What the test process needs before Django's settings can be read: called by conftest.py, once.

One run uses one database: TEST_DATABASE=sqlite (the default) or TEST_DATABASE=postgresql.
`make test` makes a run with each.
"""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from tests import postgres
from tests.articles.exactness import drawn

SETTINGS_MODULE = "tests.settings"
DATABASES = ("sqlite", "postgresql")


class Environment:
    """A temporary folder, a database and the variables that lead the settings to them."""

    def __init__(self):
        self.server = None
        self.folder = None

    def start(self):
        """Set the variables; a worker of a parallel run inherits them, but for a database of its own."""
        if worker := os.environ.get("PYTEST_XDIST_WORKER"):
            self._start_in_worker(worker)
            return
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
        # WhiteNoise warns of a missing folder, and a warning fails a test.
        (self.folder / "static").mkdir()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
            "VAR_DIR": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "DATABASE_URL": self.database_url(),
            "SECRET_KEY": "only-for-tests-" * 4,
            "DEBUG": "0",
            "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
            "SITE_URL": "http://127.0.0.1:8000",
        }
        for name in (
            "LANGUAGES",
            "ONION_URL",
            "SITE_NAME",
            "TIME_ZONE",
            "MEDIA_URL",
            "BEHIND_PROXY",
            "BENCH",
            "HARD_DEMO",
        ):
            os.environ.pop(name, None)
        for name in ("DATABASE_REPLICAS", "MEDIA_STORAGE"):
            os.environ.pop(name, None)
        if seed := os.environ.get("EXACTNESS_SEED"):
            os.environ["LANGUAGES"] = ",".join(drawn.languages(seed))

    def _start_in_worker(self, worker):
        os.environ["PAGES_ROOT"] = f"{os.environ['VAR_DIR']}/pages-{worker}"
        if os.environ.get("TEST_DATABASE") == "postgresql":
            # Transactions of one database hold back what pages count as seen in all of its server.
            os.environ["DATABASE_URL"] = self.database_url()
            # In a worker, pytest has read the settings by now.
            settings.DATABASES["default"]["OPTIONS"]["host"] = str(self.server.folder)

    def database_url(self):
        """Return the address of this run's database, starting a PostgreSQL server if it is one."""
        chosen = os.environ.get("TEST_DATABASE", "sqlite")
        if chosen not in DATABASES:
            message = f"TEST_DATABASE is {chosen!r}: choose from {', '.join(DATABASES)}."
            raise SystemExit(message)
        if chosen == "sqlite":
            return f"sqlite:///{self.folder / 'newsroom.sqlite3'}"
        # No work of the server's own, for the same reason as in `_start_in_worker`.
        self.server = postgres.Server(options=["autovacuum=off"])
        return self.server.url

    def stop(self):
        """Stop the server and remove the folder, which a worker does not have."""
        if self.server:
            self.server.remove()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
