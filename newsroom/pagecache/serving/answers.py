"""The headers and bodies with which a page answers."""

from collections.abc import Iterable

from django.conf import settings

from newsroom.pagecache.serving.page import LIFE, Headers, Page

HIT, STORED, STALE = "hit", "fwd=miss; stored", "hit; detail=stale"
"""What `Cache-Status` says of an answer (RFC 9211)."""

BROWSERS = f"public, max-age=0, stale-if-error={LIFE}"
"""Browsers ask each time, and get a 304: no purge reaches them."""

LASTING, LASTING_TO_AN_END = 30, 1
"""For how many seconds the headers of a page's hits are kept, and one that is to end soon: it tells when."""

REASONS = {200: "200 OK", 304: "304 Not Modified", 410: "410 Gone"}

BODY_ONLY = frozenset({"Content-Length", "Content-Encoding", "Content-Type"})

LONGEST = 7000
"""Bytes of tags that every edge takes in one header: Varnish refuses an answer with 8,192."""

CLOUDFLARE, OTHERS = ("CDN-Cache-Control", ","), ("Surrogate-Control", " ")
"""The header by which an edge learns how long it may keep a page, and what divides tags there."""


def for_edges(tags: Iterable[str], *, life: float, grace: float = LIFE) -> Headers:
    """Return the headers by which edges keep a page for `life` seconds and find it by its tags.

    For `grace` seconds more they may show it where the site fails. A page with more tags than they take is not theirs to
    keep. Without an edge nobody is told tags: they would be a third of what a reader's browser receives.
    """
    name = settings.CACHE_TAG_HEADER
    control, divider = CLOUDFLARE if name.lower() == "cache-tag" else OTHERS
    value = divider.join(tags)
    if len(value) > LONGEST:
        name, life, grace = "", 0, 0
    control_value = f"max-age={max(0, int(life))}, stale-if-error={max(0, int(grace))}"
    return [(control, control_value), *([(name, value)] if name else [])]


def headers(page: Page, encoding: str, *, life: float, grace: float, status: str = HIT) -> Headers:
    """Return the headers for a page in one encoding; see for_edges."""
    body = page.bodies[encoding]
    pairs = [
        *((name, value) for name, value in page.headers),
        ("Content-Length", str(len(body))),
        ("ETag", etag(page, encoding)),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", BROWSERS),
        ("Cache-Status", f"newsroom; {status}"),
        *for_edges(page.tags, life=life, grace=grace),
    ]
    return pairs if encoding == "identity" else [*pairs, ("Content-Encoding", encoding)]


def etag(page: Page, encoding: str) -> str:
    """Return the entity tag of one form of a page: each has one of its own (RFC 9110, section 8.8.3)."""
    return f'"{page.etag}"' if encoding == "identity" else f'"{page.etag}-{encoding}"'


def matches(if_none_match: str, tag: str) -> bool:
    """Return whether a reader's copy is this one (RFC 9110, section 13.1.2)."""
    return if_none_match.strip() == "*" or tag in (
        held_tag.strip().removeprefix("W/") for held_tag in if_none_match.split(",")
    )


def without_body(pairs: Headers) -> Headers:
    """Return the headers of a 304."""
    return [(name, value) for name, value in pairs if name not in BODY_ONLY]
