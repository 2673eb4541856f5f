from pathlib import Path

from django.core.management.base import CommandError
from django.db import Error

from newsroom.backup import Refused, proving, restoring
from newsroom.management.progress import Progress
from newsroom.management.teaching import TeachingCommand

TEACHING = """
The archive goes into an empty database, as DATABASE_URL names it: an SQLite file that is not there yet, or a database of PostgreSQL that was
just made. All of it is there in the end, or nothing. With --verify the site stays as it is: the archive is
started in a temporary folder, and its pages are compared with those of the site.

  manage.py restore --verify /srv/newsroom.tar
  manage.py restore /srv/newsroom.tar
  manage.py restore backups/monday.tar --pictures backups/media
"""


class Command(TeachingCommand):
    help = "Bring database and pictures back from an archive of `backup`, or prove that it can be done."
    # The tables may not be there yet.
    requires_system_checks = ()
    requires_migrations_checks = False

    teaching = TEACHING

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="an archive that `backup` has written")
        parser.add_argument(
            "--pictures", type=Path, metavar="FOLDER", help="where the pictures lie, if not in it"
        )

        parser.add_argument(
            "--verify",
            action="store_true",
            help="prove the archive in a temporary folder; the site stays as it is",
        )

    def handle(self, *args, **options):
        path, pictures = options["file"], options["pictures"]
        progress = Progress(self.stdout, label="Restoring")
        try:
            told = restoring.read(path, pictures=pictures)
            if options["verify"]:
                proof = proving.prove(path, told)
            else:
                restoring.restore(path, told, pictures=pictures, step=progress.step)
        except Refused as error:
            raise CommandError(str(error)) from error
        except (OSError, Error) as error:
            words = " ".join(str(error).split())
            begin = "Nothing was verified" if options["verify"] else "Nothing was restored"
            raise CommandError(f"{begin}: {words}.") from error
        finally:
            progress.clear()
        rows = sum(table["rows"] for table in told["tables"].values())
        number = told["files"]["number"]
        self.stdout.write(f"{rows:,} rows and {number:,} pictures, as of {told['made_at']}.")
        if options["verify"]:
            self.stdout.write(
                f"It starts, and shows {proof.same:,} pages as the site does; {proof.changed:,} others have changed since."
            )
