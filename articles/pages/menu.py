"""What the menu of every page shows of the tree of categories: those that hold something in its language."""

from collections.abc import Iterable
from typing import NamedTuple

from articles.categories import Node, Tree
from newsroom.languages import Label


class Crumb(NamedTuple):
    """A step on the way from the top of the tree to a page; the page itself has no address."""

    name: str
    url: str


class Entry(NamedTuple):
    """A category in the menu, with those under it."""

    label: Label
    url: str
    children: tuple["Entry", ...] = ()


class Menu(NamedTuple):
    """The regions with those under them, and the sections."""

    regions: tuple[Entry, ...]
    sections: tuple[Entry, ...]


def of(tree: Tree) -> Menu:
    """Return the Menu of a tree, in its language."""
    return Menu(
        tuple(
            Entry(node.label, node.url, _entries(node.children)) for node in filled(tree.regions)
        ),
        _entries(tree.sections),
    )


def filled(nodes: Iterable[Node]) -> list[Node]:
    """Return those nodes where readers find a story."""
    return [node for node in nodes if node.is_filled]


def _entries(nodes: Iterable[Node]) -> tuple[Entry, ...]:
    return tuple(Entry(node.label, node.url) for node in filled(nodes))
