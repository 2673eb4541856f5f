"""A body as readers see it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.body import plain
from articles.body.directions import isolated, with_languages
from articles.body.markup import KEEP, UNWRAP, Answer, Attrs, Piece, copied, start_tag
from articles.body.tables import readable
from articles.texts import in_references
from newsroom.languages import LANGUAGES
from newsroom.page import in_lite, spelled, whole


class Target(Protocol):
    """What a link by article id leads to; a card shows more of it."""

    @property
    def url(self) -> str: ...


Uses = Mapping[int, object]
Links = Mapping[int, Target]


class Form(NamedTuple):
    """Where a body is read: on a page of the site or of its lite edition, or away from them, without stylesheet and with whole addresses.

    What it refers to is `printed` by its name: on the site by the template of that name. `address` turns
    the path of a page into the address to which a link leads.
    """

    printed: Callable[..., str]
    is_page: bool  # or one of the lite edition
    address: Callable[[str], str]


def _by_template(folder: str, name: str, **parameters: object) -> str:
    html: str = render_to_string(f"{folder}/{name}.html", parameters)
    return html


PAGE = Form(partial(_by_template, "components"), is_page=True, address=str)
LITE = Form(partial(_by_template, "lite"), is_page=True, address=in_lite)
AWAY = Form(plain.printed, is_page=False, address=whole)


def needs_words(language: str, form: Form) -> bool:
    """Return whether a body is shown with other words or tables than it has: in all but its links it is the same elsewhere."""
    return form.is_page or LANGUAGES[language].direction == "rtl"


def rendered(
    pieces: list[Piece], *, uses: Uses, links: Links, language: str, form: Form = PAGE
) -> str:
    """Return a body as Body.render promises; where it `needs_words`, of all its pieces."""
    is_mirrored = LANGUAGES[language].direction == "rtl"

    def visit(tag: str, attrs: Attrs) -> str | Answer:
        if tag == "a":
            return _link(attrs, links, form)
        if tag == "figure":
            return _part(form, "figure", use=uses.get(int(attrs["data-image"])))
        if tag == "aside":
            card = links.get(int(attrs.get("data-article", 0)))
            return _part(form, "related-card", card=card)
        if tag == "div":
            return _embed(form, attrs["data-embed"], attrs.get("data-title", ""))
        if "lang" in attrs:
            return _in_language(tag, attrs["lang"])
        return KEEP

    pieces = with_languages(readable(pieces)) if form.is_page else pieces
    html = copied(isolated(pieces) if is_mirrored else pieces, visit)
    if form.is_page:
        html = in_references(html.replace("</table>", "</table></div>"))
    safe: str = mark_safe(html)  # noqa: S308, clean
    return safe


def _part(form: Form, name: str, **parameters: object) -> str:
    return "" if None in parameters.values() else form.printed(name, **parameters)


def _in_language(tag: str, code: str) -> str:
    """Return the start of words in another language, set apart with the direction of that one."""
    return start_tag(tag, {"lang": code, "dir": LANGUAGES[code].direction})


def _embed(form: Form, address: str, title: str) -> str:
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return _part(form, "embed", url=address, host=host, title=title)


def _link(attrs: Attrs, links: Links, form: Form) -> str | Answer:
    if "data-article" in attrs:
        target = links.get(int(attrs["data-article"]))
        return _own_link(target.url, form) if target else UNWRAP
    if attrs.get("href", "").startswith("/"):
        return _own_link(attrs["href"], form)
    return KEEP if "href" in attrs else UNWRAP


def _own_link(path: str, form: Form) -> str:
    """Return a link on this site; on a page with the whole address beside it, for paper."""
    words = (
        format_html('<a href="{}" data-address="{}">', path, spelled(path))
        if form is PAGE
        else format_html('<a href="{}">', form.address(path))
    )
    return str(words)
