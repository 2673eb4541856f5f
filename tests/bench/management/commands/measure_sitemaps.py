import json
import os
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client

from tests.bench import procfs
from tests.pages import kept_in_memory

INDEX, NEWS = "/sitemap.xml", "/news-sitemap.xml"
PLACE = re.compile(rb"<loc>([^<]+)</loc>")


class Command(BaseCommand):
    help = (
        "Measure the sitemaps of this site, which make_bench_data has filled: time and memory of the index, and of all "
        "files that it names, one after the other. `bench` does this at several sizes."
    )

    def handle(self, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL is measured: set DATABASE_URL.")
        with kept_in_memory():
            files = _named(INDEX)
            _ask(files[-1])  # what is imported and compiled at first
            index, news = _measured([INDEX]), _measured(_named(NEWS))
            everything = _measured(files)
            largest = max(everything["sizes"], key=everything["sizes"].get)
            measured = {
                "index": index,
                "news": news,
                "largest file": _measured([largest]),
                "all files": everything,
            }
        self.stdout.write(json.dumps(measured))


def _measured(paths):
    """Return what it takes to answer with these files, one after the other."""
    # Linux forgets the most memory that this process ever had.
    Path("/proc/self/clear_refs").write_text("5")
    addresses, sizes = 0, {}
    started = time.process_time()
    for path in paths:
        text = _ask(path)
        addresses += len(PLACE.findall(text))
        sizes[path] = len(text)
    return {
        "sizes": sizes,
        "addresses": addresses,
        "cpu": (time.process_time() - started) * 1000,
        "memory": procfs.memory(os.getpid(), "VmHWM"),
    }


def _named(path):
    """Return the paths that an index names."""
    return [urlsplit(place.decode()).path for place in PLACE.findall(_ask(path))]


def _ask(path):
    answer = Client().get(path)
    if answer.status_code != 200:
        raise CommandError(f"{path} answers {answer.status_code}.")
    return answer.content
