"""The components of a news item: which hold its text, in which language, and what each part of them is for."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from articles.importers.markup import LANG, words_of

TITLES = frozenset({"title", "headline"})
LEADS = frozenset({"lead", "abstract", "summary", "synopsis", "teaser"})
CAPTIONS = frozenset({"caption"})
BODIES = frozenset({"", "main", "body", "text", "story", "short", "long", "content list"})
KNOWN = TITLES | LEADS | CAPTIONS | BODIES
"""What agencies call the role of a component whose words are the story's title, standfirst, caption or body."""


class Unit(NamedTuple):
    """A news item in one language: the component that holds its text."""

    item: Any
    component: Any

    def said(self, path: str) -> Iterator[Any]:
        """Yield the elements that say something of the text: its own, those of its parts, and then those around it."""
        for component in self.component.iter("{*}NewsComponent"):
            if component is self.component or is_text(component):
                yield from component.iterfind(f"{{*}}{path}")
        for component in self.component.iterancestors("{*}NewsComponent"):
            yield from component.iterfind(f"{{*}}{path}")

    def line(self, name: str) -> str:
        return next(filter(None, map(words_of, self.said(f"NewsLines/{{*}}{name}"))), "")


def languages(item: Any) -> list[Any]:
    """Return a component for each language that an item has its text in, or the outermost where that is but one."""
    for component in item.iter("{*}NewsComponent"):
        inside = [inner for inner in component.iterfind("{*}NewsComponent") if is_text(inner)]
        if len({inner.get(LANG) for inner in inside}) > 1 and all(
            inner.get(LANG) for inner in inside
        ):
            return inside
    return [next(item.iterfind("{*}NewsComponent"), item)]


def is_text(component: Any) -> bool:
    """Tell whether a component holds words of a story's text."""
    return any(True for _ in contents(component, BODIES))


def contents(component: Any, roles: frozenset[str] | None) -> Iterator[Any]:
    """Yield the words inside a component, in their order, that have one of these roles, or with None one that is not known."""
    for content in component.iter("{*}DataContent"):
        role = role_of(content)
        is_asked = role in roles if roles is not None else role not in KNOWN
        if is_asked and (len(content) or words_of(content)):
            yield content


def role_of(element: Any) -> str:
    """Return what the component of an element is for, as the nearest one says that tells."""
    for component in element.iterancestors("{*}NewsComponent"):
        if told := formal(component.find("{*}Role")):
            return told.lower()
    return ""


def formal(element: Any) -> str:
    """Return the name that an element gives what it is, "" where there is none."""
    return "" if element is None else (element.get("FormalName") or "").strip()
