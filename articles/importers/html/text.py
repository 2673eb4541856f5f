"""The main text of a page: where the page says that it is, and else where its paragraphs stand most densely."""

import re
from typing import Any

from articles.importers.fields import quoted
from articles.importers.making.words import plain_words

CLASSES = (
    *(
        "articlebody",
        "article-body",
        "article__body",
        "article_body",
        "article-content",
        "article__content",
    ),
    *(
        "entry-content",
        "post-content",
        "post__content",
        "post-body",
        "story-body",
        "story__body",
        "story-content",
    ),
    *("body-text", "content-body", "wysiwyg", "node__content", "field--name-body"),
)
"""What sites call their main text, in small letters."""

FURNITURE = frozenset(
    ("nav", "footer", "form", "button", "input", "select", "textarea", "script", "style", "noscript", "template", "svg", "dialog", "h1", "time")
)  # fmt: skip
MAX_NAMED = 8
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)|social|related|newsletter|promo|advert\w*|ads?|comments?|breadcrumbs?|subscribe|sidebar"
    r"|toolbar|cookies?|recommend\w*|tags?|byline|dateline|timestamp|meta|author(?:-bio)?|screen-reader-text)(?=$|[\s_-])",
    re.IGNORECASE,
)


def main_text(root: Any, title: str) -> tuple[list[Any], list[str]]:
    """Return the elements that hold the text, without what stands around it, and the first words of that."""
    blocks = _marked(root)
    left_out: list[str] = []
    for block in blocks:
        left_out += _without_furniture(block, title)
    return blocks, left_out


def _marked(root: Any) -> list[Any]:
    """Return what the page itself marks as the text of its story, or what looks most like it."""
    marked = root.xpath(
        "//*[contains(concat(' ', @itemprop, ' '), ' articleBody ') and not(self::meta)]"
    )
    if marked:
        return _outermost(marked)
    for name in CLASSES:
        for element in root.xpath("//*[@class]"):
            if name in element.get("class").lower().split() and _length(element):
                return [element]
    articles = [article for article in root.iter("article") if _length(article)]
    if articles:
        return [max(articles, key=_length)]
    return _densest(root)


def _outermost(elements: list[Any]) -> list[Any]:
    marked = set(elements)
    return [
        element
        for element in elements
        if not any(above in marked for above in element.iterancestors())
    ]


def _densest(root: Any) -> list[Any]:
    """Return the element of which the paragraphs hold most words that are no links; the body where there is none."""
    scores: dict[Any, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
            scores[parent] = scores.get(parent, 0) + len(paragraph.text_content()) - linked
    best = max(scores, key=lambda element: scores[element], default=None)
    return [best] if best is not None else [*root.iter("body")][:1]


def _length(element: Any) -> int:
    return sum(len("".join(paragraph.itertext()).strip()) for paragraph in element.iter("p"))


def _without_furniture(block: Any, title: str) -> list[str]:
    """Take away what is no text of the story; return its first words, if it has any."""
    whole = len(block.text_content())
    named: list[str] = []
    for element in list(block.iterdescendants()):
        if (
            not isinstance(element.tag, str)
            or not _is_inside(element, block)
            or not _is_furniture(element)
        ):
            continue
        words = (
            plain_words(element.text_content())
            if element.tag not in ("script", "style", "noscript")
            else ""
        )
        if len(words) * 2 > whole:
            continue  # it holds the text itself
        if words and words != title and len(named) < MAX_NAMED:
            named.append(quoted(words))
        element.drop_tree()
    return named


def _is_inside(element: Any, block: Any) -> bool:
    return any(above is block for above in element.iterancestors())


def _is_furniture(element: Any) -> bool:
    if (
        element.tag in FURNITURE
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    ):
        return True
    if element.tag in ("p", "li", "figure", "figcaption", "img", "blockquote", "table"):
        return False
    if element.tag == "aside":
        return not element.get("data-article")
    return bool(_AROUND.search(f"{element.get('class', '')} {element.get('id', '')}"))
