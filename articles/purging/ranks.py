"""Which categories of the same story may name it or be listed otherwise after the tree has changed."""

from articles.models import Article


def turned(tree, other):
    """Return category -> those in whose company it may name or order stories otherwise than in `other`."""
    here, there = _places(tree), _places(other)
    both = here.keys() & there.keys()
    moved = [pk for pk in both if here[pk] != there[pk]]
    found = {}
    for pk in moved:
        company = {each for each in both if each != pk and _differ(here, there, pk, each)}
        if company:
            found[pk] = company
    return found


def _places(tree):
    """Return id -> (what decides whether it is the kicker, the order of a list, its root)."""
    return {
        pk: (node.rank, (node.position, pk), node.lineage()[0].pk)
        for pk, node in tree.nodes.items()
    }


def _differ(here, there, one, two):
    return _compared(here[one], here[two]) != _compared(there[one], there[two])


def _compared(one, two):
    """Return how two places stand to each other: which comes first, and whether their root is the same."""
    return one[0] < two[0], one[1] < two[1], one[2] == two[2]


def in_company(turned, *, limit):
    """Return the ids of articles that stand in a category and one of its company, up to a limit."""
    links = Article.categories.through.objects.order_by()
    found = set()
    for pk, company in turned.items():
        others = links.filter(category__in=company).values("article_id")
        both = links.filter(category=pk, article__in=others)
        found |= set(both.values_list("article_id", flat=True)[: limit + 1])
        if len(found) > limit:
            break
    return found
