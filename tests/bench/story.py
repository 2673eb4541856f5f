"""The site with the stories of the demo: the page of one of them is what is measured."""

import json
from functools import cached_property

from tests.bench import bare, targets
from tests.bench.served import ServedSite

WANTED = {"br": "br", "gzip": "gzip", "identity": "identity"}


class StorySite(ServedSite):
    """A story in three languages, with pictures in all their renditions, and neighbours."""

    def __init__(self, stage):
        super().__init__(stage, "demo")
        self.site.manage("load_demo", capture=True)
        self.site.manage("db_worker", "--batch", "--interval", "0", "-v", "0", capture=True)

    @cached_property
    def described(self):
        """The story and what its page shows; see describing.py."""
        return json.loads(self.site.manage("describe_story", capture=True))

    @property
    def path(self):
        return self.described["address"]

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
