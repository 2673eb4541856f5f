import json

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from tests.bench import describing, measuring
from tests.bench.pages import Page


class Command(BaseCommand):
    help = (
        "Write down, as JSON, the demo story whose page `bench` measures, and all that its page "
        "shows, so that another system can be filled with the same. Needs the stories of load_demo."
    )

    def handle(self, **_options):
        try:
            article = describing.story_of_the_demo()
        except Article.DoesNotExist as error:
            raise CommandError("No demo stories here: run load_demo first.") from error
        found = describing.described(article)
        edition = article.editions.get(language=describing.LANGUAGES[0])
        queries = len(measuring.statements(Page("story", edition.url)))
        self.stdout.write(json.dumps({"address": edition.url, "queries": queries, **found}))
