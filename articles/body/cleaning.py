"""The one way into a body: any HTML comes in, HTML of the vocabulary and notes come out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import nh3

from articles.body import vocabulary
from articles.body.body import KEPT, Body, parsed
from articles.body.builder import HEADINGS, LOOSE, Builder, Context, Mark
from articles.body.markup import DEEPEST, RAW, VOID, Attrs, Element, Events, divided, shallow
from articles.body.notes import Note, Notes, quoted
from articles.body.shortcodes import Shortcodes
from articles.body.vocabulary import CONTAINERS, FRAMES, MARKS, REFERENCES
from newsroom.i18n.plain import without_controls
from newsroom.i18n.quotation_marks import quotation_marks

SYNONYMS = {"b": "strong", "i": "em", "tfoot": "tbody"}
LINES = frozenset(["p", *HEADINGS])
SPEAKER = "cite"
# Where the parts of a table may stand; elsewhere they are blocks without a meaning.
PARENTS = {
    "caption": {"table"},
    "tbody": {"table"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tr": {"table", "tbody", "thead"},
}
# Blocks without a meaning here: their content stays, and stays apart from what is around it.
BLOCKS = frozenset(
    ["address", "article", "center", "dd", "details", "dialog", "dir", "dl", "dt", "fieldset"]
    + ["figcaption", "footer", "form", "header", "hgroup", "legend", "listing", "main", "menu"]
    + ["nav", "optgroup", "option", "pre", "search", "section", "select", "summary", "textarea"]
)
DELETED = frozenset(["del", "s", "strike"])
MEDIA = frozenset(["audio", "iframe", "object", "video"])
CODE = frozenset(["canvas", "math", "svg", "template", "title", *RAW]) - MEDIA
OTHERS = frozenset(["embed", "hr", "img", "ins", "q", "source"])
NOTE_OF = {"aside": "story", "div": "embed", "figure": "picture"}

Resolve = Callable[[str, Attrs], Attrs | None]
"""What a reference of another system means here; `clean` says more."""

End = Callable[[], object]
"""What the end tag of an element has to do."""


@dataclass(frozen=True)
class Cleaned:
    """A body as it is stored, and what was left out of it or changed in it: a tuple of Note."""

    html: str
    notes: tuple[Note, ...] = ()

    @cached_property
    def body(self) -> Body:
        return parsed(self.html)


def _kept(_tag: str, name: str, value: str) -> str | None:
    # nh3 asks about elements that it drops as well, and keeps the value where this raises.
    check = vocabulary.CHECKS.get(name)
    return value if check and check(value) else None


_sanitiser = nh3.Cleaner(
    tags=set(vocabulary.TAGS),
    attributes=vocabulary.ATTRIBUTES,
    attribute_filter=_kept,
    url_schemes=set(vocabulary.PASSED_ON),
    clean_content_tags=set(CODE | MEDIA),
    link_rel=None,
)
_parser = nh3.Cleaner(
    tags={*vocabulary.TAGS, *LINES, *SYNONYMS, *BLOCKS, *DELETED, *MEDIA, *CODE, *OTHERS},
    attributes={"*": {*vocabulary.CHECKS, "alt", "data", "data-src", "src", "title"}},
    url_schemes={*vocabulary.PASSED_ON, "about", "blob", "data", "file", "ftp", "javascript"},
    clean_content_tags=set(),
    link_rel=None,
)


def clean(html: str | None, references: Resolve | None = None, *, language: str = "") -> Cleaned:
    """Return the Cleaned body of any HTML: the one way in for form, importers and API.

    `references(tag, attrs)` tells what the references of another system mean here: it is asked
    about figure, aside, div and a with their attributes, and about img with src and alt. It returns
    attributes of this vocabulary, {"data-image": "4"} for an img too, or None: a picture, card or
    embed is then left out and noted, a link keeps its words. Without it, references are ids already.

    A `q` gets the quotation marks of the body's language, those of English where none is named.
    Characters that no page can hold go. Cleaning what is clean changes nothing and notes nothing.
    """
    html = without_controls((html or "").replace("\x00", ""))
    marked_in = language if "<q" in html.lower() else ""
    return _cleaned(html, references, marked_in) if references else _known(html, marked_in)


@lru_cache(maxsize=KEPT)
def _known(html: str, language: str) -> Cleaned:
    # A form asks for the same body again and again while it is saved.
    return _cleaned(html, None, language)


def _cleaned(html: str, references: Resolve | None, language: str) -> Cleaned:
    notes, result = Notes(), html
    for _round in range(5):
        built = _Foreign(result, references, notes, language).html().strip()
        result, references = _sanitiser.clean(divided(built)), None
        if result == built:  # else it was no HTML as a browser reads it, and may be read otherwise
            break
    return Cleaned(result, notes.all())


class _Foreign(Events):
    """Reads foreign HTML and builds a body of it; each start tag leaves what its end tag has to do."""

    def __init__(self, html: str, references: Resolve | None, notes: Notes, language: str) -> None:
        super().__init__()
        self.quotation_marks = quotation_marks(language)
        self.references, self.notes, self.shortcodes = references, notes, Shortcodes(html)
        self.out, self.context = Builder(), Context()
        self.ends: list[tuple[str, Context, End | None]] = []
        self.muted: _Muted | None = None
        self.shows_picture = False
        # They come as numbers, too: "&#8;".
        self.read(without_controls(_parser.clean(divided(shallow(html)))))
        self.out.end_line()
        _level(self.out.headings, notes)

    def html(self) -> str:
        return self.out.root.inner_html()

    def start(self, tag: str, attrs: Attrs) -> None:
        tag = SYNONYMS.get(tag, tag)
        if self.muted:
            self.muted.start(tag, attrs)
            return
        before = self.context
        end = self._started(tag, attrs)
        if tag not in VOID:
            self.ends.append((tag, before, end))

    def end(self, tag: str) -> None:
        tag = SYNONYMS.get(tag, tag)
        if self.muted and not self.muted.ends_with(tag):
            return
        if self.ends and self.ends[-1][0] == tag:
            _tag, before, end = self.ends.pop()
            if end:
                end()
            self.context = before

    def text(self, words: str) -> None:
        if self.muted:
            self.muted.words.append(words)
            return
        for piece, shortcode, address in self.shortcodes.split(words):
            if shortcode:
                self.notes.add("shortcode", shortcode)
                self.out.words(" ", self.context)
            elif address:
                self._embed("embed", address)
            elif piece:
                self.out.text(piece, self.context)

    # --- What an element becomes; each returns what its end tag has to do ---

    def _started(self, tag: str, attrs: Attrs) -> End | None:
        for tags, become in self.BECOMES:
            if tag in tags:
                return become(self, tag, attrs)
        return None

    def _mark(self, tag: str, attrs: Attrs) -> End | None:
        marks = self.context.marks
        if len(marks) >= DEEPEST:
            return None
        if tag != "a":
            self._plain_mark(tag, attrs)
            return None
        names = self._resolved(tag, attrs)
        if not names:
            if any(attrs.values()):
                self.notes.add("link", *attrs.values())
            return None
        mark = Mark(tag, names)
        others = tuple(other for other in marks if other.tag != "a")
        self.context = replace(self.context, marks=(*others, mark))

        def end() -> None:
            if not mark.is_used:
                self.notes.add("link", *attrs.values())

        return end

    def _plain_mark(self, tag: str, attrs: Attrs) -> None:
        """Mark words as the element does, and with their language; a span without one says nothing."""
        told = attrs.get("lang", "")
        code = vocabulary.known_language(told)
        if told.strip() and not code:
            self.notes.add("language", told)
        own = () if tag == "span" else (Mark(tag),)
        named = (Mark("span", {"lang": code}),) if code else ()
        self.context = replace(self.context, marks=(*self.context.marks, *own, *named))

    def _line(self, tag: str, _attrs: Attrs) -> End:
        """Begin a line; a paragraph inside a heading is a line of the heading."""
        self.out.end_line()
        if tag in HEADINGS or self.context.line not in {*HEADINGS, SPEAKER}:
            self.context = replace(self.context, line=tag)
        self.out.open_line(self.context)
        return self.out.end_line

    def _speaker(self, tag: str, attrs: Attrs) -> End | None:
        """Begin the line of who said a quotation; a work that is cited in a sentence is its words."""
        of_quotation = self.out.containers[-1].tag == "blockquote"
        if of_quotation and self.context.line in {"", LOOSE}:
            return self._line(SPEAKER, attrs)
        return None if tag == SPEAKER else self._block(tag, attrs)

    def _container(self, tag: str, attrs: Attrs) -> End:
        parent = self.out.containers[-1].tag
        fits = parent in PARENTS.get(tag, {parent}) and (tag, parent) != ("li", "li")
        if not fits or len(self.out.containers) > DEEPEST:
            return self._block(tag, attrs)
        self.out.open(tag, vocabulary.allowed(tag, attrs))
        self.context = replace(self.context, line="")
        return self.out.close

    def _block(self, tag: str, _attrs: Attrs) -> End:
        self.out.end_line()
        if tag == "figcaption" and self.shows_picture:
            return self._mute(tag, self._note_caption)
        marks = self.context.marks
        self.context = replace(
            self.context,
            line=self.context.line or LOOSE,
            marks=(*marks, Mark("strong")) if tag == "dt" else marks,
            is_preformatted=self.context.is_preformatted or tag in {"listing", "pre"},
        )
        return self.out.end_line

    def _figure(self) -> End:
        before, self.shows_picture = self.shows_picture, False
        end_line = self._block("figure", {})

        def end() -> None:
            end_line()
            self.shows_picture = before

        return end

    def _reference(self, tag: str, attrs: Attrs) -> End:
        names = {name: value for name, value in attrs.items() if name in vocabulary.ATTRIBUTES[tag]}
        if names and self._refer(tag, self._resolved(tag, names)):
            return self._mute(tag, self._note_caption)
        if names:
            self.notes.add(NOTE_OF[tag], *names.values())
        return self._figure() if tag == "figure" else self._block(tag, attrs)

    def _picture(self, _tag: str, attrs: Attrs) -> None:
        address, alt = attrs.get("data-src") or attrs.get("src", ""), attrs.get("alt", "")
        named = self.references("img", {"src": address, "alt": alt}) if self.references else None
        if self._refer("figure", vocabulary.allowed("figure", named or {})):
            self.shows_picture = True
        elif address or alt.strip():
            self.notes.add("picture", quoted(alt), f"({address})" if alt.strip() else address)

    def _media(self, tag: str, attrs: Attrs) -> End:
        """A video, frame or the like becomes an embed by its own address, or by one inside it."""

        def tell(muted: _Muted) -> None:
            self._embed(tag, muted.address, attrs.get("title", ""))
            if tag not in RAW:
                self._note_caption(muted)

        return self._mute(tag, tell, address=_address(attrs))

    def _embed(self, tag: str, address: str, title: str = "") -> None:
        named = {"data-embed": address, "data-title": " ".join(title.split())}
        if not self._refer("div", vocabulary.allowed("div", named)):
            self.notes.add("embed", address or tag)

    def _code(self, tag: str, _attrs: Attrs) -> End:
        return self._mute(tag, lambda muted: self.notes.add("code", tag, quoted(muted.text)))

    def _deleted(self, tag: str, _attrs: Attrs) -> End:
        return self._mute(tag, self._note_deleted)

    def _quotation(self, _tag: str, _attrs: Attrs) -> End:
        opening, closing = self.quotation_marks[self.context.quotes % 2]
        self.out.words(opening, self.context)
        self.context = replace(self.context, quotes=self.context.quotes + 1)
        return lambda: self.out.words(closing, self.context)

    def _rule(self, _tag: str, _attrs: Attrs) -> None:
        self.out.end_line()
        self.notes.add("rule")

    BECOMES = (
        (MARKS, _mark),
        ({SPEAKER, "footer"}, _speaker),
        (LINES, _line),
        (CONTAINERS | FRAMES, _container),
        (BLOCKS, _block),
        (REFERENCES, _reference),
        (MEDIA, _media),
        (CODE, _code),
        (DELETED, _deleted),
        ({"br"}, lambda self, _tag, _attrs: self.out.break_line(self.context)),
        ({"img"}, _picture),
        (
            {"embed"},
            lambda self, tag, attrs: self._embed(tag, _address(attrs), attrs.get("title", "")),
        ),
        ({"hr"}, _rule),
        ({"q"}, _quotation),
    )

    # --- References, and what is left out ---

    def _resolved(self, tag: str, attrs: Attrs) -> Attrs:
        """Return the attributes that a reference has here; none where it refers to nothing."""
        names = {name: value for name, value in attrs.items() if name in vocabulary.ATTRIBUTES[tag]}
        if names and self.references:
            names = self.references(tag, names) or {}
        if names.get("href", "").startswith("//"):
            names = names | {"href": f"https:{names['href']}"}
        return vocabulary.allowed(tag, names)

    def _refer(self, tag: str, attrs: Attrs) -> bool:
        """Put in an element that stands for something; return whether it stands for anything."""
        title = {name: attrs.pop(name) for name in ("data-title",) if name in attrs}
        if attrs:
            name = min(attrs)
            self.out.put(tag, {name: attrs[name]} | title)
        return bool(attrs)

    def _mute(self, tag: str, tell: Callable[["_Muted"], object], address: str = "") -> End:
        """Leave out what is inside an element, and `tell` of it at its end."""
        muted = self.muted = _Muted(tag, address)

        def end() -> None:
            self.muted = None
            tell(muted)

        return end

    def _note_caption(self, muted: "_Muted") -> None:
        if muted.text.strip():
            self.notes.add("caption", quoted(muted.text))

    def _note_deleted(self, muted: "_Muted") -> None:
        if muted.text.strip():
            self.notes.add("deleted", quoted(muted.text))


class _Muted:
    """The inside of an element that is left out: its words, and the first address of a medium."""

    def __init__(self, tag: str, address: str) -> None:
        self.tag, self.address, self.depth = tag, address, 1
        self.words: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.words)

    def start(self, tag: str, attrs: Attrs) -> None:
        self.depth += tag == self.tag
        if tag in MEDIA or tag in {"embed", "source"}:
            self.address = self.address or _address(attrs)
        if tag not in MARKS:
            self.words.append(" ")

    def ends_with(self, tag: str) -> bool:
        self.depth -= tag == self.tag
        return not self.depth


def _address(attrs: Attrs) -> str:
    """Return the address of what a medium shows; browsers read "//host" by the page's own scheme."""
    address = (attrs.get("data-src") or attrs.get("src") or attrs.get("data") or "").strip()
    return f"https:{address}" if address.startswith("//") else address


def _level(headings: list[Element], notes: Notes) -> None:
    """Make two levels of any: the highest becomes h2, those below it h3; h2 and h3 alone stay."""
    levels = sorted({heading.tag for heading in headings})
    if set(levels) <= vocabulary.LINES:
        return
    for heading in headings:
        if heading.tag in levels[2:]:
            notes.add("headings", quoted(heading.text()))
        heading.tag = "h2" if heading.tag == levels[0] else "h3"
