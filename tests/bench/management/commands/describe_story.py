import json

from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from articles.models import Article
from tests.bench import describing
from tests.pages import statements


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
        description = describing.described(article)
        edition = article.editions.get(language=describing.LANGUAGES[0])
        with statements() as captured:
            Client().get(edition.url)
        queries = len(captured.captured_queries)
        self.stdout.write(json.dumps({"address": edition.url, "queries": queries, **description}))
