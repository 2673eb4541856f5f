"""What keeps pages in front of the site: Varnish, Fastly and Cloudflare, and how each is told to drop some.

A page at an edge carries the names of its tags only. So an edge drops every page with a name, where
our own stores also look at the place in a list that has changed.
"""

import json
import re
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urlsplit

from django.conf import settings

from newsroom.http.client import RequestError, request, words

SENDABLE = re.compile(r"[!-+\--~]+", re.ASCII)
"""What a tag consists of in each of the headers: no space and no comma, which divide them."""


@dataclass(frozen=True)
class Soft:
    """A tag of which the pages may still be shown where the site fails."""

    name: str


class Edge:
    """One cache in front of the site. Another kind says what one request holds, and makes it."""

    limit = 100
    """How many tags one request may name."""

    room = 4000
    """How many bytes they may take, each with a divider."""

    def __init__(self, address, url):
        self.address, self.url = address, url

    def purge(self, tags):
        """Let every page with one of these tags, names and Softs, be dropped; raise RequestError if one request failed."""
        soft = {tag for tag in tags if isinstance(tag, Soft)}
        hard = set(tags) - soft
        for names, is_soft in ((hard, False), ({tag.name for tag in soft} - hard, True)):
            for batch in batches(sorted(names), limit=self.limit, room=self.room):
                self.drop(batch, soft=is_soft)

    def drop(self, tags, *, soft):
        """Make one request for at most `limit` names; with `soft` the pages are kept for when the site fails."""
        raise NotImplementedError

    def request(self, method, *, headers, body=None):
        return request(method, self.url, headers=headers, body=body, name=self.address)


class Varnish(Edge):
    """A Varnish with deploy/varnish/newsroom.vcl: it drops what its vmod xkey knows by these tags."""

    def __init__(self, address):
        base = address.replace("varnish:", "http:", 1)
        super().__init__(address, base if urlsplit(base).port else f"{base}:6081")

    def drop(self, tags, *, soft):
        self.request("PURGE", headers={"xkey-softpurge" if soft else "xkey-purge": " ".join(tags)})


class Fastly(Edge):
    """A service of Fastly: "Purge multiple surrogate key tags" of its API."""

    limit = 256
    room = 16_000

    def __init__(self, address, *, base="https://api.fastly.com"):
        super().__init__(address, f"{base}/service/{address.removeprefix('fastly://')}/purge")

    def drop(self, tags, *, soft):
        headers = {"Fastly-Key": settings.FASTLY_TOKEN, "Surrogate-Key": " ".join(tags)}
        headers |= {"Fastly-Soft-Purge": "1"} if soft else {}
        answer = self.request("POST", headers=headers | {"Accept": "application/json"})
        if missing := set(tags) - answer.keys():
            message = f"{self.address} did not confirm {len(missing)} of {len(tags)} tags"
            raise RequestError(message)


class Cloudflare(Edge):
    """A zone of Cloudflare: "Purge Cached Content by Tag" of its API, which knows no soft purge."""

    room = 100_000

    def __init__(self, address, *, base="https://api.cloudflare.com"):
        super().__init__(
            address, f"{base}/client/v4/zones/{address.removeprefix('cloudflare://')}/purge_cache"
        )

    def drop(self, tags, *, soft):
        headers = {
            "Authorization": f"Bearer {settings.CLOUDFLARE_TOKEN}",
            "Content-Type": "application/json",
        }
        body = json.dumps({"tags": tags}).encode()
        answer = self.request("POST", headers=headers, body=body)
        if answer.get("success") is not True:
            message = f"{self.address} refused: {words(json.dumps(answer.get('errors')).encode())}"
            raise RequestError(message)


KINDS = {"varnish": Varnish, "fastly": Fastly, "cloudflare": Cloudflare}


def configured():
    """Return the edges that the settings name."""
    return [KINDS[address.partition(":")[0]](address) for address in settings.EDGES]


def batches(tags, *, limit, room):
    """Yield lists of tags, none of more than `limit`, nor of more bytes than `room`.

    What cannot stand in a header is no tag, and no page carries it there.
    """
    tags = [*filter(SENDABLE.fullmatch, tags)]
    while tags:
        sizes = accumulate(len(tag) + 1 for tag in tags[:limit])
        count = max(1, sum(size <= room for size in sizes))
        yield tags[:count]
        tags = tags[count:]
