"""Each noun that readers see has its place in each layer: model, verbs, page object, facts, representation, admin."""

import re
from pathlib import Path

from articles.purging.facts import KINDS
from tests.every import every
from tests.house_rules.source import ROOT

LAYERS = ("models", "actions", "pages", "purging/facts", "representations", "admin")
PLACES = {
    "article": ("article.py", "writing.py", "story", "article.py", "jsonld.py", "article"),
    "author": (
        "byline.py",
        "organising/authors.py",
        "story",
        "author.py",
        "jsonld.py",
        "author",
    ),
    "category": (
        "category.py",
        "organising/categories.py",
        "menu",
        "category.py",
        "rss.py",
        "category.py",
    ),
    "comment": (
        *("comment.py", "commenting.py", "comments.py", "comment.py"),
        *("markdown/pages.py", "comment.py"),
    ),
    "correction": (
        *("correction.py", "correcting.py", "story", "correction.py"),
        *("jsonld.py", "correction"),
    ),
    "image": ("image.py", "illustrating.py", "card.py", "image.py", "jsonld.py", "image.py"),
    "menu": ("menu_entry.py", "menu.py", "menu", "menu.py", "llms.py", "menu.py"),
    "own_page": (
        *("own_page.py", "own_pages.py", "own_page", "own_page.py"),
        *("markdown/pages.py", "own_page.py"),
    ),
    "promotion": (
        *("promotion.py", "promoting.py", "promotion.py", "promotion.py"),
        *("markdown/lists.py", "promotion.py"),
    ),
    "tag": ("tag.py", "organising/tags.py", "subject.py", "tag.py", "rss.py", "tag.py"),
    "wording": ("wording.py", "publishing.py", "history.py", "wording.py", None, "article"),
}
"""Noun -> its place in each of LAYERS; none where it has nothing there, for the reason that NOWHERE tells."""

OF_THE_SITE = {"site"}
"""Nouns that would be the same for a shop: `newsroom/site/` is all of their layers but facts."""

NOWHERE = {("wording", "representations"): "the page of changes is in Markdown, by what differs"}


def nouns():
    return {type(kind).__module__.rpartition(".")[2] for kind in KINDS}


def missing(noun, places):
    """Return the layers in which a noun has no place that says its name, without those that have a reason."""
    return [
        layer
        for layer, place in zip(LAYERS, places, strict=True)
        if (noun, layer) not in NOWHERE and not (place and _names(noun, layer, place))
    ]


def _names(noun, layer, place):
    path = ROOT / "articles" / layer / place
    files = [path] if path.suffix else path.rglob("*.py")
    word = re.compile(rf"(?<![a-z]){re.escape(noun).replace('category', 'categor(y|ies)')}", re.I)
    alike = re.compile(word.pattern.replace("_", "_?"), re.I)
    return path.exists() and any(alike.search(file.read_text("utf-8")) for file in map(Path, files))


def test_every_noun_that_readers_see_has_its_layers_named():
    assert nouns() == PLACES.keys() | OF_THE_SITE


@every(PLACES.items(), name=lambda noun: noun[0])
def test_a_noun_misses_no_layer(noun, places):
    assert missing(noun, places) == []


def test_a_layer_that_is_missed_is_seen():
    facts, admin = "purging/facts", "admin"

    assert missing("concert", PLACES["tag"]) == [*LAYERS]
    assert missing("tag", (*PLACES["tag"][:3], "opera.py", "rss.py", None)) == [facts, admin]
