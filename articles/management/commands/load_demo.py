from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.importers.run import Options, run
from articles.management import demo_categories, demo_comments, demo_promotion, demo_site, one_site
from newsroom.management.progress import Progress

STORIES = Path(__file__).resolve().parents[2] / "demo"


class Command(BaseCommand):
    help = (
        "Load the demo stories, with their pictures, a promotion if there is none, and on a site without any category those that they are filed under. "
        "A story that is here already is left alone. Refused where somebody has begun a site of their own."
    )

    def handle(self, *args, **options):
        one_site.refuse_own_site()
        demo_categories.refuse_other_languages()
        demo_categories.create()
        progress = Progress(self.stdout, label="Loading the demo stories")
        report = run(
            [STORIES],
            Options(source=one_site.SOURCE, publish=True),
            step=lambda result: progress.step(result.name),
        )
        demo_comments.create()
        progress.clear()
        for result in report.results:
            for problem in result.problems:
                self.stderr.write(self.style.ERROR(f"{result.name}: {problem}"))
        self.stdout.write(f"Demo stories: {report.summary()}")
        demo_promotion.create()
        demo_site.create()
        if report.has_failed:
            raise CommandError("Some demo stories could not be loaded; they are named above.")
