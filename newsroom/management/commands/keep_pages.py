import signal
from threading import Event

from django.conf import settings

from newsroom.management.teaching import TeachingCommand
from newsroom.pagecache.edges import providers
from newsroom.pagecache.edges.keeper import Keeper
from newsroom.pagecache.stores.files import FileStore

TEACHING = """
Web processes find out by themselves which of their pages are out of date. This command does what is
left: it tells the caches in front of the site (EDGES in the environment) which tags were purged,
tells hubs (WEBSUB_HUBS) which feeds have changed, takes away from PAGES_ROOT the pages that are out
of date, which nginx would go on serving by itself, keeps that folder below PAGES_MEGABYTES, and
deletes what the log of purges need not hold any more.

It runs for as long as the site does, beside the web server on each host, and can be stopped (Ctrl+C
or SIGTERM) and started at any time: it keeps how far each edge has been told, and goes on from there.
An edge that does not answer is told again until it does; the log says so in one line.
"""


class Command(TeachingCommand):
    help = "Purge the edges, and remove the files of pages that are out of date."

    teaching = TEACHING

    def handle(self, *args, **options):
        stop = Event()
        for stop_signal in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop_signal, lambda *_signal: stop.set())
        keeper = make()
        if options["verbosity"]:
            kept = " and ".join([str(settings.PAGES_ROOT), *settings.EDGES])
            self.stdout.write(f"Keeping {kept} up to date; stop with Ctrl+C.")
            self.stdout.flush()
        keeper.run(stop)


def make():
    """Return the Keeper of this installation."""
    return Keeper(
        store=FileStore(settings.PAGES_ROOT),
        edges=providers.configured(),
        hubs=settings.WEBSUB_HUBS,
        megabytes=settings.PAGES_MEGABYTES,
    )
