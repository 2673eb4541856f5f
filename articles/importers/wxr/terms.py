"""The categories and tags of a post, with the names that they have in its languages."""

from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import unquote

from articles.importers.story import MAX_LENGTHS, Subject, TagLabel
from articles.importers.wxr.editions import known, spoken, told_in
from articles.importers.wxr.index import Index
from articles.importers.wxr.items import Item, Term
from articles.importers.wxr.words import cut, one_line

TAGS = {"post_tag": "topic", "tag": "topic", "series": "series"}


class Part(NamedTuple):
    """What one item says in one language. `tag` is what the export calls that."""

    language: str
    tag: str
    item: Item


class Terms:
    """Tells the terms of the posts of one file; `languages` are those of the site."""

    def __init__(self, index: Index, languages: Collection[str]) -> None:
        self.index, self.languages = index, languages

    def subjects(self, parts: list[Part]) -> tuple[Subject, ...]:
        by_key: dict[str, Subject] = {}
        for part in parts:
            for term in part.item.terms_of("category"):
                if term.slug or term.name:
                    key = self._key("category", term.slug) or term.slug or term.name
                    by_key.setdefault(key, self._subject(term, part.language))
        return tuple(by_key.values())

    def tags(self, parts: list[Part]) -> tuple[TagLabel, ...]:
        by_key: dict[str, TagLabel] = {}
        for part in parts:
            for term in part.item.terms_of(*TAGS):
                names = self._names("tag", term.slug, term.name or term.slug, part.language)
                if name := next(filter(None, names.values()), ""):
                    labels = names if len(names) > 1 else {}
                    key = self._key("tag", term.slug) or name
                    by_key.setdefault(
                        key, TagLabel(name=name, labels=labels, kind=TAGS[term.domain])
                    )
        return tuple(by_key.values())

    def _subject(self, term: Term, language: str) -> Subject:
        own = self.index.categories.get(term.slug)
        name = term.name or (own.name if own else term.slug)
        parents = self._parents(own.parent if own else "", language)
        return Subject(
            names=self._names("category", term.slug, name, language),
            slug=cut_slug(term.slug),
            parents=tuple(reversed(parents)),
        )

    def _parents(self, slug: str, language: str) -> list[Subject]:
        """Return the categories above one, the nearest first; a circle is left where it closes."""
        parents: dict[str, Subject] = {}
        while slug and slug not in parents and (own := self.index.categories.get(slug)):
            names = self._names("category", slug, own.name, language)
            parents[slug] = Subject(names=names, slug=cut_slug(slug))
            slug = own.parent
        return list(parents.values())

    def _key(self, kind: str, slug: str) -> str:
        """Return what a term and its translations share, "" for one without."""
        together = self.index.term_groups.get(self.index.term_ids.get((kind, slug), ""), {})
        return f"#{min(together.values())}" if together else ""

    def _names(self, kind: str, slug: str, name: str, language: str) -> dict[str, str]:
        """Return language -> name: of a term with translations, of one that holds them all, or in one language."""
        number = self.index.term_ids.get((kind, slug), "")
        together = self.index.term_groups.get(number, {}) or dict.fromkeys(told_in(name), number)
        names = {
            code: _name(spoken(self.index.term_names.get(term_id, name), tag))
            for tag, term_id in together.items()
            if (code := known(tag, self.languages))
        }
        return {code: words for code, words in names.items() if words} or {language: _name(name)}


def cut_slug(slug: str) -> str:
    """Return a slug as people read it, and as long as one may be."""
    return unquote(slug.strip(), errors="replace")[: MAX_LENGTHS["slug"]].strip("-")


def _name(words: str) -> str:
    return cut(one_line(words), MAX_LENGTHS["tag"])
