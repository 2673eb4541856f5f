import re
from contextlib import suppress

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

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
        port = self._port(options["port"])
        call_command("migrate", verbosity=0)
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        call_command(options["load"], stdout=self.stdout, stderr=self.stderr)
        # What a demo that was stopped in the middle has not made.
        with suppress(CommandError):  # a lost file has been named, and the demo goes on
            call_command("render_images", stdout=self.stdout, stderr=self.stderr)
        password = demo.editor_password()
        stop = demo.Stop()
        processes = demo.start(port)
        if demo.wait_until_up(port, processes, stop):
            self._tell(port, password)
        if not demo.serve(processes, stop):
            raise CommandError("The web server or the worker has ended; its message stands above.")

    def _port(self, given):
        """Return the number of a port that can be listened on; raise CommandError for another."""
        # Five digits at most: Python itself refuses to read very long numbers.
        port = int(given) if re.fullmatch("[0-9]{1,5}", str(given)) else 0
        if port not in range(1, 65_536):
            message = f"{str(given)!r} is no port: give a number from 1 to 65535, as in `make demo PORT=8001`."
            raise CommandError(message)
        if refusal := demo.refusal(port):
            another = port + 1 if 1024 <= port < 65_535 else 8001
            message = f"Port {port} cannot be used here ({refusal}): choose another, as in `make demo PORT={another}`."
            raise CommandError(message)
        return port

    def _tell(self, port, password):
        site = f"http://{demo.HOST}:{port}/"
        self.stdout.write(
            f"\n  The site    {site}\n"
            f"  The admin   {site}admin/   user {demo.LOGIN}   password {password or '(your own)'}\n\n"
            "  Pictures are being made ready in the background. Stop with Ctrl+C.\n"
        )
        self.stdout.flush()
