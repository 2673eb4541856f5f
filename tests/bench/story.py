"""The demo's own site for measurements: one story, in three languages, with pictures and neighbours."""

import json
import subprocess
import sys
from functools import cached_property

from tests.bench import bare, targets
from tests.bench.servers import HOST, Server, granian
from tests.bench.sites import ROOT, Site

SITE = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    "LANGUAGES": "en,es,pt",
    # news.example is how Varnish asks whether the site is well.
    "ALLOWED_HOSTS": f"{HOST},localhost,news.example,testserver",
    "SITE_URL": f"http://{HOST}:8000",
}
CACHED = {"PAGE_CACHE": "1", "CACHE_URL": "locmemcache://"}
WANTED = {"br": "br", "gzip": "gzip", "identity": "identity"}


class StorySite:
    """A site with the stories of the demo and all renditions; its servers are stopped at the end of a part."""

    def __init__(self, stage):
        self.stage, self.folder = stage, stage.folder
        self.site = Site.create(stage.postgres, "demo", folder=self.folder, **SITE)
        self.site.manage("collectstatic", "--noinput", "-v", "0")
        self.site.manage("load_demo", capture=True)
        self.site.manage("db_worker", "--batch", "--interval", "0", "-v", "0", capture=True)

    @cached_property
    def described(self):
        """The story and what its page shows; see describing.py."""
        return json.loads(self.site.manage("describe_story", capture=True))

    @property
    def path(self):
        return self.described["address"]

    def serve(self, name, *, application="newsroom.wsgi:application", flags=None, **variables):
        """Start the web server on this site."""
        command, port = granian(application, **(flags or {}))
        environment = self.site.environment(**variables)
        return self.start(
            Server(name, command, port=port, folder=self.folder, environment=environment)
        )

    def start(self, server):
        return self.stage.until_the_part_ends(server).wait()

    def page(self):
        """Return the bytes of the story's page, as Django renders them without any cache."""
        server = self.serve("page")
        try:
            return targets.ask(server.port, self.path).body
        finally:
            server.stop()

    def bare(self, port):
        """Start a bare function that answers as the server on `port` does."""
        path = self.folder / "answers.json"
        answers = {
            name: targets.ask(port, self.path, {"Accept-Encoding": accepted})
            for name, accepted in WANTED.items()
        }
        bare.keep(path, answers)
        return self.serve(
            "bare", application="tests.bench.bare:application", BENCH_ANSWERS=str(path)
        )

    def keep_pages(self, **variables):
        """Start the process without which nginx does not serve from the page store."""
        pages = self.site.folder / "pages"
        pages.mkdir(exist_ok=True)
        # As the unit does; nginx looks for pages behind this name only.
        if not (pages / "live").is_symlink():
            (pages / "live").symlink_to("www")
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


class _Background:
    """A process that listens nowhere."""

    def __init__(self, process):
        self.process = process

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
