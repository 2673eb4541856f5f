"""One clean body, with all that can be asked of it."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from articles.body import markup, rendering, text
from articles.body.markup import KEEP, UNWRAP, VOID, Answer, Attrs, Piece
from articles.body.rendering import PAGE, Form, Links, Uses
from articles.body.vocabulary import REFERENCES
from newsroom.i18n.words import SPACELESS_SIGNS

Change = Callable[[str, Attrs], Attrs | None]

WORDS_A_MINUTE = 220
"""How fast people read; the editor tells by it, too."""

_SPACELESS = re.compile(f"[{SPACELESS_SIGNS}]")

KEPT = 256
"""So many bodies are kept parsed: a story has one in each language, and with fewer all of them are parsed at each question."""


@dataclass(frozen=True)
class References:
    """What a body refers to: image ids, article ids, and keys of stories that have not arrived.

    Of the articles, `cards` are those that stand as a card, with their headlines.
    """

    images: frozenset[int]
    articles: frozenset[int]
    waiting: frozenset[str]
    cards: frozenset[int]


class Block(NamedTuple):
    """What stands for itself in a body: a paragraph, a list, a figure.

    Its `id` is made from what it holds, so it stays the same wherever the block stands and whatever
    is changed around it. The second of two equal blocks has a number behind its id.
    """

    id: str
    html: str


@dataclass(frozen=True)
class Body:
    """A clean body, which is parsed when something is first asked of it, and never again.

    Make one for a text, ask it everything, and hand it on to whoever has more to ask.
    """

    html: str

    @cached_property
    def pieces(self) -> list[Piece]:
        return markup.pieces(self.html)

    @cached_property
    def marked(self) -> list[Piece]:
        """Its links and references, and what stands between them; of a body that is not read for its words."""
        return markup.marked(self.html)

    @cached_property
    def text(self) -> str:
        """The words, one block a line, without what the body refers to."""
        return text.words_of(self.pieces)

    @cached_property
    def words(self) -> int:
        """About how many words a reader reads; where a script has no spaces, two signs are one."""
        return len(self.text.split()) + len(_SPACELESS.findall(self.text)) // 2

    @property
    def minutes(self) -> int:
        """About how many minutes it takes to read; one at least for what has words."""
        return max(min(self.words, 1), round(self.words / WORDS_A_MINUTE))

    @cached_property
    def references(self) -> References:
        referring = {*REFERENCES, "a"}
        elements = [piece for piece in self.marked if piece.tag in referring]
        cards = [piece for piece in elements if piece.tag == "aside"]
        return References(
            images=frozenset(map(int, _values("data-image", elements))),
            articles=frozenset(map(int, _values("data-article", elements))),
            waiting=frozenset(_values("data-waiting", elements)),
            cards=frozenset(map(int, _values("data-article", cards))),
        )

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        seen: Counter[str] = Counter()
        blocks = []
        for pieces in _runs(self.pieces):
            html = "".join(piece.source for piece in pieces).strip()
            name = hashlib.sha256(html.encode()).hexdigest()[:12]
            seen[name] += 1
            blocks.append(Block(name if seen[name] == 1 else f"{name}-{seen[name]}", html))
        return tuple(blocks)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of each block that has any, in their order."""
        return tuple(filter(None, map(text.words_of, _runs(self.pieces))))

    def rewritten(self, change: Change) -> "Body":
        """Return a body with other references: `change(tag, attrs)` returns new attributes.

        It is asked about figure, aside, div and a elements; None drops the element (a link keeps its
        words). The result is not cleaned.
        """

        def visit(tag: str, attrs: Attrs) -> str | Answer:
            if tag not in REFERENCES and tag != "a":
                return KEEP
            changed = change(tag, attrs)
            if changed is None:
                return "" if tag in REFERENCES else UNWRAP
            end = f"</{tag}>" if tag in REFERENCES else ""
            return markup.start_tag(tag, changed) + end

        return Body(markup.copied(self.marked, visit))

    @property
    def titles(self) -> tuple[str, ...]:
        """What its embeds are called, in their order; "" of one without a title."""
        embeds = (piece.attrs for piece in self.marked if piece.tag == "div" and piece.attrs)
        return tuple(attrs.get("data-title", "") for attrs in embeds)

    def titled(self, titles: Iterable[str]) -> "Body":
        """Return a body whose embeds have these titles, in their order; with "", and behind the last of them, none."""
        left = iter(titles)

        def change(tag: str, attrs: Attrs) -> Attrs:
            if tag != "div":
                return attrs
            title = next(left, "")
            rest = {name: value for name, value in attrs.items() if name != "data-title"}
            return rest | ({"data-title": title} if title else {})

        return self.rewritten(change)

    def render(self, *, uses: Uses, links: Links, language: str, form: Form = PAGE) -> str:
        """Return the body, a text in `language`, as readers see it, safe to print; in the `form` AWAY for feeds.

        `uses` maps an image id to the picture to show, `links` an article id to its card in the
        reader's language. What is in neither is gone: a figure or card vanishes, a link keeps its
        words.
        """
        needs_words = rendering.needs_words(language, form)
        pieces = self.pieces if needs_words else self.marked
        return rendering.rendered(pieces, uses=uses, links=links, language=language, form=form)


@lru_cache(maxsize=KEPT)
def parsed(html: str) -> Body:
    """Return the Body of a text, the same one to all who ask for it in one save: it is parsed once."""
    return Body(html)


def _values(name: str, elements: list[Piece]) -> list[str]:
    return [piece.attrs[name] for piece in elements if piece.attrs and name in piece.attrs]


def _runs(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each element that stands in no other, and of what stands between two."""
    depth, run = 0, []
    for piece in pieces:
        run.append(piece)
        if piece.is_start and piece.tag not in VOID:
            depth += 1
        elif piece.is_end:
            depth -= 1
        if depth == 0:
            if any(piece.source.strip() for piece in run):
                yield run
            run = []
