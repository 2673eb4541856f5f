from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from articles.management import naming_categories
from newsroom.languages import LANGUAGES
from newsroom.management.teaching import TeachingCommand

TEACHING = """
For a site that has got another language since it began: its categories have no name there, and readers see that of another
language. Those that are called as the ones of start_newsroom get the name that it has for them, or CLDR for a country.

A name that is there is never changed. What the site has named itself stays without one, is told, and gets it in the admin.
"""


class Command(TeachingCommand):
    help = "Name categories in languages that the site has got since it began."

    teaching = TEACHING

    def add_arguments(self, parser):
        parser.add_argument(
            "file",
            nargs="?",
            default="world",
            metavar="world|FILE.json",
            help="what start_newsroom was given as --categories; default: %(default)s",
        )

    def handle(self, *args, **options):
        try:
            number = naming_categories.fill(options["file"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Categories: {number} named.")
        for code, categories in naming_categories.missing().items():
            told = ", ".join(map(str, categories))
            self.stdout.write(f"Without a name in {LANGUAGES[code].name}: {told}.")
