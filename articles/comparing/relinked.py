"""What a body was, or is, with its links and cards led elsewhere.

A link that waits for a story is led to it when it comes, and one to a story that was joined with another to that. Nobody has
edited the body then, so that no version holds it as it was from then on: it is made of the version before and of what the
links lead to.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice, product

from articles.body import Body, parsed
from articles.body.markup import Attrs

MOST = 256
"""How many bodies are made of one at most."""


def led_elsewhere(html: str, texts: tuple[str, ...]) -> Iterator[str]:
    """Yield a body with those of its links that are not in all of these `texts` led to where links in them lead, in every way."""
    body = parsed(html)
    there = [_keys(parsed(text)) for text in texts]
    here = _keys(body)
    keys = sorted(key for key in here if not all(key in text_keys for text_keys in there))
    targets = sorted({key for text in texts for key in _articles(parsed(text))} - here)
    ways = product(("", *targets), repeat=len(keys)) if targets else iter(())
    # The first leads none of them elsewhere.
    for way in islice(ways, 1, MOST):
        yield body.rewritten(partial(_led, dict(zip(keys, way, strict=True)))).html


def _articles(body: Body) -> set[str]:
    return {str(pk) for pk in body.references.articles}


def _keys(body: Body) -> set[str]:
    return {*body.references.waiting, *_articles(body)}


def _led(led: dict[str, str], _tag: str, attrs: Attrs) -> Attrs:
    if target := led.get(attrs.get("data-waiting") or ""):
        return {"data-article": target}
    if target := led.get(attrs.get("data-article") or ""):
        return attrs | {"data-article": target}
    return attrs
