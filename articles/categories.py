"""The tree of categories: which stands under which, in what order, where each is, and which names a story best.

It knows no model: `Category.tree()` loads it, in one query. Everything that asks about a place in
the tree asks here. Two editors can each move one of two categories under the other at the same
moment: every walk ends in such a circle, and none is as deep as the tree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.safestring import mark_safe

from articles.texts import text, text_or_default
from newsroom.i18n import letters
from newsroom.languages import Label, first_language, with_columns

if TYPE_CHECKING:
    from functools import cached_property
else:
    # Unlike that of Python 3.11 it takes no lock: a menu asks for hundreds.
    from django.utils.functional import cached_property

PLACE = "PLACE"


class Row(Protocol):
    """What is asked of a row of the table; its columns of names and slugs are found by language."""

    pk: int
    kind: str
    parent_id: int | None
    position: int
    is_genre: bool
    holds: bool


@dataclass(frozen=True, eq=False)
class Node:
    """A category where it stands; its `label`, its `url` and the order of its `children` are those of the language of its tree."""

    pk: int
    kind: str
    parent_id: int | None
    position: int
    row: Row = field(repr=False)
    tree: "Tree" = field(repr=False)

    def __str__(self) -> str:
        return self.label

    @cached_property
    def label(self) -> Label:
        return text_or_default(self.row, "name", self.tree.language)

    @cached_property
    def url(self) -> str:
        start, end = self.tree.places[self.kind]
        path = self.path_in(self.tree.language)
        # Quoted, it holds nothing that HTML would read; a menu has a hundred of them.
        url: str = mark_safe(start + uri_to_iri(quote(path)) + end)  # noqa: S308
        return url

    @property
    def parent(self) -> "Node | None":
        return self.tree.nodes.get(self.parent_id) if self.parent_id else None

    @cached_property
    def children(self) -> tuple["Node", ...]:
        nodes = self.tree.nodes_under.get(self.pk, ())
        language = self.tree.language
        return tuple(
            sorted(nodes, key=lambda node: (node.position, *letters.order(node.label, language)))
        )

    @property
    def depth(self) -> int:
        """How many nodes stand above it."""
        return len(self.lineage()) - 1

    @property
    def rank(self) -> tuple[str, int, int, int]:
        """What decides which of a story's categories names it: the one with the smallest."""
        # The id at the end: a card and the page of its story must come to the same answer.
        return self.kind, -self.depth, self.position, self.pk

    @property
    def is_filled(self) -> bool:
        """Whether readers find a story here, in the language of its tree; so it is where the tree was not asked."""
        filled = self.tree.filled
        return filled is None or self.pk in filled

    def lineage(self) -> list["Node"]:
        """Return the nodes from the root down to this one, this one included."""
        nodes = {self.pk: self}
        node = self.parent
        while node and node.pk not in nodes:
            nodes[node.pk] = node
            node = node.parent
        return list(nodes.values())[::-1]

    def subtree(self) -> list["Node"]:
        """Return this node and all that stand under it, in the order of menus."""
        return list(_walk([self]))

    def slug_in(self, language: str) -> str:
        own = text(self.row, "slug", language)
        return own or text_or_default(self.row, "slug", first_language())

    def path_in(self, language: str) -> str:
        """Return the slugs from the root down, joined: "middle-east/syria"."""
        return "/".join(node.slug_in(language) for node in self.lineage())

    def url_in(self, language: str) -> str:
        return _url(self.kind, language, self.path_in(language))


@dataclass(frozen=True, eq=False)
class Tree:
    """Every category by id, in the words of one language.

    The rows come by position and id. Each has the columns of a Category, and `holds` if its tree is asked for `held`.
    `filled` are the ids of those that hold what readers see in this language, None where that is not known.
    """

    rows: tuple[Row, ...]
    language: str = field(default_factory=first_language)
    filled: frozenset[int] | None = None

    def in_language(self, language: str, *, filled: frozenset[int] | None = None) -> "Tree":
        """Return the same tree in the words of another language."""
        return replace(self, language=language, filled=filled)

    @cached_property
    def nodes(self) -> Mapping[int, Node]:
        return MappingProxyType(
            {
                row.pk: Node(row.pk, row.kind, row.parent_id, row.position, row, self)
                for row in self.rows
            }
        )

    @property
    def regions(self) -> list[Node]:
        return self._roots("region")

    @property
    def sections(self) -> list[Node]:
        return self._roots("section")

    def walk(self) -> Iterator[Node]:
        """Yield every node in the order of menus; those of a circle, which has no root, come last."""
        return _walk([*self.regions, *self.sections, *self.nodes.values()])

    def find(self, kind: str, path: str) -> Node | None:
        """Return the node whose slug ends `path`, in this language or else in any other."""
        return self._by_slug.get((kind, path.rsplit("/", 1)[-1]))

    def among(self, pks: Iterable[int]) -> list[Node]:
        """Return the nodes with these ids, in the order in which they are listed under a story."""
        nodes = (self.nodes[pk] for pk in pks if pk in self.nodes)
        return sorted(nodes, key=lambda node: (node.position, node.pk))

    def held(self) -> list[Node]:
        """Return the nodes that hold the article that the tree was loaded with, in that order too."""
        return [self.nodes[row.pk] for row in self.rows if row.holds]

    def kicker(self, nodes: Iterable[Node]) -> Node | None:
        """Return what names a story best: its deepest region, or its first section, or None."""
        return min(nodes, key=lambda node: node.rank, default=None)

    def genre(self, nodes: Iterable[Node]) -> Node | None:
        """Return the section that stands before the headline of a story, so that nobody takes it for news, or None."""
        genres = (node for node in nodes if node.row.is_genre)
        return min(genres, key=lambda node: (node.position, node.pk), default=None)

    def kickers(self, nodes: Iterable[Node]) -> dict[int, Node | None]:
        """Return the id of a root -> the kicker that a story has in the block of that root on a front page."""
        inside: dict[int, list[Node]] = {}
        for node in nodes:
            inside.setdefault(node.lineage()[0].pk, []).append(node)
        return {root: self.kicker(nodes) for root, nodes in inside.items()}

    @cached_property
    def nodes_under(self) -> dict[int | None, list[Node]]:
        """The nodes by the id of their parent, in no order."""
        nodes: dict[int | None, list[Node]] = {}
        for node in self.nodes.values():
            nodes.setdefault(node.parent_id, []).append(node)
        return nodes

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """What stands before and behind the path in an address of this language, by kind."""
        return {kind: self._place(kind) for kind in ("region", "section")}

    def _place(self, kind: str) -> tuple[str, str]:
        start, _place, end = _url(kind, self.language, PLACE).partition(PLACE)
        return start, end

    def _roots(self, kind: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind == kind and not node.parent]

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Node]:
        """The node by kind and slug: the first with the slug in this language, then in each other."""
        nodes: dict[tuple[str, str], Node] = {}
        for node in self.nodes.values():
            nodes.setdefault((node.kind, node.slug_in(self.language)), node)
        for code in with_columns():
            for node in self.nodes.values():
                if slug := text(node.row, "slug", code):
                    nodes.setdefault((node.kind, slug), node)
        return nodes


def filled_at(since: Mapping[int, datetime], *, at: datetime) -> frozenset[int]:
    """Return the ids of those that are filled at a moment, by the moment since when each is."""
    return frozenset(pk for pk, moment in since.items() if moment <= at)


def _url(kind: str, language: str, path: str) -> str:
    kwargs = {"language": language, "path": path}
    url: str = uri_to_iri(reverse(f"articles:{kind}", kwargs=kwargs))
    return url


def _walk(nodes: list[Node]) -> Iterator[Node]:
    """Yield these nodes and all under them, each once and before its children."""
    seen: set[int] = set()
    waiting = nodes[::-1]
    while waiting:
        node = waiting.pop()
        if node.pk not in seen:
            seen.add(node.pk)
            yield node
            waiting += node.children[::-1]
