"""How many comments one address may send, and how long it is remembered for that."""

from datetime import timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from articles.models import Comment

LIMITS = ((timedelta(minutes=10), 3, True), (timedelta(hours=1), 12, False))
"""(within, so many comments of one address at most, under one story alone)."""

REMEMBERED = timedelta(days=2)
"""For how long the mark of an address is kept; it is another one each day."""


class CommentError(Exception):
    """What stands in the way, as a sentence for the reader or the moderator."""


class TooMany(CommentError):
    """Somebody has written enough for now; after so many `seconds` there may be more."""

    def __init__(self, seconds):
        minutes = -(-seconds // 60)
        words = ngettext(
            # Translators: readers see it.
            "You have written several comments just now. Send this one in %d minute.",
            "You have written several comments just now. Send this one in %d minutes.",
            minutes,
        )
        super().__init__(words % minutes)
        self.seconds = seconds


def check(edition, mark, form, digest, *, now):
    """Raise TooMany where one sender has written enough; what is sent twice does not count."""
    own = Comment.objects.filter(sender=mark)
    if form:
        own = own.exclude(edition=edition, form=form, digest=digest)
    for within, most, is_of_story in LIMITS:
        rows = own.filter(written_at__gt=now - within)
        rows = rows.filter(edition=edition) if is_of_story else rows
        times = list(rows.order_by("-written_at").values_list("written_at", flat=True)[:most])
        if len(times) == most:
            raise TooMany(int((times[-1] + within - now).total_seconds()) + 1)


def mark_of(sender, now):
    """Return what tells one address from another for a day, and from which nobody reads the address."""
    return salted_hmac("articles.comment", f"{now:%Y-%m-%d} {sender}").hexdigest()
