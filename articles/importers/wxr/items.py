"""One item of an export as plain values: its fields, terms, meta values and comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from lxml import etree

LISTS = frozenset({"category", "comment", "postmeta"})


class Term(NamedTuple):
    """What an item is filed under: a term of a taxonomy (`domain`) by its slug and its name."""

    domain: str
    slug: str
    name: str


@dataclass
class Item:
    """An item by the names that the export gives its parts, without prefixes."""

    fields: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: list[dict[str, str]] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def type(self) -> str:
        return self["post_type"] or "post"

    @property
    def status(self) -> str:
        return self["status"] or "publish"

    @cached_property
    def id(self) -> str:
        """Return the id of the post, "" where the item has none."""
        words = self["post_id"].strip()
        return str(int(words)) if words.isascii() and words.isdigit() and len(words) < 19 else ""

    def terms_of(self, *domains: str) -> Iterator[Term]:
        return (term for term in self.terms if term.domain in domains)


def item_of(record: etree._Element) -> Item:
    """Return the item that an element holds, wherever in it its fields begin."""
    item = Item()
    for element in next(iter(record), record):
        match name := local(element):
            case "category":
                item.terms.append(_term(element))
            case "postmeta":
                pair = fields_of(element)
                item.meta.setdefault(pair.get("meta_key", ""), pair.get("meta_value", ""))
            case "comment":
                item.comments.append(fields_of(element))
            case _:
                item.fields.setdefault(name, text_of(element))
    return item


def fields_of(parent: etree._Element) -> dict[str, str]:
    """Return the text of each child by its name; the first of two counts."""
    by_name: dict[str, str] = {}
    for element in parent:
        by_name.setdefault(local(element), text_of(element))
    return by_name


def text_of(element: etree._Element) -> str:
    return (element.text or "") if not len(element) else "".join(element.itertext())


def local(element: etree._Element) -> str:
    """Return the name of an element without its prefix; the two that share one are told apart."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache
def _local(tag: str) -> str:
    namespace, _brace, name = tag.rpartition("}")
    prefix, _colon, bare = name.rpartition(":")
    if bare == "encoded":
        return "excerpt" if "excerpt" in namespace + prefix else "content"
    return bare


def _term(element: etree._Element) -> Term:
    domain, slug = element.get("domain", ""), element.get("nicename", "")
    return Term(domain, slug, text_of(element).strip())
