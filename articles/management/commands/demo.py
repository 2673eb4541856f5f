from contextlib import suppress

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.management import one_site
from newsroom.management import demo


class Command(BaseCommand):
    help = "Show the whole site on this machine: database, demo stories, web server and worker."

    def add_arguments(self, parser):
        parser.add_argument("--port", default=8000, help="default: %(default)s")
        parser.add_argument(
            "--load",
            default="load_demo",
            metavar="COMMAND",
            help="the command that loads the stories; default: %(default)s",
        )

    def handle(self, *args, **options):
        port = demo.usable_port(options["port"], command="demo")
        call_command("migrate", verbosity=0)
        one_site.refuse_own_site()
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        # First: by this login a database is known to be the demo's.
        password = demo.editor_password()
        call_command(options["load"], stdout=self.stdout, stderr=self.stderr)
        # What a demo that was stopped in the middle has not made.
        with suppress(CommandError):  # a lost file has been named, and the demo goes on
            call_command("render_images", stdout=self.stdout, stderr=self.stderr)
        demo.run(port, lambda site: self._tell(site, password))

    def _tell(self, site, password):
        self.stdout.write(
            f"\n  The site    {site}\n"
            f"  The admin   {site}admin/   user {demo.LOGIN}   password {password or '(your own)'}\n\n"
            "  Pictures are being made ready in the background. Stop with Ctrl+C.\n"
            "  A site of your own: `make start` asks for its name and languages, `make serve` runs it.\n"
        )
        self.stdout.flush()
