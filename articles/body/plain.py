"""What a text refers to, where it is read away from the site: HTML that needs no stylesheet, with whole addresses.

No template prints it: a feed holds dozens, and templates took a fifth of its time.
"""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from newsroom.page import whole


def printed(name: str, **parameters: Any) -> str:
    """Return what the template of this name prints on a page."""
    return PARTS[name](**parameters)


def figure(use: Any) -> str:
    """Return a cards.Use as a picture with its caption and credit, "" where there is no file yet."""
    picture = use.picture
    if not picture:
        return ""
    told = " ".join(filter(None, [use.caption, _credit(use.image)]))
    image = format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">',
        whole(picture.src),
        picture.width,
        picture.height,
        use.alt,
    )
    caption = format_html("<figcaption>{}</figcaption>", told) if told else ""
    return f"<figure>{image}{caption}</figure>"


def related_card(card: Any) -> str:
    """Return a pointer to the story of a cards.Card."""
    words = '<p>{}: <a href="{}">{}</a></p>'
    html: str = format_html(words, _("Read"), whole(card.url), card.title)
    return html


def embed(url: str, host: str, title: str) -> str:
    """Return a link to something on another site, in the words of the desk if there are any."""
    html: str = format_html('<p><a href="{}">{}</a></p>', url, title or host)
    return html


PARTS: dict[str, Callable[..., str]] = {
    "figure": figure,
    "related-card": related_card,
    "embed": embed,
}


def _credit(image: Any) -> str:
    told = [image.credit_line or image.creator, image.licence]
    return f"[{' · '.join(filter(None, told))}]" if told[0] else ""
