"""What a process was killed before it told: what has changed, and what is to change by itself."""

from django.db import transaction
from django.utils import timezone

from articles.models import Edition, Listing
from articles.purging.change import Change
from articles.purging.facts import KINDS
from newsroom.moments import FOREVER
from newsroom.pagecache import EVERYTHING, purge
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges.log import untold


def connect():
    untold.connect(tell, dispatch_uid="articles.purging")


@transaction.atomic
def tell(pks, **kwargs):
    """Purge everything in place of pending Purges, and tell of all that is to come as if it were new."""
    left = Purge.objects.filter(pk__in=pks, is_pending=True)
    is_soft = not left.filter(is_soft=False).exists()
    # Several processes find out at the same time; one of them has the rows.
    if not left.delete()[0]:
        return
    purge([EVERYTHING], soft=is_soft)
    change, now = Change.current(), timezone.now()
    for kind in KINDS:
        for pk in kind.planned(after=now):
            change.add(kind, pk)
    coming = Edition.objects.live(at=FOREVER).filter(published_at__gt=now)
    rows = Listing.objects.filter(edition__in=coming)
    change.rows.note(gone=(), come=[row.identity() for row in rows])
