"""The moments of an export: in GMT, or by the clock of the site where those are missing."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from articles.importers.wxr.items import Item
from newsroom import moments

FARTHEST = timedelta(hours=15)


class Clock:
    """What the items of a file tell of the offset of its site, month by month: summer has another."""

    def __init__(self) -> None:
        self._months: defaultdict[int, Counter[timedelta]] = defaultdict(Counter)

    def learn(self, item: Item) -> None:
        here, there = naive(item["post_date"]), naive(item["post_date_gmt"])
        if here and there and abs(here - there) <= FARTHEST:
            self._months[here.month][here - there] += 1

    def moment(self, gmt: str, local: str) -> tuple[datetime | None, bool]:
        """Return the moment that is meant, and whether its offset had to be assumed as that of UTC."""
        if in_utc := naive(gmt):
            return in_utc.replace(tzinfo=UTC), False
        if not (here := naive(local)):
            return None, False
        counts = self._months.get(here.month) or sum(self._months.values(), Counter())
        offset = counts.most_common(1)[0][0] if counts else timedelta()
        return (here - offset).replace(tzinfo=UTC), not counts


def published(item: Item, clock: Clock) -> tuple[datetime | None, bool]:
    """Return when an item was published, as Clock.moment does."""
    told = naive(item["post_date_gmt"]) or _by_mail_rules(item["pubDate"])
    return (told.replace(tzinfo=UTC), False) if told else clock.moment("", item["post_date"])


def naive(words: str) -> datetime | None:
    """Return a date and time of the export, None for zeros and for what is none."""
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    return moment if moments.is_usable(moment) and moment.tzinfo is None else None


def _by_mail_rules(words: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(words.strip())
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    try:
        moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except OverflowError:
        return None
    return moment if moments.is_usable(moment) else None
