"""The tree of categories as one page needs it: loaded once, in one query."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from articles.models import Article, Category
from articles.texts import text
from newsroom.languages import LANGUAGES


@dataclass(frozen=True)
class Tree:
    """Every category by id, each with its `parent` and its list of `children` filled in."""

    nodes: dict
    language: str

    @classmethod
    def load(cls, *, language, article=None):
        """Load the tree; with an article, each node's `holds` says whether the article is in it."""
        rows = Category.objects.for_navigation(language=language)
        if article:
            links = Article.categories.through.objects.filter(
                article=article, category=OuterRef("pk")
            )
            rows = rows.annotate(holds=Exists(links))
        nodes = {node.pk: node for node in rows}
        for node in nodes.values():
            node.children = []
        for node in nodes.values():
            node.parent = nodes.get(node.parent_id)
            if node.parent:
                node.parent.children.append(node)
        for node in nodes.values():
            node.children.sort(key=lambda child: (child.position, str(child)))
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
        others = (node for code in LANGUAGES for node in nodes if text(node, "slug", code) == slug)
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
