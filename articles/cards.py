"""A list of stories as cards: each Edition gets its `lead` picture and its `kicker`.

Two queries for any number of cards.
"""

from collections import defaultdict

from articles.models import Article, ImageUse
from articles.renditions import picture_of


def dress(editions, *, tree, at):
    """Give each edition `lead` (an ImageUse with `picture`, or None), `categories` and `kicker`.

    Returns them as a list, in their order.
    """
    editions = list(editions)
    ids = {edition.article_id for edition in editions}
    leads = {use.article_id: use for use in with_pictures(_lead_uses(ids, tree.language), at=at)}
    categories = _categories(ids, tree)
    for edition in editions:
        edition.lead = leads.get(edition.article_id)
        edition.categories = categories[edition.article_id]
        edition.kicker = tree.kicker(edition.categories)
    return editions


def with_pictures(uses, *, at):
    """Give each use its `picture` (a renditions.Picture), None where readers may not see it."""
    uses = list(uses)
    for use in uses:
        use.picture = picture_of(use.image, at=at)
    return uses


def _lead_uses(article_ids, language):
    uses = ImageUse.objects.filter(article__in=article_ids, is_lead=True)
    return uses.with_image(language=language)


def _categories(article_ids, tree):
    links = Article.categories.through.objects.filter(article__in=article_ids)
    found = defaultdict(list)
    for article, category in links.values_list("article_id", "category_id"):
        if category in tree.nodes:
            found[article].append(tree.nodes[category])
    return found
