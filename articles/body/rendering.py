"""A body as readers see it."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.body.directions import isolated
from articles.body.markup import KEEP, UNWRAP, Answer, Attrs, Piece, copied
from newsroom.languages import LANGUAGES


class Target(Protocol):
    """What a link by article id leads to; a card shows more of it."""

    @property
    def url(self) -> str: ...


Uses = Mapping[int, object]
Links = Mapping[int, Target]


def rendered(pieces: list[Piece], *, uses: Uses, links: Links, language: str) -> str:
    """Return a body as Body.render promises."""
    is_mirrored = LANGUAGES[language].direction == "rtl"

    def visit(tag: str, attrs: Attrs) -> str | Answer:
        if tag == "a":
            return _link(attrs, links)
        if tag == "figure":
            return _component("figure", "use", uses.get(int(attrs["data-image"])))
        if tag == "aside":
            return _component("related-card", "card", links.get(int(attrs.get("data-article", 0))))
        if tag == "div":
            return _embed(attrs["data-embed"], attrs.get("data-title", ""))
        if tag == "span":
            return _in_language(attrs["lang"])
        return _scrolling_table() if tag == "table" else KEEP

    html = copied(isolated(pieces) if is_mirrored else pieces, visit).replace(
        "</table>", "</table></div>"
    )
    safe: str = mark_safe(html)  # noqa: S308, clean
    return safe


def _scrolling_table() -> str:
    """Return the start of a table that scrolls by itself, reachable by keyboard (WCAG 2.1.1)."""
    words = '<div class="table-scroll" role="region" tabindex="0" aria-label="{}"><table>'
    start: str = format_html(words, _("Table"))
    return start


def _component(name: str, parameter: str, thing: object) -> str:
    if thing is None:
        return ""
    html: str = render_to_string(f"components/{name}.html", {parameter: thing})
    return html


def _in_language(code: str) -> str:
    """Return the start of words in another language, set apart with the direction of that one."""
    words = '<span lang="{}" dir="{}">'
    start: str = format_html(words, code, LANGUAGES[code].direction)
    return start


def _embed(address: str, title: str) -> str:
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    parameters = {"url": address, "host": host, "title": title}
    html: str = render_to_string("components/embed.html", parameters)
    return html


def _link(attrs: Attrs, links: Links) -> str | Answer:
    if "data-article" in attrs:
        target = links.get(int(attrs["data-article"]))
        return _own_link(target.url) if target else UNWRAP
    if attrs.get("href", "").startswith("/"):
        return _own_link(attrs["href"])
    return KEEP if "href" in attrs else UNWRAP


def _own_link(path: str) -> str:
    """Return a link on this site, with the whole address for paper."""
    start: str = format_html('<a href="{}" data-address="{}">', path, settings.SITE_URL + path)
    return start
