from django.core.management.base import BaseCommand

from articles.actions import pairing
from articles.models import Pair
from newsroom.management.progress import Progress


class Command(BaseCommand):
    help = (
        "Compare all stories by names, numbers, pictures and days, and propose those that are likely one story in two languages. "
        "Nothing is joined: people answer under Pairs of stories in the admin."
    )

    def handle(self, *args, **options):
        progress = Progress(self.stdout, label="Reading")
        new = pairing.propose(step=lambda number: progress.step(f"{number:,} stories"))
        progress.clear()
        waiting = Pair.objects.open().count()
        self.stdout.write(f"{new:,} pairs proposed, {waiting:,} wait for an answer in the admin.")
