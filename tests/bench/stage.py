"""What parts of the benchmark share in one run: database server, folder, sites; made when first asked for."""

import json
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from tests import postgres
from tests.bench.comparison import WagtailSite
from tests.bench.failures import NotMeasured
from tests.bench.story import StorySite

ROOM = ("shared_buffers=1GB", "max_wal_size=16GB", "checkpoint_timeout=1h", "max_connections=200")
"""What PostgreSQL gets on a host of its own; with its defaults it waits for the disk at a million."""


class Stage:
    """`options` are those of the command; `say(words)` tells whoever waits how far it has come."""

    def __init__(self, options, *, say):
        self.options, self.say = options, say
        self._over, self._part = [], []
        self.figures = {}
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
        # nginx reads pages as a user of its own.
        self.folder.chmod(0o755)

    @cached_property
    def postgres(self):
        return self.until_the_end(postgres.Server(options=ROOM))

    @cached_property
    def story(self):
        self.say("Making a site with the stories of the demo …")
        return StorySite(self)

    @property
    def wagtail(self):
        """The Wagtail site with the same story; raises NotMeasured each time if there can be none."""
        if isinstance(self._wagtail, NotMeasured):
            raise self._wagtail
        return self._wagtail

    @cached_property
    def _wagtail(self):
        self.say("Making a Wagtail site with the same story …")
        try:
            return WagtailSite(self, json.dumps(self.story.described))
        except NotMeasured as error:
            return error

    def until_the_end(self, thing):
        """Stop a thing when the stage is taken down."""
        self._over.append(thing)
        return thing

    def until_the_part_ends(self, thing):
        """Stop a thing before the next part begins, which it would disturb."""
        self._part.append(thing)
        return thing

    def end_part(self):
        _stop(self._part)

    def take_down(self):
        _stop(self._part)
        _stop(self._over)
        shutil.rmtree(self.folder, ignore_errors=True)


def _stop(things):
    """Stop things, the last one first."""
    while things:
        # One that does not stop must not keep the others running.
        with suppress(OSError, subprocess.SubprocessError):
            things.pop().stop()
