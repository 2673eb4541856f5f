import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from tests.bench import live
from tests.pages import kept_in_memory


class Command(BaseCommand):
    help = (
        "Fill this empty site with a story in four languages and one in all of them, and measure their pages and "
        "forms. `bench` does this with four languages and with forty."
    )

    def add_arguments(self, parser):
        parser.add_argument("--runs", type=int, default=20, help="of each, in turn [20]")

    def handle(self, *, runs, **options):
        if Article.objects.exists():
            raise CommandError("Only an empty site is measured: there are stories here.")
        stories = live.fill()
        with kept_in_memory():
            by_kind = live.measure(stories, runs=runs)
        told = {
            kind: {number: asdict(cost) for number, cost in costs.items()}
            for kind, costs in by_kind.items()
        }
        self.stdout.write(json.dumps(told))
