from django.core.management.base import CommandError

from newsroom.management.teaching import TeachingCommand
from newsroom.pagecache import purge
from newsroom.pagecache.edges.providers import SENDABLE
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges import clock
from newsroom.pagecache.purges.log import untold

TEACHING = """
Pages are purged by the change itself, so this is for what the site cannot know of: a change that was
made in the database by hand, a backup that was put back, or other LANGUAGES or another TIME_ZONE. With
--all it is also told anew what is scheduled. A TAG is one of those in the header Surrogate-Key of a page:
`curl -sI` at the site's own port shows them, if EDGES or CACHE_TAG_HEADER is set;
docs/reference/cache-tags.md has their forms. It is not checked whether a tag stands on any page.
Whatever keeps pages anywhere, on this host or another, renders them anew from the next second on;
edges need `keep_pages` for it.
"""


class Command(TeachingCommand):
    help = "Put pages out of date: those with one of the tags, or all."

    teaching = TEACHING

    def add_arguments(self, parser):
        parser.add_argument("tags", nargs="*", metavar="TAG", help="a tag of the pages")
        parser.add_argument("--all", action="store_true", help="every page")

    def handle(self, *args, **options):
        tags = sorted(set(options["tags"]))
        if options["all"] == bool(tags):
            raise CommandError("Name the tags of the pages to purge, or give --all.")
        if wrong := [tag for tag in tags if not SENDABLE.fullmatch(tag)]:
            message = f"{wrong[0]!r} is no tag: it has a space, a comma or a letter beyond ASCII."
            raise CommandError(message)
        if tags:
            purge(tags)
        else:
            # As of a change that nobody has told: what is to come is told anew, too.
            made = Purge.objects.create(tags=[], is_pending=True, clock=clock.Now())
            untold.send(Command, pks=[made.pk])
        told = "every page" if options["all"] else f"whatever pages have {' or '.join(tags)}"
        self.stdout.write(f"Purged: {told}.")
