"""Which parts each kind of page shows."""

from articles.cachetags.names import list_of, name
from articles.pages.layouts import placed
from articles.pages.shelf import MONTH
from newsroom.pagecache import Span


def full(card, *, region=None):
    """Yield the tags of a card with its standfirst and picture; `region` is that of a front's block."""
    yield name("teaser", card.article_id, card.language)
    yield from _kicker(card, region)
    if card.lead:
        yield name("crop", card.lead.image.pk)


def compact(card, *, region=None):
    """Yield the tags of a card without standfirst and picture: it shows whether there is one."""
    yield name("link", card.article_id, card.language)
    yield name("lead", card.article_id)
    yield from _kicker(card, region)
    if card.lead:
        yield name("shown", card.lead.image.pk)


def front(found, *, tree):
    """Yield the tags of a front page."""
    language = tree.language
    yield name("menu", language)
    yield Span(list_of("all", None, language), since=found.edge)
    if found.lead:
        yield from full(found.lead)
    for card, slot in placed(found.seconds, "seconds"):
        yield from compact(card) if slot.kind == "compact" else full(card)
    for card in found.latest:
        yield name("link", card.article_id, language)
    for region in tree.regions:
        yield Span(list_of("category", region.pk, language), since=found.edges[region.pk])
    for block in found.blocks:
        region = block["category"].pk
        yield name("category", region, language)
        for card, slot in placed(block["cards"], "region"):
            shown = compact if slot.kind == "compact" else full
            yield from shown(card, region=region)


def story(edition, uses, more, *, most):
    """Yield the tags of the page of a story, of which `more` shows `most` others at most."""
    language = edition.language
    yield name("menu", language)
    yield name("article", edition.article_id, language)
    nodes = [*edition.categories, *(edition.kicker.lineage() if edition.kicker else [])]
    yield from (name("category", node.pk, language) for node in nodes)
    yield from (name("tag", tag["pk"], language) for tag in edition.tags)
    for line in edition.bylines:
        yield from (name("author", author["pk"], language) for author in line["authors"])
    yield from _body(edition, uses)
    if edition.kicker:
        edge = min((card.published_at for card in more), default=None)
        shelf = list_of("category", edition.kicker.pk, language)
        yield Span(shelf, since=edge if len(more) == most else None)
    for card in more:
        yield name("teaser", card.article_id, language)
        if card.lead:
            yield name("crop", card.lead.image.pk)


def gone(edition):
    """Yield the tags of the page that says that a story was withdrawn."""
    yield name("menu", edition.language)
    yield name("article", edition.article_id, edition.language)


def archive(language):
    yield name("menu", language)
    yield name("months", language)


def listing(shelf, span, cards, *, language, asked, others):
    """Yield the tags of one page of a shelf.

    `asked` are the languages of which it matters whether the shelf holds something there, `others` those
    beside this one where it does.
    """
    kind, pk = shelf.name, shelf.pk
    yield name("menu", language)
    yield from (name("filled", kind, pk, code) for code in asked)
    if kind != MONTH:
        yield name(kind, pk, language)
        yield from (name(f"url:{kind}", pk, code) for code in others)
    if kind in {"category", "author"}:
        yield name(f"about:{kind}", pk, language)
    yield span
    for card in cards:
        yield from full(card)


def _kicker(card, region):
    kicker = (
        ("kicker", card.article_id) if region is None else ("kicker:in", region, card.article_id)
    )
    yield name(*kicker)
    if card.kicker:
        yield name("category", card.kicker.pk, card.language)


def _body(edition, uses):
    """Yield what the text refers to, be it there now or not."""
    found = edition.references
    for use in uses:
        if use.is_lead or use.image.pk in found.images:
            yield name("image", use.image.pk)
            yield name("credit", use.image.pk)
    for pk in found.articles:
        kind = "link" if pk in found.cards else "url:article"
        yield name(kind, pk, edition.language)
