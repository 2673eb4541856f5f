import json

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.models import SearchEntry
from tests.bench import questions


class Command(BaseCommand):
    help = (
        "Measure the index of search on an empty site, which is filled with generated words first. "
        "`bench` does this at several sizes."
    )

    def add_arguments(self, parser):
        parser.add_argument("stories", type=int, help="how many entries the index is to hold")
        parser.add_argument("--runs", type=int, default=20, help="how often to ask each [20]")

    def handle(self, *, stories, runs, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL is measured: set DATABASE_URL.")
        if not SearchEntry.objects.exists():
            questions.load(stories, say=self.stderr.write)
        questions.measure(2)  # what is read for the first time waits for the disk
        measured = {"times": questions.measure(runs), "costs": questions.costs(runs)}
        self.stdout.write(json.dumps(measured))
