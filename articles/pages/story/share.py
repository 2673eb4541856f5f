"""Where a reader can pass a story on: plain links, so that no other site hears of readers who do not."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.utils.encoding import uri_to_iri

MAIL = "mail"
SERVICES: dict[str, tuple[str, Callable[[str, str], Mapping[str, str]]]] = {
    "WhatsApp": ("https://wa.me/", lambda title, url: {"text": f"{title} {url}"}),
    "Telegram": ("https://t.me/share/url", lambda title, url: {"url": url, "text": title}),
    "Facebook": ("https://www.facebook.com/sharer/sharer.php", lambda _title, url: {"u": url}),
    "Bluesky": ("https://bsky.app/intent/compose", lambda title, url: {"text": f"{title} {url}"}),
}
"""By name: the address of the service, and what it wants to know."""


class Way(NamedTuple):
    """A way to pass a story on: MAIL, or the name of a service."""

    name: str
    url: str


def ways(title: str, url: str) -> list[Way]:
    """Return the ways to pass on a whole address under its headline."""
    mail = Way(MAIL, _query("mailto:", {"subject": title, "body": f"{title}\r\n\r\n{url}"}))
    services = [
        Way(name, _query(address, asked(title, url))) for name, (address, asked) in SERVICES.items()
    ]
    return [mail, *services]


def _query(address: str, asked: Mapping[str, str]) -> str:
    """Return the address with what is asked behind it; a browser encodes letters itself, and a page is shorter with them."""
    words: str = uri_to_iri(urlencode(asked, quote_via=quote, safe="/:"))
    return f"{address}?{words}"
