"""What readers see of categories: the menu, and each category's name, address and place in the tree."""

from dataclasses import dataclass

from articles.models import Category
from articles.pages.menu import Tree
from articles.purging.facts import article
from articles.purging.kind import ALL, HELD, NOTHING, Fixed, Kind, Part, enabled
from articles.purging.names import name
from articles.purging.ranks import Ranks, in_company
from articles.texts import column
from newsroom.pagecache import EVERYTHING


@dataclass(frozen=True)
class Categories(Fixed):
    """The whole tree, with what decides how it names stories."""

    ranks: Ranks


class CategoryTree(Kind):
    """All categories at once, and the stories that the tree names or orders otherwise than before."""

    models = {Category: None}
    parts = (
        Part(
            "menu:<language>",
            "the navigation: all of them",
            "a category in the menu gets another name, address, place or order, comes or goes",
        ),
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
            "about:category:<id>:<language>",
            "its list: the description, the way to it and the regions in it",
            "one of these changes",
        ),
    )

    def load(self, pks):
        values = {}
        for code in enabled():
            values |= _tree_in(code)
        return {ALL: Categories(values, Ranks.load())}

    def changes(self, before, *, at, remembered):
        was, now = before[ALL], self.load([ALL])[ALL]
        yield was, now
        articles = in_company(now.ranks.turned(was.ranks), limit=HELD)
        if len(articles) > HELD:
            yield NOTHING, Fixed({EVERYTHING: True})
            return
        stories = article.KIND.load(articles)
        stories_before = stories | remembered.get(article.KIND, {})
        for pk, story in stories.items():
            # What comes by itself is told of the story where that is changed.
            yield tuple(
                Fixed(each.ranked(ranks).facts(at=at))
                for each, ranks in ((stories_before[pk], was.ranks), (story, now.ranks))
            )


def _tree_in(code):
    found = Tree.load(language=code)
    words = Category.objects.values_list("pk", column("description", code))
    descriptions = {pk: description or "" for pk, description in words}
    values = {name("menu", code): _menu(found)}
    for pk, node in found.nodes.items():
        # Another category may come to stand at the same address.
        stands = found.find(node.kind, node.path_in(code)) is node
        lines = [[_line(each) for each in nodes] for nodes in (node.lineage(), node.children)]
        values[name("category", pk, code)] = (*_line(node), stands)
        values[name("url:category", pk, code)] = node.url
        values[name("about:category", pk, code)] = (descriptions.get(pk, ""), lines)
    return values


def _menu(found):
    regions = [(_line(node), [_line(child) for child in node.children]) for node in found.regions]
    return regions, [_line(node) for node in found.sections]


def _line(node):
    return node.label, node.url


KIND = CategoryTree()
