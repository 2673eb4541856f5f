import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tests import postgres
from tests.bench import figures, report
from tests.bench.failures import NotMeasured
from tests.bench.sites import CommandFailed
from tests.bench.stage import Stage

PARTS = {
    "hits": "requests a second for a kept story: granian, nginx, Varnish, Wagtail",
    "misses": "processor time and queries of an uncached story, beside Wagtail's",
    "changes": "seconds from a change to the new bytes from every process and edge",
    "lists": "queries and milliseconds of every kind of page as the archive grows",
    "search": "milliseconds of the index of search as the archive grows",
    "sitemaps": "time and memory of the sitemaps as the archive grows",
    "live": "a story that is live in forty languages beside one in four: its page and its form",
    "known": "a site of four languages, of all that the code knows, beside code that knows these four",
    "memory": "memory of a web process after a large number of pages",
}
OTHER_WORK = "Load of the machine by other work, before the run began: {:.1f}."
SMALLEST = 20
"""Below this there is no story of each sort that is measured."""


class Command(BaseCommand):
    help = (
        "Measure the site on this machine and print tables as Markdown: "
        + "; ".join(f"{name}: {words}" for name, words in PARTS.items())
        + ". Everything it needs is made for this run and removed; an hour is not too much time for "
        "it, nor 6 GB of the temporary folder. It asserts nothing: what cannot be measured is named."
    )

    def add_arguments(self, parser):
        def count(name, default, words):
            parser.add_argument(name, type=_count, default=default, help=f"{words} [{default}]")

        parser.add_argument(
            "--parts", type=_parts, default=",".join(PARTS), help=f"any of {', '.join(PARTS)} [all]"
        )
        count("--rounds", 5, "how often to go over everything in turn")
        count("--seconds", 5, "of load on each server, a round")
        parser.add_argument(
            "--sizes",
            type=_sizes,
            default="1000,100000,1000000",
            help="of archives for lists, smallest first [1000,100000,1000000]",
        )
        count("--runs", 20, "requests for a page of lists, a round; uses of each story of live")
        count("--changes", 100, "how many changes to wait for")
        count("--pages", 100_000, "how many pages to ask for in memory")
        parser.add_argument(
            "--write",
            type=Path,
            metavar="FILE",
            help="also put each table between its pair of marks in FILE",
        )

    def handle(self, *, parts, write, **options):
        if write:
            self._look_for_places(parts, write)
        stage = Stage(options, say=lambda words: self.stderr.write(words))
        load = os.getloadavg()[0]
        # Servers in sessions of their own would outlive this process.
        before = signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
        try:
            for name in parts:
                self._measure(name, stage, write, load)
            self._tell(figures.NAME, figures.table(stage.figures), None)
            if write:
                self._write_figures(stage.figures, write)
        except (CommandFailed, postgres.PostgresMissingError) as error:
            raise CommandError(str(error)) from error
        finally:
            stage.take_down()
            signal.signal(signal.SIGTERM, before)

    def _measure(self, name, stage, write, load):
        try:
            text = import_module(f"tests.bench.parts.{name}").measure(stage)
        except NotMeasured as error:
            self.stdout.write(f"\nNot measured: {name}: {error}\n")
            return
        finally:
            stage.end_part()
        self._tell(name, f"{text}\n\n{OTHER_WORK.format(load)}", write)

    def _tell(self, name, text, write):
        """Print a table at once, and put it into its document: a later part may fail."""
        self.stdout.write(f"\n{name}\n\n{text}\n")
        self.stdout.flush()
        if write:
            self._change(write, lambda document: report.written(document, name, text))

    def _write_figures(self, measured, path):
        def put(document):
            old = report.between(document, figures.NAME)
            return report.written(document, figures.NAME, figures.table(measured, old=old))

        self._change(path, put)

    def _look_for_places(self, parts, path):
        """Fail before the work if a table has no place."""
        for name in [*parts, figures.NAME]:
            self._change(
                path, lambda document, name=name: (report.between(document, name), document)[1]
            )

    def _change(self, path, change):
        try:
            document = path.read_text(encoding="utf-8")
            changed = change(document)
            if changed != document:
                path.write_text(changed, encoding="utf-8")
        except (OSError, report.NoPlaceError) as error:
            raise CommandError(f"The table cannot stand in {path}: {error}.") from error


def _count(words):
    """Parse a number of 1 or more; argparse turns the error into one line."""
    if int(words) < 1:
        raise ValueError
    return int(words)


_count.__name__ = "number (1 or more)"


def _sizes(words):
    """Parse "1000,100000"."""
    sizes = [int(word) for word in words.split(",")]
    if sizes != sorted(set(sizes)) or sizes[0] < SMALLEST:
        raise ValueError
    return sizes


_sizes.__name__ = f"list of sizes (from {SMALLEST}, rising)"


def _parts(words):
    """Parse "hits,lists"."""
    parts = words.split(",")
    if not set(parts) <= PARTS.keys():
        raise ValueError
    return [name for name in PARTS if name in parts]


_parts.__name__ = f"list of parts ({', '.join(PARTS)})"
