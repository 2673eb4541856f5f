import os
import platform
import tempfile
from pathlib import Path

import django
import psycopg
from django.core.management.base import BaseCommand, CommandError

from tests import postgres
from tests.bench import report
from tests.bench.sites import CommandFailed, Site

SMALLEST = 20
"""Below this there is no story of each sort that is measured."""


ROOM = ("shared_buffers=1GB", "max_wal_size=16GB", "checkpoint_timeout=1h")
"""What PostgreSQL gets on a host of its own; with its defaults it waits for the disk at a million."""


class Command(BaseCommand):
    help = (
        "Measure every kind of public page on generated archives of several sizes, each in a "
        "PostgreSQL database that exists for this run only, and print queries and milliseconds as a "
        "Markdown table. A million stories take some minutes and about 5 GB of the temporary folder."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--sizes",
            type=_sizes,
            default="1000,100000,1000000",
            help="how many stories, smallest first [1000,100000,1000000]",
        )
        parser.add_argument(
            "--runs", type=int, default=20, help="requests for a page, a round [20]"
        )
        parser.add_argument(
            "--rounds", type=int, default=3, help="how often to go over all sizes in turn [3]"
        )
        parser.add_argument(
            "--write",
            type=Path,
            metavar="FILE",
            help="also put the table between the marks of FILE",
        )

    def handle(self, *, sizes, runs, rounds, write, **_options):
        if min(runs, rounds) < 1:
            raise CommandError("--runs and --rounds must be 1 or more.")
        if write:
            self._put("", write)
        try:
            text = self._measured(sizes, runs=runs, rounds=rounds)
        except (CommandFailed, postgres.PostgresMissingError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"\n{text}")
        if write:
            self._put(text, write)

    def _measured(self, sizes, *, runs, rounds):
        """Return the table with its conditions."""
        server = postgres.Server(options=ROOM)
        try:
            with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
                sites = [self._filled(server, size, Path(folder)) for size in sizes]
                found = self._samples(sites, runs=runs, rounds=rounds)
            conditions = _conditions(server, count=runs * rounds)
        finally:
            server.remove()
        return f"{report.table(found, sizes=sizes)}\n\n{conditions}"

    def _filled(self, server, size, folder):
        self.stderr.write(f"Making a site of {size:,} stories …")
        site = Site.create(server, size=size, folder=folder)
        site.manage("make_bench_data", str(size))
        return site

    def _samples(self, sites, *, runs, rounds):
        """Return size -> kind -> Samples; each round measures all sizes, so that all share a bad hour."""
        found = {}
        for number in range(1, rounds + 1):
            for site in sites:
                self.stderr.write(f"Round {number} of {rounds}: {site.size:,} stories …")
                samples = site.measure(runs=runs)
                if site.size not in found:
                    found[site.size] = samples
                    continue
                for kind, more in samples.items():
                    found[site.size][kind].add(more)
        return found

    def _put(self, text, path):
        """Write the table into its document; called first without one, to fail before the work."""
        try:
            document = path.read_text(encoding="utf-8")
            changed = report.written(document, text)
            if text:
                path.write_text(changed, encoding="utf-8")
        except (OSError, report.NoPlaceError) as error:
            message = f"The table cannot stand in {path}: {error}."
            raise CommandError(message) from error


def _sizes(words):
    """Parse "1000,100000"; argparse turns the error into one line."""
    sizes = [int(word) for word in words.split(",")]
    if sizes != sorted(set(sizes)) or sizes[0] < SMALLEST:
        raise ValueError
    return sizes


_sizes.__name__ = f"list of sizes (from {SMALLEST}, rising)"


def _conditions(server, *, count):
    with psycopg.connect(f"host={server.folder} user=postgres") as connection:
        version = connection.info.parameter_status("server_version")
    return (
        f"Medians of {count} requests, by Django {django.get_version()} on Python "
        f"{platform.python_version()} and PostgreSQL {version}, on one machine with "
        f"{os.cpu_count()} processors."
    )
