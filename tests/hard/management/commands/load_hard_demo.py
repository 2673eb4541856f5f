from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.models import Article
from newsroom.management.progress import Progress
from tests.hard import stories


class Command(BaseCommand):
    help = "Load the hard cases of a layout as stories; on a site that has stories already it does nothing."

    def handle(self, *args, **options):
        if Article.objects.exists():
            self.stdout.write("Hard cases: there are stories already.")
            return
        progress = Progress(self.stdout, label="Loading the hard cases")
        stories.build(now=timezone.now(), step=progress.step)
        progress.clear()
        self.stdout.write(f"Hard cases: {Article.objects.count()} stories.")
