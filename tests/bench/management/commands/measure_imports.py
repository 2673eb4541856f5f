import os
import tempfile
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.importers.run import Options, run
from articles.models import Article
from tests.bench import exports, procfs


class Command(BaseCommand):
    help = (
        f"Import N generated stories of {exports.PARAGRAPHS} paragraphs into an empty site: plan, import, import again unchanged, and "
        "verify; print the rate of each, with processor time and statements for each story, and the memory."
    )

    def add_arguments(self, parser):
        parser.add_argument("stories", metavar="N", type=int, help="how many stories to import")
        parser.add_argument(
            "--format",
            choices=list(exports.FORMATS),
            default="wxr",
            help="of the file that is imported (default: wxr)",
        )

    def handle(self, *, stories, format, **_options):
        if Article.objects.exists():
            raise CommandError("This site has stories: name an empty one with DATABASE_URL.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"stories.{format}"
            exports.write(path, format, stories)
            for name, mode in (
                *(("plan", "plan"), ("import", "apply")),
                *(("again, unchanged", "apply"), ("verify", "verify")),
            ):
                self.stdout.write(f"{name}: {_measured(path, mode, stories)}")


def _measured(path, mode, stories):
    statements = 0

    def counting(execute, *args):
        nonlocal statements
        statements += 1
        return execute(*args)

    started, used = time.monotonic(), time.process_time()
    with connection.execute_wrapper(counting):
        report = run([path], Options(mode=mode, publish=True, create_categories=True))
    if report.has_failed:
        raise CommandError(str(report.results[0]))
    rate = stories / (time.monotonic() - started)
    used = (time.process_time() - used) * 1000 / stories
    memory = procfs.memory(os.getpid(), "VmHWM") / 1e6
    return f"{rate:,.0f} stories/s, {used:.1f} ms and {statements / stories:.1f} statements each, {memory:.0f} MB at most"
