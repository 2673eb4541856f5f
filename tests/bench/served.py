"""A site that is served for measurements, as visitors would see it."""

import subprocess
import sys
import time

from tests.bench.servers import HOST, Server, granian
from tests.bench.sites import ROOT, Site

SITE = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    # news.example is how Varnish asks whether the site is well.
    "ALLOWED_HOSTS": f"{HOST},localhost,news.example,testserver",
    "SITE_URL": f"http://{HOST}:8000",
}
CACHED = {
    "PAGE_CACHE": "1",
    # As with EDGES: Varnish has to know the tags of a page.
    "CACHE_TAG_HEADER": "Surrogate-Key",
}


class ServedSite:
    """An empty site; what is started of it is stopped when a part of the benchmark ends."""

    def __init__(self, stage, name):
        self.stage = stage
        self.site = Site.create(stage.postgres, name, folder=stage.folder, **SITE)
        self.site.manage("collectstatic", "--noinput", "-v", "0")

    @property
    def folder(self):
        return self.site.folder

    def serve(self, name, *, application="newsroom.wsgi:application", flags=None, **variables):
        """Start the web server on this site; `flags` are those to change."""
        command, port = granian(application, **(flags or {}))
        environment = self.site.environment(**variables)
        server = Server(name, command, port=port, folder=self.folder, environment=environment)
        return self.stage.until_the_part_ends(server).wait()

    def keep_pages(self, **variables):
        """Start the process without which nginx does not serve from the page store."""
        log = self.folder / "keep_pages.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "keep_pages", "-v", "0"],
                cwd=ROOT,
                env=self.site.environment(**variables),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.stage.until_the_part_ends(_Background(process))
        # nginx looks for pages by this link only, which is there once the process has caught up.
        live, deadline = self.site.folder / "pages" / "live", time.monotonic() + 20
        while not live.is_symlink() and time.monotonic() < deadline:
            time.sleep(0.02)


class _Background:
    """A process that listens nowhere."""

    def __init__(self, process):
        self.process = process

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
