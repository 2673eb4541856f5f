"""A body as readers see it."""

from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.body.markup import KEEP, UNWRAP, copied


def rendered(pieces, *, uses, links):
    """Return a body as Body.render promises."""

    def visit(tag, attrs):
        if tag == "a":
            return _link(attrs, links)
        if tag == "figure":
            return _component("figure", "use", uses.get(int(attrs["data-image"])))
        if tag == "aside":
            return _component("related-card", "card", links.get(int(attrs.get("data-article", 0))))
        if tag == "div":
            return _embed(attrs["data-embed"])
        return _scrolling_table() if tag == "table" else KEEP

    return mark_safe(copied(pieces, visit).replace("</table>", "</table></div>"))  # noqa: S308, clean


def _scrolling_table():
    """Return the start of a table that scrolls by itself, reachable by keyboard (WCAG 2.1.1)."""
    start = '<div class="table-scroll" role="region" tabindex="0" aria-label="{}"><table>'
    return format_html(start, _("Table"))


def _component(name, parameter, thing):
    if thing is None:
        return ""
    return render_to_string(f"components/{name}.html", {parameter: thing})


def _embed(address):
    host = urlsplit(address).hostname.removeprefix("www.")
    return render_to_string("components/embed.html", {"url": address, "host": host})


def _link(attrs, links):
    if "data-article" in attrs:
        target = links.get(int(attrs["data-article"]))
        return format_html('<a href="{}">', target.url) if target else UNWRAP
    return KEEP if "href" in attrs else UNWRAP
