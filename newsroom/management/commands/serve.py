from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from newsroom.management import demo


class Command(BaseCommand):
    help = "Run the site on this machine, for whoever works at it: web server and worker. The database is brought up to date first."

    def add_arguments(self, parser):
        parser.add_argument("--port", default=8000, help="default: %(default)s")

    def handle(self, *args, **options):
        port = demo.usable_port(options["port"], command="serve")
        call_command("migrate", verbosity=0)
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        demo.run(port, self._tell)

    def _tell(self, site):
        self.stdout.write(
            f"\n  The site    {site}\n  The admin   {site}admin/\n\n  Stop with Ctrl+C.\n"
        )
        self.stdout.flush()
