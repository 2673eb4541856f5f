"""A rendered page with all that is needed to answer with it, and to know when it is out of date."""

import hashlib
import json
import zlib
from dataclasses import dataclass, field, fields
from typing import Self

import brotli

Headers = list[tuple[str, str]]
Bounds = list[int | None] | None
"""The microseconds since 1970 between which a list counts, None for no bound; None for all of it."""

LIFE = 24 * 3600
"""No page outlives a day: the log of purges reaches no further back."""

ENCODINGS = ("br", "gzip", "identity")
"""The forms in which a page is kept, the smallest first."""

# Brotli's 7 and zlib's 6 cost a millisecond or two a page; the next steps cost more than they save.
BROTLI = {"quality": 7, "lgwin": 18}
GZIP = {"level": 6, "wbits": 31}


@dataclass
class Page:
    """One page as it was rendered.

    `key` is the path, letters beyond ASCII decoded, with the query where that counts. `headers` are
    those that are the same for every answer. `tags` maps a name to what of it the page shows. `horizon` is that of
    the log, and `rendered_at` the time in seconds since 1970, from before the rendering. `mark` names the newest
    purge that was known then: a database that does not have it is another one, or was put back from a copy.
    All but the bodies is as JSON has it.
    """

    key: str
    status: int
    headers: list[list[str]]
    bodies: dict[str, bytes]
    tags: dict[str, Bounds]
    query: list[str] | None
    rendered_at: float
    horizon: int
    release: str
    etag: str = ""
    mark: int = 0
    until: float = float("inf")
    # Only of one that is in no store: what is there may be there.
    may_be_file: bool = field(default=True, compare=False)
    # What this process knows of it; see log.py and wsgi.py.
    checked: int = field(default=-1, compare=False)
    answers: dict[str, tuple[float, Headers, str]] = field(default_factory=dict, compare=False)

    @property
    def ends_at(self) -> float:
        """The moment, in seconds since 1970, from which it is out of date in any case."""
        return min(self.rendered_at + LIFE, self.until)

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return 2000 + sum(map(len, self.bodies.values())) + 150 * len(self.tags)

    def dumps(self) -> bytes:
        """Return the page as bytes for a shared store: a digest, a line of JSON, and the plain body."""
        kept = {name: getattr(self, name) for name in KEPT}
        data = b"\n".join([json.dumps(kept).encode(), self.bodies["identity"]])
        return digest(data).encode() + data

    @classmethod
    def loads(cls, data: bytes) -> Self:
        """Return the page of such bytes; raise ValueError for anything else."""
        if digest(data[DIGEST:]).encode() != data[:DIGEST]:
            raise ValueError("this is not a page that was kept whole")
        facts, _line, body = data[DIGEST:].partition(b"\n")
        try:
            return cls(**json.loads(facts), bodies=encoded(body))
        except TypeError as error:
            raise ValueError("this is a page of another form") from error


KEPT = [part.name for part in fields(Page) if part.compare and part.name != "bodies"]
DIGEST = 24


def encoded(body: bytes) -> dict[str, bytes]:
    """Return a body in each of the encodings; br and gzip only where they are smaller."""
    made = {
        "identity": body,
        "gzip": zlib.compress(body, **GZIP),
        "br": brotli.compress(body, **BROTLI),
    }
    return {name: data for name, data in made.items() if data is body or len(data) < len(body)}


def digest(data: bytes) -> str:
    """Return a short name for these bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST // 2).hexdigest()
