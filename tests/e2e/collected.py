"""The static files as readers get them, for a browser: folded, named by their content, and looked for in one folder."""

import fcntl
import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from newsroom.files.static import NewsroomStaticFilesStorage

FOLDER = Path(os.environ["VAR_DIR"], "collected")


class Storage(NewsroomStaticFilesStorage):
    """Compresses nothing: that is most of the work, and on one machine it saves nobody anything."""

    def post_process_with_compression(self, files):
        yield from files


def as_settings():
    """Return the settings with which pages name these files."""
    storage = {"BACKEND": f"{__name__}.Storage"}
    return {"STATIC_ROOT": FOLDER, "STORAGES": settings.STORAGES | {"staticfiles": storage}}


@cache
def collect():
    """Collect the files, once for all processes of the run."""
    FOLDER.mkdir(exist_ok=True)
    with FOLDER.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / Storage.manifest_name).exists():
            with override_settings(**as_settings()):
                call_command("collectstatic", interactive=False, verbosity=0)


def serve():
    """Return a server of the site that gives these files as a site does, by its middleware."""
    collect()
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda site: site
    with override_settings(
        **as_settings(), WHITENOISE_USE_FINDERS=False, WHITENOISE_AUTOREFRESH=False
    ):
        server.start()
    return server
