from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import Error
from django.utils import timezone

from newsroom.backup import Refused, making
from newsroom.management.progress import Progress
from newsroom.management.teaching import TeachingCommand

TEACHING = """
The archive is of one moment, while everybody goes on to write, and of no special database: what SQLite held goes into PostgreSQL, and back.
It holds everybody's addresses: keep it as you keep the database.

  manage.py backup
  manage.py backup /srv/newsroom.tar
  manage.py backup backups/monday.tar --pictures backups/media
  manage.py restore --verify /srv/newsroom.tar
"""


class Command(TeachingCommand):
    help = "Write database and pictures into one archive, with checksums."

    teaching = TEACHING

    def add_arguments(self, parser):
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="default: backups/ in VAR_DIR, with the moment as its name",
        )
        parser.add_argument(
            "--pictures",
            type=Path,
            metavar="FOLDER",
            help="keep the pictures in this folder, once for all archives, and not in the archive",
        )

    def handle(self, *args, **options):
        now = timezone.now()
        path = options["file"] or settings.VAR_DIR / "backups" / f"{now:%Y%m%dT%H%M%SZ}.tar"
        if path.exists():
            raise CommandError(f"{path} is there already: name another file, or take it away.")
        progress = Progress(self.stdout, label="Backing up")
        try:
            told = making.make(path, pictures=options["pictures"], step=progress.step)
        except Refused as error:
            raise CommandError(str(error)) from error
        except (OSError, Error) as error:
            words = " ".join(str(error).split())
            raise CommandError(f"No archive was made: {words}.") from error
        finally:
            progress.clear()
        files, rows = told["files"], sum(table["rows"] for table in told["tables"].values())
        for name in files["missing"]:
            self.stderr.write(f"{name} is not in the archive: its row is there, and no file.")
        number = files["number"]
        self.stdout.write(f"{path}: {rows:,} rows and {number:,} pictures.")
