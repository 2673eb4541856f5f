"""What a page says of itself: JSON-LD, meta elements, links."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from articles.importers.making.words import plain_words

MAX_FACTS = 1_000
ORGANISATIONS = ("Organization", "NewsMediaOrganization", "Corporation")
_STORIES = ("Article", "BlogPosting", "Posting", "Report")


class Claims:
    """The page with this root. `saved_from` is the address that a browser noted when it saved it."""

    def __init__(self, root: Any, saved_from: str = "") -> None:
        self.root = root
        self.saved_from = saved_from

    @cached_property
    def address(self) -> str:
        """The address that the page gives itself, "" for none."""
        links = (
            link.get("href", "")
            for link in self.root.iter("link")
            if link.get("rel") == "canonical"
        )
        url = self.fact("url") or self.fact("mainEntityOfPage")
        url = url.get("@id") if isinstance(url, dict) else url
        said = (
            next(filter(None, links), "")
            or self.meta("og:url")
            or (url if isinstance(url, str) else "")
        )
        return self._whole(said or self.saved_from)

    def versions(self) -> dict[str, str]:
        """Return language -> address of the page in it, its own included."""
        return {
            link.get("hreflang", "").lower(): self._whole(link.get("href", ""))
            for link in self.root.iter("link")
            if link.get("hreflang", "x-default").lower() != "x-default" and link.get("href")
        }

    def _whole(self, address: str) -> str:
        try:
            return urljoin(self.saved_from, address.strip())
        except ValueError:
            return ""

    @cached_property
    def _metas(self) -> dict[str, list[str]]:
        metas: dict[str, list[str]] = {}
        for meta in self.root.iter("meta"):
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                key = meta.get(attribute, "").lower()
                if key and (words := plain_words(meta.get("content"))):
                    metas.setdefault(key, []).append(words)
        return metas

    def meta(self, *names: str) -> str:
        """Return what the first of these meta elements says, "" for none."""
        return next(
            (self._metas[name.lower()][0] for name in names if name.lower() in self._metas), ""
        )

    @cached_property
    def _facts(self) -> dict[str, Any]:
        """The first object in JSON-LD that is a story."""
        scripts = self.root.xpath("//script[@type='application/ld+json']")
        for script in scripts:
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            for thing in _things(data):
                kinds = thing.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(str(kind).endswith(_STORIES) for kind in kinds):
                    return thing
        return {}

    def fact(self, name: str) -> Any:
        """Return what the JSON-LD of the story says, None for nothing."""
        return self._facts.get(name)

    def first(self, fact: str, *metas: str) -> str:
        """Return a fact that is text, or the first of these meta elements, or of this property in the page."""
        said = self.fact(fact)
        if isinstance(said, str) and said:
            return said
        return self.meta(fact, *metas) or next(self._properties(fact), "")

    def _properties(self, name: str) -> Iterator[str]:
        for element in self.root.xpath(f"//*[@itemprop='{name}']"):
            if (
                words := element.get("content")
                or element.get("datetime")
                or plain_words(element.text_content())
            ):
                yield words

    def time(self) -> str:
        """Return the first time that the story, or the page, shows."""
        times = self.root.xpath(
            "//article//time/@datetime | //header//time/@datetime"
        ) or self.root.xpath("//time/@datetime")
        return next(iter(times), "")

    def words(self, fact: str, *metas: str) -> list[str]:
        """Return the words of a list: texts, or one text with commas."""
        said = self.fact(fact)
        texts = (
            [str(text) for text in said if isinstance(text, str)] if isinstance(said, list) else []
        )
        if isinstance(said, str):
            texts = said.split(",")
        for name in metas:
            for words in () if texts else self._metas.get(name.lower(), ()):
                texts += words.split(",") if name.endswith("keywords") else [words]
        return texts

    def tags(self) -> list[str]:
        """Return the words of the links to lists of a tag."""
        return [link.text_content() for link in self.root.xpath("//a[contains(@rel, 'tag')]")]

    def people(self) -> Iterator[tuple[str, bool]]:
        """Yield (name, whether it is a person) of each author."""
        said = self.fact("author")
        has_author = False
        for author in said if isinstance(said, list) else [said]:
            name, kind = (
                (author.get("name"), author.get("@type"))
                if isinstance(author, dict)
                else (author, "")
            )
            if isinstance(name, str) and name.strip():
                has_author = True
                yield name, kind not in ORGANISATIONS
        if has_author:
            return
        shown = self.root.xpath("//*[@rel='author' or @itemprop='author']")
        named = [plain_words(element.text_content()) for element in shown]
        for name in dict.fromkeys(self._metas.get("author", []) or named):
            yield name, True

    def picture(self) -> str:
        """Return the address of the picture that the page is shown with elsewhere, "" for none."""
        said = self.fact("image")
        said = said[0] if isinstance(said, list) and said else said
        said = said.get("url") or said.get("contentUrl") if isinstance(said, dict) else said
        address = said if isinstance(said, str) and said else self.meta("og:image", "twitter:image")
        return self._whole(address) if address else ""


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD, those of its lists and graphs included."""
    waiting, count = [data], 0
    while waiting and count < MAX_FACTS:
        count += 1
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            yield thing
            waiting += [thing[key] for key in ("@graph", "mainEntity") if key in thing]
