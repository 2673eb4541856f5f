"""The languages of a post: those that its export names, and those that qTranslate keeps in one text."""

import re
from collections.abc import Iterable

from articles.importers.wxr.items import Item

_LANGUAGE_MARK = re.compile(
    r"\[:([a-z]{2}(?:-[a-zA-Z]{2})?)?\]|<!--:([a-z]{2}(?:-[a-zA-Z]{2})?)?-->|\{:([a-z]{2}(?:-[a-zA-Z]{2})?)?\}"
)


def known(tag: str, languages: Iterable[str]) -> str:
    """Return the language of the site for a tag such as "en-US" or "pt_BR", "" for none."""
    by_name = {code.casefold(): code for code in languages}
    code = tag.strip().replace("_", "-").casefold()
    while code and code not in by_name:
        code = code.rpartition("-")[0]
    return by_name.get(code, "")


def told_in(text: str) -> list[str]:
    """Return the tags of the languages that stand side by side in one text; none for most texts."""
    if "[:" not in text and "<!--:" not in text and "{:" not in text:
        return []
    tags = [next(filter(None, match.groups()), "") for match in _LANGUAGE_MARK.finditer(text)]
    return list(dict.fromkeys(filter(None, tags)))


def spoken(text: str, tag: str) -> str:
    """Return what a text says in one language, together with what it says in all of them."""
    if not told_in(text):
        return text
    parts: list[str] = []
    place, current = 0, ""
    for match in _LANGUAGE_MARK.finditer(text):
        if current in {"", tag}:
            parts.append(text[place : match.start()])
        place, current = match.end(), next(filter(None, match.groups()), "")
    if current in {"", tag}:
        parts.append(text[place:])
    return "".join(parts).strip()


def tags_of(item: Item) -> list[str]:
    """Return the tags of the languages in which qTranslate holds an item."""
    return told_in(item["title"]) or told_in(item["content"])


def in_language(item: Item, tag: str) -> Item:
    """Return the item as it reads in one of those languages."""
    fields = {name: spoken(words, tag) for name, words in item.fields.items()}
    return Item(fields=fields, terms=item.terms, meta=item.meta, comments=item.comments)


def language_of(item: Item) -> str:
    """Return the tag of the language that Polylang or WPML gives an item, "" for none."""
    named = next((term.slug or term.name for term in item.terms_of("language")), "")
    return named.removeprefix("pll_") or item.meta.get("_wpml_import_language_code", "")


def group_of(item: Item) -> str:
    """Return what an item shares with its translations, "" for none."""
    polylang = next((term.slug for term in item.terms_of("post_translations")), "")
    wpml = item.meta.get("_wpml_import_translation_group", "").strip()
    return polylang or (f"wpml {wpml}" if wpml else "")
