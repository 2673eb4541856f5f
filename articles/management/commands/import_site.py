from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.importers.site import BadSite, take_over


class Command(BaseCommand):
    help = (
        "Take over what another site had beside its stories: settings, biographies, own pages, menu and promotions. "
        "The stories, with their categories, come first. All of it is stored, or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the site.json of `export_articles`")

    def handle(self, *args, **options):
        path = options["file"]
        try:
            made = take_over(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{path} cannot be read ({error.strerror}).") from error
        except (BadSite, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: {error}") from error
        told = ", ".join(f"{number:,} {part}" for part, number in made.items())
        self.stdout.write(f"Taken over: the settings, {told}.")
