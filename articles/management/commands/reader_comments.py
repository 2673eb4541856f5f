import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.actions import commenting
from articles.exporters.comments import as_data


class Command(BaseCommand):
    help = (
        "Write all comments that were written with a mail address, as JSON, for the reader who asks for them. "
        "With --erase they are deleted for good after that."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address that the reader gave")
        parser.add_argument("--erase", action="store_true", help="delete them for good")

    def handle(self, *args, email, erase, **options):
        comments = list(commenting.written_with(email))
        if not comments:
            message = f"No comment was written with {email!r}: ask the reader for the address that they gave."
            raise CommandError(message)
        self.stdout.write(
            json.dumps(as_data(comments, at=timezone.now()), ensure_ascii=False, indent=2)
        )
        if erase:
            number = commenting.erase_all(email)
            self.stderr.write(self.style.SUCCESS(f"Erased for good: {number}."))
