"""A translation beside its source, line by line, as its page shows it."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from articles import body, checks
from articles.comparing.wordings import HEADLINE, Block, Row
from articles.comparing.words import ADDED, REMOVED, SAME, changes

ALONE, OF, EMBED, SOURCE = "own", "of", "embed", "source"
"""How fields begin: of blocks without a source, of those that are made from one, of titles of embeds, and of choices of a source."""

TITLE = "data-title"

TAGS = {SAME: "span", REMOVED: "del", ADDED: "ins"}
_REFERENCES = ("<figure", "<aside", "<div")


@dataclass(frozen=True)
class Line:
    """A block of the source and the one that was made from it. `read` is the language that is read, `other` what it says.

    One that is second was made from a block of the source from which another was made, too.
    """

    row: Row
    read: str
    source_language: str
    language: str
    other: Block | None = None
    uses: list = field(default_factory=list)
    is_second: bool = False

    @property
    def name(self):
        """The name of its field: the same for all who write, whoever has the block written first."""
        source, target = self.row.source, self.row.target
        name = source.id if source else target.source
        return f"{OF}-{name}" if name and not self.is_second else f"{ALONE}-{target.id}"

    @property
    def source(self):
        return self.row.source.id if self.row.source else ""

    @property
    def block(self):
        """The block that says what it is: that of the source, or the one that stands alone."""
        return self.row.source or self.row.target

    @property
    def is_headline(self):
        return self.block.id == HEADLINE

    @property
    def is_line(self):
        return self.block.is_line

    @property
    def is_reference(self):
        return not self.is_line and self.block.html.startswith(_REFERENCES)

    @property
    def is_embed(self):
        return self.is_reference and self.block.html.startswith("<div")

    @property
    def source_name(self):
        """The name of the field that tells what the block was made from, "" for one that can be made from nothing else."""
        target = self.row.target
        return f"{SOURCE}-{target.id}" if target and target.is_free else ""

    @property
    def waits_for(self):
        """The headline of the story that a card waits for, "" for any other block."""
        waiting = body.parsed(self.block.html).references.waiting if self.is_reference else ()
        return next(iter(waiting), "")

    @property
    def title_name(self):
        """The name of the field for the title of an embed."""
        return f"{EMBED}-{self.name}"

    @property
    def title(self):
        """What an embed is called in the translation."""
        return embed_of(self.row.target).get(TITLE, "")

    @property
    def read_embed(self):
        """What an embed is called where it is read, and its address."""
        attrs = embed_of(self.reading)
        return {"title": attrs.get(TITLE, ""), "address": attrs.get("data-embed", "")}

    @property
    def is_behind(self):
        return self.row.is_behind

    @property
    def is_missing(self):
        return self.row.target is None

    @property
    def is_alone(self):
        return self.row.source is None

    @property
    def has_lost_its_source(self):
        return self.is_alone and bool(self.row.target.source) and not self.is_second

    @property
    def written(self):
        """What stands in the translation now; of a figure or card, whether it does."""
        if self.is_reference:
            return self.row.target is not None
        return self.row.target.html if self.row.target else ""

    @property
    def reading(self):
        """The block that is read beside it."""
        return self.other or self.row.source

    @property
    def reading_language(self):
        return self.read if self.other else self.source_language

    @property
    def shown(self):
        return _safe(self.reading)

    @property
    def shown_translation(self):
        return _safe(self.row.target)

    @cached_property
    def changes(self):
        """The source, with the words marked that are others than those that the translation was made from; "" where nobody knows."""
        known = self.row.target and self.row.target.made
        if not (self.is_behind and known) or self.reading is not self.row.source:
            return ""
        runs = changes(_words(known, self.is_line), _words(self.row.source.html, self.is_line))
        return format_html_join("", "<{0}>{1}</{0}>", ((TAGS[run.kind], run.text) for run in runs))

    @cached_property
    def checks(self):
        if self.is_missing or self.is_alone:
            return []
        texts = (self.row.source.html, self.row.target.html)
        source, target = map(escape, texts) if self.is_line else texts
        languages = {"source_language": self.source_language, "language": self.language}
        return checks.found(source, target, **languages)


def lines_of(record, language, *, read, uses):
    """Return the Lines of a language, beside the words of the language `read`, with the pictures where they stand."""
    others = {}
    if read != record.source:
        others = {block.source: block for block in record.texts.get(read, []) if block.source}
    left = {use.image_id: use for use in uses}
    lines, seen = [], set()
    for row in record.rows(language):
        block = row.source or row.target
        made_from = row.source.id if row.source else row.target.source
        second = {"is_second": bool(made_from) and made_from in seen}
        seen.add(made_from)
        shown = [left.pop(image) for image in _images(block) if image in left]
        languages = {"read": read, "source_language": record.source, "language": language}
        other = others.get(row.source.id) if row.source else None
        lines.append(Line(row, **languages, other=other, uses=shown, **second))
    return lines, list(left.values())


def behind(record, language):
    """Return the Lines of a language that are behind."""
    lines, _uses = lines_of(record, language, read=record.source, uses=[])
    return [line for line in lines if line.is_behind]


def sources_of(record):
    """Return (id, its number and first words) of each block of the source that anything can be made from."""
    blocks = [block for block in record.of_source().values() if not block.is_line]
    return [
        (block.id, f"{number} · {Truncator(body.parsed(block.html).text).words(9)}")
        for number, block in enumerate(blocks, start=1)
        if block.is_free
    ]


def embed_of(block):
    """Return the attributes of a block that is an embed, {} for any other."""
    if not block or block.is_line:
        return {}
    return next((piece.attrs for piece in body.parsed(block.html).marked if piece.tag == "div"), {})


def _safe(block):
    if not block:
        return ""
    # Every body in the database has been cleaned.
    return escape(block.html) if block.is_line else mark_safe(block.html)  # noqa: S308


def _images(block):
    return () if block.is_line else sorted(body.parsed(block.html).references.images)


def _words(html, is_line):
    if is_line:
        return html
    return body.parsed(html).text or embed_of(Block("", html)).get(TITLE, "")
