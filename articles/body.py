"""The body of a story: a small HTML vocabulary, stored once per language.

Text: p h2 h3 ul ol li strong em br, table with thead tbody tr th td caption, blockquote, and
blockquote[data-pull] for a pull quote. Empty elements stand for things with an id:
figure[data-image=ID], aside[data-article=ID] (a Read: card), aside[data-waiting=KEY] (a card whose
target has not arrived), div[data-embed=URL]; a[data-article=ID] is a link to an own story.

`clean` runs on every way in, `render` is the only way out. docs/reference/body.md says it in full.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

ATTRIBUTES = {
    "a": {"href", "data-article", "data-waiting"},
    "aside": {"data-article", "data-waiting"},
    "blockquote": {"data-pull"},
    "div": {"data-embed"},
    "figure": {"data-image"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
TAGS = {
    *("a", "aside", "blockquote", "br", "caption", "div", "em", "figure", "h2", "h3", "li", "ol"),
    *("p", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "b", "i"),
}
# Elements that stand for something else and hold nothing themselves.
REFERENCES = {"figure": "data-image", "aside": "data-article", "div": "data-embed"}
SYNONYMS = (("<b>", "<strong>"), ("</b>", "</strong>"), ("<i>", "<em>"), ("</i>", "</em>"))
INLINE = frozenset(["a", "em", "strong"])
# Elements that say nothing without words; an empty cell of a table does.
NOTHING_WHEN_EMPTY = INLINE | frozenset(["blockquote", "h2", "h3", "li", "ol", "p", "ul"])
BLANK = frozenset({"", "<br>", "&nbsp;"})
OPENING = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
# Elements that hold no other or end where the next one begins, so that many are not deep.
FLAT = {
    *("br", "col", "dd", "dt", "hr", "img", "input", "li", "option", "p"),
    *("tbody", "td", "tfoot", "th", "thead", "tr"),
}
DEEPEST = 100
BLOCK_END = frozenset(["blockquote", "caption", "h2", "h3", "li", "p", "td", "th"])
PASSED_ON = frozenset({"http", "https", "mailto", "tel"})


def _is_id(value):
    return value.isascii() and value.isdigit() and len(value) < 19


def _is_web_address(value):
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_link(value):
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    own = not parts.scheme and not parts.netloc and value[:1] in {"/", "#"} and value[:2] != "/\\"
    return own or parts.scheme in PASSED_ON


CHECKS = {
    "href": _is_link,
    "data-article": _is_id,
    "data-image": _is_id,
    "data-embed": _is_web_address,
    "data-waiting": lambda value: 0 < len(value) <= 400,
    "data-pull": lambda _value: True,
    "scope": {"col", "row", "colgroup", "rowgroup"}.__contains__,
    "colspan": lambda value: _is_id(value) and 0 < int(value) <= 50,
    "rowspan": lambda value: _is_id(value) and 0 < int(value) <= 500,
}


def _kept(_tag, name, value):
    # nh3 asks about elements that it drops as well, and keeps the value where this raises.
    check = CHECKS.get(name)
    return value if check and check(value) else None


def _cleaner(**options):
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags={"script", "style", "template", "title", "noscript", "iframe", "object"},
        url_schemes=set(PASSED_ON),
        link_rel=None,
        strip_comments=True,
        **options,
    )


_strict, _lenient = _cleaner(attribute_filter=_kept), _cleaner()


def clean(html):
    """Return HTML of the vocabulary only, whatever comes in; cleaning twice changes nothing.

    Unknown elements are unwrapped and their text kept, scripts and styles go with their content,
    and an attribute whose value is not what it should be is dropped.
    """
    if not html:
        return ""
    result = html.replace("\x00", "")
    for _round in range(5):
        before, result = result, _tidy(_strict.clean(_shallow(result)))
        if result == before:
            break
    return result


def well_formed(html):
    """Return HTML of the vocabulary whose references may still be names of another system's.

    It is for `rewrite`, which turns them into ids; the result of that is to be cleaned.
    """
    return _lenient.clean(_shallow((html or "").replace("\x00", "")))


def _shallow(html):
    """Make start tags comments where more elements are open than any story has.

    The time that an HTML parser takes grows with the square of the depth.
    """
    if html.count("<") <= DEEPEST:
        return html
    is_open = Counter()

    def limit(found):
        end, tag = found[1], found[2].lower()
        if tag in FLAT:
            return found[0]
        if end:
            is_open[tag] = max(0, is_open[tag] - 1)
        elif is_open.total() >= DEEPEST:
            return f"<!{found[2]}"
        else:
            is_open[tag] += 1
        return found[0]

    return OPENING.sub(limit, html)


def _tidy(html):
    for old, new in SYNONYMS:
        html = html.replace(old, new)
    return _rewritten(html, _only_meant, walker=_Tidier).strip()


def _only_meant(tag, attrs):
    """Drop a reference that refers to nothing, and whatever was put inside one."""
    if tag in REFERENCES:
        named = REFERENCES[tag] in attrs or "data-waiting" in attrs
        return _empty_element(tag, attrs) if named else UNWRAP
    return KEEP


KEEP, UNWRAP = object(), object()


class _Walker(HTMLParser):
    """Copy HTML, asking `visit(tag, attrs)` about each element.

    The answer is KEEP, UNWRAP (the content stays), or a string that replaces the start tag, and the
    whole element where it is a reference.
    """

    def __init__(self, visit):
        super().__init__(convert_charrefs=False)
        self.visit, self.out, self.ends, self.muted = visit, [], [], 0

    def handle_starttag(self, tag, attrs):
        if self.muted:
            self.muted += tag == self.ends[-1][0]
            return
        answer = self.visit(tag, {name: value or "" for name, value in attrs})
        if tag in {"br"}:
            self.out.append("<br>" if answer is KEEP else "")
        elif tag in REFERENCES and isinstance(answer, str):
            self._open(tag, answer)
            self.muted = 1
        else:
            self._open(None if answer is UNWRAP else tag, _start(answer, self.get_starttag_text()))

    def handle_endtag(self, tag):
        if self.muted:
            self.muted -= tag == self.ends[-1][0]
            if not self.muted:
                self.ends.pop()
        elif self.ends:
            self._close(*self.ends.pop())

    def handle_data(self, data):
        self._text(data)

    def handle_entityref(self, name):
        self._text(f"&{name};")

    def handle_charref(self, name):
        self._text(f"&#{name};")

    def _open(self, tag, words):
        self.ends.append((tag, len(self.out)))
        self.out.append(words)

    def _close(self, tag, _place):
        if tag:
            self.out.append(f"</{tag}>")

    def _text(self, words):
        if not self.muted:
            self.out.append(words)


class _Tidier(_Walker):
    """Leave out the elements that hold nothing; of one inside a line, its white space stays."""

    def __init__(self, visit):
        super().__init__(visit)
        self.filled = -1  # the place in `out` of the last piece that says something

    def _open(self, tag, words):
        super()._open(tag, words)
        if tag and tag not in NOTHING_WHEN_EMPTY:
            self.filled = len(self.out) - 1

    def _close(self, tag, place):
        if tag not in NOTHING_WHEN_EMPTY or self.filled > place:
            super()._close(tag, place)
        elif tag in INLINE:
            self.out[place] = ""
        else:
            del self.out[place:]

    def _text(self, words):
        super()._text(words)
        if not self.muted and words.strip() not in BLANK:
            self.filled = len(self.out) - 1


def _start(answer, original):
    if answer is UNWRAP:
        return ""
    return original if answer is KEEP else answer


def _rewritten(html, visit, *, walker=_Walker):
    walker = walker(visit)
    walker.feed(html)
    walker.close()
    return "".join(walker.out)


def _empty_element(tag, attrs):
    return f"{_tag(tag, attrs)}</{tag}>"


def _tag(tag, attrs):
    words = "".join(f' {name}="{escape(value)}"' for name, value in attrs.items())
    return f"<{tag}{words}>"


def rewrite(html, change):
    """Return `html` with the references changed: `change(tag, attrs)` returns new attributes.

    It is asked about figure, aside, div and a elements; None drops the element (a link keeps its
    words). The result is not cleaned.
    """

    def visit(tag, attrs):
        if tag not in REFERENCES and tag != "a":
            return KEEP
        changed = change(tag, attrs)
        if changed is None:
            return "" if tag in REFERENCES else UNWRAP
        return _empty_element(tag, changed) if tag in REFERENCES else _tag(tag, changed)

    return _rewritten(html, visit)


@dataclass(frozen=True)
class References:
    """What a body refers to: image ids, article ids, and keys of stories that have not arrived.

    Of the articles, `cards` are those that stand as a card, with their headlines.
    """

    images: frozenset
    articles: frozenset
    waiting: frozenset
    cards: frozenset


def references(html):
    """Return what a clean body refers to."""
    found = {"data-image": set(), "data-article": set(), "data-waiting": set()}
    cards = set()

    def note(tag, attrs):
        if tag == "aside" and "data-article" in attrs:
            cards.add(int(attrs["data-article"]))
        for name, values in found.items():
            if name in attrs:
                values.add(attrs[name])
        return attrs

    rewrite(html, note)
    return References(
        images=frozenset(int(value) for value in found["data-image"]),
        articles=frozenset(int(value) for value in found["data-article"]),
        waiting=frozenset(found["data-waiting"]),
        cards=frozenset(cards),
    )


def render(html, *, uses, links):
    """Return the body as readers see it, safe to print.

    `uses` maps an image id to the ImageUse to show, `links` an article id to its live edition in
    the reader's language. What is in neither is gone: a figure or card vanishes, a link keeps its
    words.
    """

    def visit(tag, attrs):
        if tag == "a":
            return _rendered_link(attrs, links)
        if tag == "figure":
            return _rendered("figure", uses.get(int(attrs["data-image"])), "use")
        if tag == "aside":
            return _rendered("related-card", links.get(int(attrs.get("data-article", 0))), "card")
        if tag == "div":
            return _rendered_embed(attrs["data-embed"])
        return _scrolling_table() if tag == "table" else KEEP

    return mark_safe(_rewritten(html, visit).replace("</table>", "</table></div>"))  # noqa: S308, clean


def _scrolling_table():
    """Return the start of a table that scrolls by itself, reachable by keyboard (WCAG 2.1.1)."""
    start = '<div class="table-scroll" role="region" tabindex="0" aria-label="{}"><table>'
    return format_html(start, _("Table"))


def _rendered(component, thing, name):
    if thing is None:
        return ""
    return render_to_string(f"components/{component}.html", {name: thing})


def _rendered_embed(address):
    host = urlsplit(address).hostname.removeprefix("www.")
    return render_to_string("components/embed.html", {"url": address, "host": host})


def _rendered_link(attrs, links):
    if "data-article" in attrs:
        target = links.get(int(attrs["data-article"]))
        return format_html('<a href="{}">', target.url) if target else UNWRAP
    return KEEP if "href" in attrs else UNWRAP


def plain_text(html):
    """Return the words of a clean body, one block a line, without what it refers to."""
    words = re.sub(r"<br>", "\n", html)
    words = re.sub(r"</(\w+)>", lambda end: "\n" if end[1] in BLOCK_END else "", words)
    words = unescape(re.sub(r"<[^>]*>", "", words))
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


def word_count(html):
    """Return the number of words that a reader reads."""
    return len(plain_text(html).split())
