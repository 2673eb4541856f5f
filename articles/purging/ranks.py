"""Which stories the tree may name or list otherwise after it has changed."""

from articles.models import Article


def turned(tree, other):
    """Return category -> those in whose company it may name or order stories otherwise than in `other`; None is any."""
    here, there = _places(tree), _places(other)
    both = here.keys() & there.keys()
    moved = {pk for pk in both if here[pk] != there[pk]}
    companies = {pk: None for pk in both if _is_genre(tree, pk) != _is_genre(other, pk)}
    for pk in moved - companies.keys():
        company = {
            companion
            for companion in both
            if companion != pk and _differ(here, there, pk, companion)
        }
        if company:
            companies[pk] = company
    return companies


def _is_genre(tree, pk):
    return tree.nodes[pk].row.is_genre


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
    """Return the ids of articles that stand in a category and one of its company, or in any, up to a limit."""
    links = Article.categories.through.objects.order_by()
    articles = set()
    for pk, company in turned.items():
        both = links.filter(category=pk)
        if company is not None:
            others = links.filter(category__in=company).values("article_id")
            both = both.filter(article__in=others)
        articles |= set(both.values_list("article_id", flat=True)[: limit + 1])
        if len(articles) > limit:
            break
    return articles
