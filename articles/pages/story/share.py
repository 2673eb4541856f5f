"""Where a reader can pass a story on: plain links, so that no other site hears of readers who do not."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

MAIL = "mail"
SERVICES = {
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


def ways(title, url):
    """Return the ways to pass on a whole address under its headline."""
    words = urlencode({"subject": title, "body": f"{title}\r\n\r\n{url}"}, quote_via=quote)
    mail = Way(MAIL, f"mailto:?{words}")
    services = [
        Way(name, f"{address}?{urlencode(asked(title, url), quote_via=quote)}")
        for name, (address, asked) in SERVICES.items()
    ]
    return [mail, *services]
