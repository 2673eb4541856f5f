"""The tree of categories as one page needs it: loaded once, in one query."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils.safestring import mark_safe

from articles.models import Article, Category
from articles.texts import column
from newsroom.db.statements import Given, statement
from newsroom.languages import DEFAULT_LANGUAGE, LANGUAGES

NAMES = [column("name", code) for code in LANGUAGES]
SLUGS = [column("slug", code) for code in LANGUAGES]
PLACE = "PLACE"


class Crumb(NamedTuple):
    """A step on the way from the top of the tree to a page; the page itself has no address."""

    name: str
    url: str


@dataclass(eq=False)
class Node:
    """A category in the menu of one language: its name and address there, and its slugs everywhere."""

    pk: int
    kind: str
    position: int
    label: str
    slugs: dict
    holds: bool
    parent: "Node | None" = field(default=None, repr=False)
    children: list = field(default_factory=list, repr=False)
    url: str = ""

    # What a category's place in the tree means for its address is said there.
    lineage, path_in, url_in = Category.lineage, Category.path_in, Category.url_in

    def __str__(self):
        return self.label

    def slug_in(self, language):
        return _first(self.slugs, language)


@dataclass(frozen=True)
class Tree:
    """Every category by id, in menu order, each with its `parent`, `children` and `url` filled in."""

    nodes: dict
    language: str

    @classmethod
    def load(cls, *, language, article=None):
        """Load the tree; with an article, each node's `holds` says whether the article is in it."""
        found = _of_article(article=article) if article else _all()
        nodes = {row.pk: _node(row, language) for row in found}
        for row in found:
            nodes[row.pk].parent = nodes.get(row.parent_id)
        places = {kind: _place(kind, language) for kind in Category.Kind.values}
        for node in nodes.values():
            if node.parent:
                node.parent.children.append(node)
            start, end = places[node.kind]
            # Quoted, it holds nothing that HTML would read; a menu has a hundred of them.
            node.url = mark_safe(start + quote(node.path_in(language)) + end)  # noqa: S308
        for node in nodes.values():
            node.children.sort(key=lambda child: (child.position, child.label))
        return cls(nodes, language)

    @property
    def regions(self):
        return self._roots(Category.Kind.REGION)

    @property
    def sections(self):
        return self._roots(Category.Kind.SECTION)

    def find(self, kind, path):
        """Return the node whose slug ends `path`, in this language or else in any other."""
        slug = path.rsplit("/", 1)[-1]
        nodes = [node for node in self.nodes.values() if node.kind == kind]
        own = (node for node in nodes if node.slug_in(self.language) == slug)
        others = (node for code in LANGUAGES for node in nodes if node.slugs[code] == slug)
        return next(own, None) or next(others, None)

    def held(self):
        """Return the nodes that hold the article that the tree was loaded with, in menu order."""
        return [node for node in self.nodes.values() if node.holds]

    def kicker(self, categories):
        """Return what names a story best: its deepest region, or its first section, or None."""
        # The id at the end: a card and the page of its story must come to the same answer.
        return min(
            categories,
            key=lambda node: (node.kind, -len(node.lineage()), node.position, node.pk),
            default=None,
        )

    def _roots(self, kind):
        return [node for node in self.nodes.values() if node.kind == kind and not node.parent]


@statement
def _all():
    return _rows(Category.objects.annotate(holds=Value(value=False)))


@statement
def _of_article():
    links = Article.categories.through.objects.filter(category=OuterRef("pk"))
    return _rows(Category.objects.annotate(holds=Exists(links.filter(article=Given("article")))))


def _rows(categories):
    columns = ("pk", "parent_id", "kind", "position", "holds", *NAMES, *SLUGS)
    return categories.rewrite(mode=False).order_by("position", "pk").values_list(*columns)


def _place(kind, language):
    """Return what stands before and behind the path of a category in its address."""
    url = reverse(f"articles:{kind}", kwargs={"language": language, "path": PLACE})
    start, _place, end = url.partition(PLACE)
    return start, end


def _node(row, language):
    names = dict(zip(LANGUAGES, attrgetter(*NAMES)(row), strict=True))
    slugs = dict(zip(LANGUAGES, attrgetter(*SLUGS)(row), strict=True))
    label = _first(names, language)
    return Node(row.pk, row.kind, row.position, label, slugs, bool(row.holds))


def _first(words, language):
    """Return the words in this language, or in the default one, or in the first that has any."""
    return words[language] or words[DEFAULT_LANGUAGE] or next(filter(None, words.values()), "")
