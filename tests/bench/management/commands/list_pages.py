from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.models import Edition


class Command(BaseCommand):
    help = "Print the addresses of N stories that readers can see, each on a line of its own."

    def add_arguments(self, parser):
        parser.add_argument("pages", metavar="N", type=int, help="how many")

    def handle(self, *, pages, **_options):
        live = Edition.objects.live(at=timezone.now()).order_by("pk")
        for edition in live[:pages].iterator():
            self.stdout.write(edition.get_absolute_url())
