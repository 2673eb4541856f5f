import json

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from tests.bench import known


class Command(BaseCommand):
    help = (
        "Fill this empty site with stories in four languages, and count what its pages and forms take. `bench` does this "
        "with code that knows all languages and with code that knows these four."
    )

    def handle(self, **options):
        if Article.objects.exists():
            raise CommandError("Only an empty site is measured: there are stories here.")
        taken = known.measure()
        columns, whole, own = known.sizes()
        self.stdout.write(
            json.dumps({"calls": taken, "columns": columns, "whole": whole, "own": own})
        )
