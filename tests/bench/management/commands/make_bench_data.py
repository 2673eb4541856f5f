import time

from django.core.management.base import BaseCommand, CommandError

from tests.bench import archive, loading

LARGEST = 10_000_000


class Command(BaseCommand):
    help = (
        "Append N generated stories to the archive: short, published over ten years, one in "
        f"{archive.TRANSLATED_EVERY} in three languages, on shelves from very common to very rare. "
        "Story by story the same on every run; run again, it goes on where it stopped. For "
        "measuring: stop the site while it runs, and never run it on an archive that matters."
    )

    def add_arguments(self, parser):
        parser.add_argument("stories", metavar="N", type=int, help="how many stories to append")

    def handle(self, *, stories, **_options):
        if not 0 < stories <= LARGEST:
            raise CommandError(f"N is {stories}: it must lie between 1 and {LARGEST:,}.")
        started = time.monotonic()
        loading.load(stories, progress=self._bar(stories))
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{stories:,} stories appended in {seconds:.1f} s: {stories / seconds:,.0f} articles/s."
        )

    def _bar(self, stories):
        """Return what shows progress: on a terminal only, since a file would keep every step."""
        if not self.stderr.isatty():
            return None

        def show(done):
            end = "\n" if done == stories else ""
            self.stderr.write(
                f"\r{done:>12,} of {stories:,} ({done * 100 // stories} %)", ending=end
            )
            self.stderr.flush()

        return show
