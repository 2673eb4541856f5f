"""What readers see of categories: each category's name, address and place in the tree."""

from dataclasses import dataclass

from django.utils import timezone

from articles.categories import Tree
from articles.models import Category
from articles.pages.menu import filled
from articles.purging.facts import article
from articles.purging.kind import ALL, HELD, NOTHING, Fixed, Kind, Part, enabled
from articles.purging.names import name
from articles.purging.ranks import in_company, turned
from articles.texts import column
from newsroom.pagecache import EVERYTHING


@dataclass(frozen=True)
class Categories(Fixed):
    """The whole tree, which decides how stories are named."""

    tree: Tree


class CategoryTree(Kind):
    """All categories at once, and the stories that the tree names or orders otherwise than before."""

    models = {Category: None}
    parts = (
        Part(
            "category:<id>:<language>",
            "a category's name, as a link: as a kicker, in the way to a story, under it, over a list",
            "its name or address there changes, or those of one above it",
            hides=True,
        ),
        Part(
            "url:category:<id>:<language>",
            "the list of a category that leads to its list in this language",
            "its address there changes",
        ),
        Part(
            "way:category:<id>:<language>",
            "its list: the way to it and the regions in it",
            "one of these changes",
        ),
        Part(
            "about:category:<id>:<language>",
            "the first page of its list: the description",
            "that changes",
        ),
    )

    def load(self, pks):
        tree, held, values = Category.tree(), Category.filled(at=timezone.now()), {}
        columns = [column("description", code) for code in enabled()]
        descriptions = {row.pop("pk"): row for row in Category.objects.values("pk", *columns)}
        for code in enabled():
            values |= _tree_in(code, tree.in_language(code, filled=held[code]), descriptions)
        return {ALL: Categories(values, tree)}

    def changes(self, before, *, at, remembered):
        was, now = before[ALL], self.load([ALL])[ALL]
        yield was, now
        articles = in_company(turned(now.tree, was.tree), limit=HELD)
        if len(articles) > HELD:
            yield NOTHING, Fixed({EVERYTHING: True})
            return
        stories = article.KIND.load(articles)
        stories_before = stories | remembered.get(article.KIND, {})
        for pk, story in stories.items():
            # What comes by itself is told of the story where that is changed.
            yield tuple(
                Fixed(snapshot.filed_in(tree).facts(at=at))
                for snapshot, tree in ((stories_before[pk], was.tree), (story, now.tree))
            )


def _tree_in(code, tree, descriptions):
    values = {}
    for pk, node in tree.nodes.items():
        # Another category may come to stand at the same address.
        stands = tree.find(node.kind, node.path_in(code)) is node
        lines = [
            [_line(relative) for relative in nodes]
            for nodes in (node.lineage(), filled(node.children))
        ]
        values[name("category", pk, code)] = (*_line(node), stands)
        values[name("url:category", pk, code)] = node.url
        description = descriptions.get(pk, {}).get(column("description", code)) or ""
        values[name("way:category", pk, code)] = lines
        values[name("about:category", pk, code)] = description
    return values


def _line(node):
    return node.label, node.url


KIND = CategoryTree()
