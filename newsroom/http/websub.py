"""WebSub (https://www.w3.org/TR/websub/): pages name hubs, and these hear when such a page has changed.

The keeper of the page cache tells here of each page that a purge has ended. What a hub has not been told yet the keeper
writes down, so that the next one goes on from there; a hub may hear something twice.
"""

import logging
import re
import time
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.conf import settings

from newsroom.http.client import RequestError, request
from newsroom.http.teller import Teller

logger = logging.getLogger(__name__)

TOPIC = re.compile(r'<([^>]*)>; rel="self"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LATER = (408, 429)
"""Answers that ask for another try, as every 5xx does; after any other 4xx there is none."""


def links(topic: str) -> str:
    """Return a Link header that names the hubs of the site, and the whole address of the page; "" without hubs."""
    hubs = "".join(f'<{hub}>; rel="hub", ' for hub in settings.WEBSUB_HUBS)
    return hubs and f'{hubs}<{topic}>; rel="self"'


class Hub(Teller):
    """One hub. `waiting` maps each topic to the moment from which on it is to be told."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.waiting: dict[str, float] = {}

    @property
    def kept(self) -> list[str]:
        """The topics that it has not been told."""
        return [*self.waiting, *([self.told] if self.future else [])]

    def go_on(self, kept: Iterable[str]) -> None:
        """Tell what was written down of the hub before a restart."""
        self.waiting = dict.fromkeys(kept, 0.0)

    def hear(self, headers: Mapping[str, str] | Iterable[tuple[str, str]], *, after: float) -> None:
        """Take note that a page has changed, if it names its address; so many seconds later it can be fetched."""
        if match := TOPIC.search(dict(headers).get("Link", "")):
            self.waiting.setdefault(match[1], time.monotonic() + after)

    def step(self) -> None:
        """Tell the next topic that is due."""
        self.collect()
        now = time.monotonic()
        due = next((topic for topic, moment in self.waiting.items() if moment <= now), None)
        if due and self.is_free:
            del self.waiting[due]
            self.tell(due, publish, self.address, due)

    def again(self) -> None:
        # Unless it was purged once more meanwhile.
        self.waiting.setdefault(self.told, 0.0)


def publish(hub: str, topic: str) -> None:
    """Tell a hub that a topic has changed; raise RequestError if it fails, but not if it does not want to hear of it."""
    # By either name: the standard leaves to hubs how they are told.
    body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    try:
        request("POST", hub, body=body, headers=FORM, name=hub)
    except RequestError as error:
        if not 400 <= error.status < 500 or error.status in LATER:
            raise
        logger.warning("The hub %s answered %d and is not told of %s.", hub, error.status, topic)
