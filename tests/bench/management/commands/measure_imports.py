import json
import os
import tempfile
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.importers.run import Options, run
from articles.models import Article
from tests.bench import procfs

PARAGRAPHS = 12
WORDS = "The harbour waits for the ferry, and the ferry for the wind that the old captain has promised since Monday."


class Command(BaseCommand):
    help = (
        f"Import N generated stories of {PARAGRAPHS} paragraphs into an empty site: plan, import, import again unchanged, and "
        "verify; print the rate of each, with processor time and statements for each story, and the memory."
    )

    def add_arguments(self, parser):
        parser.add_argument("stories", metavar="N", type=int, help="how many stories to import")

    def handle(self, *, stories, **_options):
        if Article.objects.exists():
            raise CommandError("This site has stories: name an empty one with DATABASE_URL.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "stories.jsonl"
            path.write_text("\n".join(_line(number) for number in range(stories)))
            for name, mode in (
                *(("plan", "plan"), ("import", "apply")),
                *(("again, unchanged", "apply"), ("verify", "verify")),
            ):
                self.stdout.write(f"{name}: {_measured(path, mode, stories)}")


def _line(number):
    text = {
        "title": f"The ferry of day {number}",
        "body": f"<p>{WORDS} {number}</p>" * PARAGRAPHS,
        "published_at": "2017-11-30T12:00:00Z",
    }
    story = {"id": str(number), "source_language": "en", "editions": {"en": text}}
    story["bylines"] = [{"name": f"Author {number % 100}"}]
    story["tags"] = [f"Tag {number % divisor}" for divisor in (11, 101)]
    return json.dumps(story)


def _measured(path, mode, stories):
    statements = 0

    def counting(execute, *args):
        nonlocal statements
        statements += 1
        return execute(*args)

    started, used = time.monotonic(), time.process_time()
    with connection.execute_wrapper(counting):
        report = run([path], Options(mode=mode, publish=True))
    if report.has_failed:
        raise CommandError(str(report.results[0]))
    rate = stories / (time.monotonic() - started)
    used = (time.process_time() - used) * 1000 / stories
    memory = procfs.memory(os.getpid(), "VmHWM") / 1e6
    return f"{rate:,.0f} stories/s, {used:.1f} ms and {statements / stories:.1f} statements each, {memory:.0f} MB at most"
