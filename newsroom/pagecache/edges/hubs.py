"""WebSub (https://www.w3.org/TR/websub/): pages name hubs, and these hear when such a page has changed.

The keeper tells here of each page that a purge has ended. A hub is told a moment later, when every web process gives
the new one. What it has not been told yet is kept in a file, so that the next keeper goes on from there; it may hear something twice.
"""

import http.client
import json
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from newsroom.pagecache.edges.delivery import LONGEST_WAIT, SOON
from newsroom.pagecache.edges.providers import CONNECTIONS, PATIENCE

logger = logging.getLogger(__name__)

NAMED = re.compile(r'<([^>]*)>; rel="(hub|self)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LATER = (408, 429)
"""Answers that ask for another try, as every 5xx does; after any other 4xx there is none."""


class Refused(Exception):
    """The hub does not want to hear of this address."""


def links(topic):
    """Return a Link header that names the hubs of the site, and the whole address of the page; "" without hubs."""
    hubs = "".join(f'<{hub}>; rel="hub", ' for hub in settings.WEBSUB_HUBS)
    return hubs and f'{hubs}<{topic}>; rel="self"'


def named(page):
    """Return each (hub, topic) that a page names: whom to tell, and its own address."""
    found = NAMED.findall(dict(page.headers).get("Link", ""))
    topics = [address for address, rel in found if rel == "self"]
    return [(hub, topic) for hub, rel in found if rel == "hub" for topic in topics]


class Announcer:
    """Tells hubs which pages have changed, in threads, and tries again for as long as it takes."""

    def __init__(self, path):
        self.path, self.has_changed, self.hubs = path, False, {}
        for hub, topic in _read(path):
            self._hub(hub).waiting[topic] = 0.0

    def hear(self, page):
        """Take note of a page that has changed."""
        for hub, topic in named(page):
            self._hub(hub).waiting.setdefault(topic, time.monotonic() + SOON)
            self.has_changed = True

    def step(self):
        """Tell hubs what is due."""
        for hub in self.hubs.values():
            self.has_changed |= hub.step()

    def keep(self):
        """Write down what hubs are still to be told; raises OSError."""
        left = [(hub.address, topic) for hub in self.hubs.values() for topic in hub.left]
        part = self.path.with_suffix(".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(left))
        part.replace(self.path)
        self.has_changed = False

    def close(self):
        """Wait for the hubs that are being told."""
        for hub in self.hubs.values():
            hub.pool.shutdown()
        self.step()

    def _hub(self, address):
        if address not in self.hubs:
            self.hubs[address] = Hub(address)
        return self.hubs[address]


class Hub:
    """One hub. `waiting` maps each topic to the moment from which on it is to be told; `told` is under way with `future`."""

    def __init__(self, address):
        self.address, self.waiting = address, {}
        self.told, self.future = "", None
        self.failures, self.quiet_until = 0, 0.0
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="hub")

    @property
    def left(self):
        """The topics that it has not been told."""
        return {*self.waiting, *([self.told] if self.future else [])}

    @property
    def is_done(self):
        return not self.left

    def step(self):
        """Take note of an answer, and tell the next topic that is due; return whether there was an answer."""
        now = time.monotonic()
        has_answered = bool(self.future and self.future.done())
        if has_answered:
            future, self.future = self.future, None
            self._collect(future, now)
        due = next((topic for topic, moment in self.waiting.items() if moment <= now), None)
        if due and not self.future and now >= self.quiet_until:
            del self.waiting[due]
            self.told, self.future = due, self.pool.submit(tell, self.address, due)
        return has_answered

    def _collect(self, future, now):
        try:
            future.result()
        except Refused as refusal:
            logger.warning("%s", refusal)
        except (OSError, http.client.HTTPException) as error:
            # Unless it was purged once more meanwhile.
            self.waiting.setdefault(self.told, 0.0)
            if not self.failures:
                reason = " ".join(str(error).split()) or type(error).__name__
                logger.warning("A hub is told until it answers: %s: %s", self.address, reason)
            self.quiet_until = now + min(LONGEST_WAIT, 2 ** min(self.failures, 10))
            self.failures += 1
            return
        if self.failures:
            logger.warning("The hub %s answers again.", self.address)
        self.failures = 0


def tell(hub, topic):
    """Tell a hub that a topic has changed; raise Refused if it does not want to hear of it, OSError if it fails."""
    base = urlsplit(hub)
    connection = CONNECTIONS[base.scheme](base.hostname, base.port, timeout=PATIENCE)
    # By either name: the standard leaves to hubs how they are told.
    body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    try:
        path = (base.path or "/") + (f"?{base.query}" if base.query else "")
        connection.request("POST", path, body=body, headers=FORM)
        status = connection.getresponse().status
    finally:
        connection.close()
    if 400 <= status < 500 and status not in LATER:
        raise Refused(f"The hub {hub} answered {status} and is not told of {topic}.")
    if not 200 <= status < 300:
        raise OSError(f"it answered {status}")


def _read(path):
    """Return each (hub, topic) of a file; one that cannot be read holds none."""
    try:
        return [(str(hub), str(topic)) for hub, topic in json.loads(path.read_text())]
    except (OSError, ValueError, TypeError):
        return []
