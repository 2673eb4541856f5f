"""What the menu of every page shows: what somebody has chosen for it, or else the tree of categories.

Of either, in each language, only what readers of that language find something in.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from articles.categories import Node, Tree
from newsroom.languages import Label

REGION, SECTION, OTHER = "region", "section", "other"


class Crumb(NamedTuple):
    """A step on the way from the top of the tree to a page; the page itself has no address."""

    name: str
    url: str


class Entry(NamedTuple):
    """What the menu leads to: a REGION with those under it, a SECTION, or something that is no category."""

    label: Label
    url: str
    children: tuple["Entry", ...] = ()
    kind: str = REGION


class Menu(NamedTuple):
    """Its entries, in their order."""

    entries: tuple[Entry, ...]

    @property
    def regions(self) -> list[Entry]:
        return self._of(REGION)

    @property
    def sections(self) -> list[Entry]:
        return self._of(SECTION)

    @property
    def others(self) -> list[Entry]:
        return self._of(OTHER)

    def _of(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == kind]


class Page(Protocol):
    """What is asked of an own page that readers see."""

    @property
    def pk(self) -> int: ...
    @property
    def label(self) -> Label: ...
    @property
    def url(self) -> str: ...


class Choice(NamedTuple):
    """What was chosen for a language: the id of a category or an own page, or the address of a link; with a label of its own, or none."""

    category: int | None
    page: int | None
    link: str
    label: Label


def of(tree: Tree, choices: Sequence[Choice] = (), pages: Iterable[Page] = ()) -> Menu:
    """Return the Menu of a tree, in its language, by what was chosen there; `pages` are the own pages that readers see."""
    if not choices:
        return Menu(tuple(map(_of_node, filled([*tree.regions, *tree.sections]))))
    seen = {page.pk: page for page in pages}
    entries = (_chosen(choice, tree, seen) for choice in choices)
    return Menu(tuple(filter(None, entries)))


def places(tree: Tree, choices: Sequence[Choice]) -> set[int]:
    """Return the ids of the categories that the menu names as soon as they are filled."""
    roots = [*tree.regions, *tree.sections]
    if choices:
        roots = tree.among(choice.category for choice in choices if choice.category)
    return {node.pk for root in roots for node in (root, *root.children)}


def filled(nodes: Iterable[Node]) -> list[Node]:
    """Return those nodes where readers find a story."""
    return [node for node in nodes if node.is_filled]


def _chosen(choice: Choice, tree: Tree, pages: Mapping[int, Page]) -> Entry | None:
    """Return the Entry of a Choice, or None where readers of the language find nothing there."""
    if choice.link:
        return Entry(choice.label, choice.link, kind=OTHER)
    if choice.page:
        page = pages.get(choice.page)
        return Entry(choice.label or page.label, page.url, kind=OTHER) if page else None
    node = tree.nodes.get(choice.category or 0)
    if not (node and node.is_filled):
        return None
    entry = _of_node(node)
    return entry._replace(label=choice.label) if choice.label else entry


def _of_node(node: Node) -> Entry:
    children = tuple(Entry(child.label, child.url) for child in filled(node.children))
    return Entry(node.label, node.url, children, node.kind)
