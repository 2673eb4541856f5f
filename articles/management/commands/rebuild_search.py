from articles.derived import search
from newsroom.management.progress import Progress
from newsroom.management.teaching import TeachingCommand

TEACHING = """
Search follows every change by itself: whoever publishes, renames or imports need not run this. It is for a site that had
stories before it had search, and for a release that reads words in another way; the notes of a release say so.

Readers go on to search meanwhile. It writes in batches, and only what is not as it should be: it can be stopped at any
moment, and one that is run again passes over what is done. Memory does not grow with the archive.
"""


class Command(TeachingCommand):
    help = "Make the index of search anew where it is not as it should be."

    teaching = TEACHING

    def handle(self, *args, **options):
        progress = Progress(self.stdout, label="Looking at stories")
        changed = search.rebuild(progress.step)
        progress.clear()
        self.stdout.write(f"Stories: {progress.count} looked at, {changed} entries written.")
