"""What readers see of each noun, as facts to compare before and after a change: a noun a file."""

from articles.purging.facts import (
    article,
    author,
    category,
    comment,
    correction,
    image,
    menu,
    own_page,
    promotion,
    site,
    tag,
    wording,
)

KINDS = (
    *(category.KIND, tag.KIND, author.KIND, article.KIND),
    *(image.KIND, promotion.KIND, comment.KIND, site.KIND, own_page.KIND),
    *(menu.KIND, wording.KIND, correction.KIND),
)
"""Every noun of which readers see something; see kind.py."""
