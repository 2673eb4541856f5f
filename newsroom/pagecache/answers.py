"""The headers and bodies with which a page answers."""

from django.conf import settings

from newsroom.pagecache.page import LIFE

HIT, STORED, STALE, PASSED = "hit", "fwd=miss; stored", "hit; detail=stale", "fwd=bypass"
"""What `Cache-Status` says of an answer (RFC 9211)."""

BROWSERS = f"public, max-age=0, stale-if-error={LIFE}"
"""Browsers ask each time, and get a 304: no purge reaches them."""

LASTING = 30
"""For how many seconds the headers of a page are kept; a CDN is told an end at most this much late."""

REASONS = {200: "200 OK", 410: "410 Gone"}
NOT_MODIFIED = "304 Not Modified"


def tag_header(tags):
    """Return the (name, value) in which edges find the tags of a page, or None."""
    name = settings.CACHE_TAG_HEADER
    if not name:
        return None
    return name, ("," if name.lower() == "cache-tag" else " ").join(tags)


def edge_life(seconds):
    """Return for how long an edge may keep a page by itself (Surrogate-Control)."""
    return f"max-age={max(0, int(seconds))}, stale-if-error={LIFE}"


def headers(page, encoding, *, life, status=HIT):
    """Return the headers for a page in one encoding; an edge may keep it for `life` seconds."""
    body = page.bodies[encoding]
    found = [
        *page.headers,
        ("Content-Length", str(len(body))),
        ("ETag", etag(page, encoding)),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", BROWSERS),
        ("Surrogate-Control", edge_life(life)),
        ("Cache-Status", f"newsroom; {status}"),
    ]
    if encoding != "identity":
        found.append(("Content-Encoding", encoding))
    if tags := tag_header(page.tags):
        found.append(tags)
    return found


def etag(page, encoding):
    """Return the entity tag of one form of a page: each has one of its own (RFC 9110, section 8.8.3)."""
    return f'"{page.etag}"' if encoding == "identity" else f'"{page.etag}-{encoding}"'


def matches(if_none_match, tag):
    """Return whether a reader's copy is this one (RFC 9110, section 13.1.2)."""
    return if_none_match.strip() == "*" or tag in (
        each.strip().removeprefix("W/") for each in if_none_match.split(",")
    )


BODY_ONLY = frozenset({"Content-Length", "Content-Encoding", "Content-Type"})


def without_body(found):
    """Return the headers of a 304."""
    return [(name, value) for name, value in found if name not in BODY_ONLY]
