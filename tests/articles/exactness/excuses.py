"""The few cases in which a page is made anew although it has not changed; docs/reference/cache-tags.md."""

import re
from datetime import datetime

from articles.models import Edition, Image
from newsroom.pagecache.tags import micros

MINUTE = micros(datetime.fromisoformat("1970-01-01T00:01:00+00:00"))
SHOWN = re.compile(r'(?:card__time|latest__time)"><time datetime="([^"]+)"')


def find(stale, readers):
    """Return whether each purge that concerned a page is one of the exceptions."""
    return bool(stale.purges) and all(
        any(fits(stale, readers, *purge) for fits in EXCUSES.values()) for purge in stale.purges
    )


def _behind_the_last(stale, readers, name, position, due):
    """A list: what comes or goes just beyond those that the page shows, or at the place in its address."""
    if not name.startswith("list:") or position is None:
        return False
    times = [
        micros(datetime.fromisoformat(found))
        for found in SHOWN.findall(readers.answers[stale.url][2].decode())
    ]
    low, high = stale.page.tags[name]
    if position in {low, high} or not times:
        return True
    # Pages tell the minute only.
    return position < min(times) + MINUTE if "after=" not in stale.url else position >= max(times)


def _plan_given_up(stale, readers, name, position, due):
    """A moment for which something was planned that was planned otherwise since."""
    return due is not None and due not in {
        *Edition.objects.filter(status="published").values_list("published_at", flat=True),
        *Image.objects.values_list("valid_until", flat=True),
    }


def _hidden_picture(stale, readers, name, position, due):
    """A picture that cannot be seen now is put into a story or taken out: pages wait for it."""
    kind, pk = name.split(":")[:2]
    if kind not in {"article", "lead", "teaser"}:
        return False
    return readers.hidden.get(int(pk)) != readers.hidden_before.get(int(pk))


EXCUSES = {
    "behind the last": _behind_the_last,
    "a plan given up": _plan_given_up,
    "a hidden picture": _hidden_picture,
}
