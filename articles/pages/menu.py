"""What the menu of every page shows of the tree of categories."""

from typing import NamedTuple


class Crumb(NamedTuple):
    """A step on the way from the top of the tree to a page; the page itself has no address."""

    name: str
    url: str


class Entry(NamedTuple):
    """A category in the menu, with those under it."""

    label: str
    url: str
    children: tuple = ()


class Menu(NamedTuple):
    """The regions with those under them, and the sections."""

    regions: tuple
    sections: tuple


def of(tree):
    """Return the Menu of a categories.Tree, in its language."""
    return Menu(
        tuple(Entry(node.label, node.url, _entries(node.children)) for node in tree.regions),
        _entries(tree.sections),
    )


def _entries(nodes):
    return tuple(Entry(node.label, node.url) for node in nodes)
