"""A story in the making: what a format of others says, in the shape of the record.

What is only untidy is mended and noted. A Fault is left for what a person must decide.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from articles.importers.context import Context
from articles.importers.decode import storable
from articles.importers.fields import Fault, one_line, quoted
from articles.importers.making.pictures import beside, source_of, take_credit
from articles.importers.making.words import address_of, begins, moment, plain_words
from articles.importers.markup import inner, parse_html
from articles.importers.notes import MISSING, Note
from articles.importers.story import (
    EVERY_LANGUAGE,
    MAX_BODY_BYTES,
    MAX_LENGTHS,
    BadStory,
    Person,
    Picture,
    Story,
    Subject,
    Text,
)
from articles.texts import is_blank

MAX_PICTURES = 500
_BY = re.compile(r"(?:by|por|par|von|door|di)\s+(?=\S)", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&)\s+|\s*;\s*")
_WEB = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_FOLDED = re.compile(r"[\s_-]+")


def stories(
    items: Iterable[Any],
    make: Callable[[Any], Story],
    *,
    own: Callable[[Any], object],
    number: Callable[[int, Any], int] = lambda count, _item: count,
    unit: str = "Item",
) -> Iterator[Story | BadStory]:
    """Yield what `make` makes of each item, or the BadStory that tells why it makes none.

    `own` gives the id of an item that turns out bad, `number` its line, or what else the `unit` counts. An id that
    stands twice in one language is a fault of the second.
    """
    seen: dict[tuple[str, str], int] = {}
    for count, item in enumerate(items, start=1):
        line, external_id = number(count, item), plain_words(own(item))
        try:
            story = make(item)
            if first := seen.get(key := (story.external_id, story.reading)):
                raise Fault(
                    f"the id was used at {unit.lower()} {first} already; give each story an id of its own"
                )
            seen[key] = line
            yield replace(story, line=line)
        except Fault as fault:
            named = f", story {quoted(external_id)}" if external_id else ""
            yield BadStory(
                f"{unit} {line}{named}: {fault.sentence}", line=line, external_id=external_id
            )


STATUSES = {
    "": "published",
    "usable": "published",
    "embargoed": "published",
    "released": "published",
    "withheld": "draft",
    "draft": "draft",
    "pending": "draft",
    "canceled": "withdrawn",
    "cancelled": "withdrawn",
}
"""What the words of agencies for a state become. An embargo is a time, and the story comes out at it."""


def status_of(said: object, making: "Making") -> str:
    """Return the status that the word of an agency means; note what is not simply public."""
    word = str(said or "").strip().rpartition(":")[2].lower()
    status = STATUSES.get(word, "draft")
    if status == "draft":
        making.notes.append(f"The source says {quoted(word)}, so it stays a draft.")
    if status == "withdrawn":
        making.notes.append("The source has withdrawn it, and says to readers not why.")
    return status


class Making:
    """One story of a file, and its `notes`. `language` is the one of a story that names none."""

    def __init__(self, context: Context, path: Path, *, language: str = "") -> None:
        self.context = context
        self.folder = context.folder or path.parent
        self.notes: list[str] = []
        self._default = language
        self._pictures: dict[str, Picture] = {}

    def language(self, said: object) -> str:
        """Return the site's language that a tag of BCP 47 means: "en-US" is "en" where the site has no "en-us"."""
        tag = _FOLDED.sub("-", str(said or "").strip().lower()) or self._default
        parts = tag.split("-")
        for end in range(len(parts), 0, -1):
            if (code := "-".join(parts[:end])) in self.context.languages:
                return code
        raise Fault(
            f"its language is {quoted(tag)}, which this site does not have; it has "
            f"{', '.join(self.context.languages)}: enable the language in LANGUAGES, or leave the story out"
        )

    def line(self, said: object, limit: str, what: str) -> str:
        """Return plain text that fits into its column; note what is cut."""
        words, longest = plain_words(said), MAX_LENGTHS[limit]
        if len(words) <= longest:
            return words
        self.notes.append(f"{what} of {len(words):,} characters is cut to {longest}.")
        return words[: longest - 1].rstrip() + "…"

    def moment(self, said: object, what: str) -> datetime | None:
        """Return a point in time; note one that cannot be read."""
        instant = moment(said)
        if said and instant is None:
            self.notes.append(
                f"{what} is {quoted(str(said))}, no date that can be used; it is left out."
            )
        return instant

    def person(
        self, said: object, *, role: str = "author", kind: str = "person"
    ) -> Iterator[Person]:
        """Yield the bylines that a line of names makes: "By Ana Duarte and Omar Haddad" is two."""
        words = _BY.sub("", plain_words(said), count=1)
        for part in _AND.split(words) if kind == "person" else [words]:
            name = self.line(part, "person", "A name")
            if not is_blank(name):
                yield Person(names={EVERY_LANGUAGE: name}, role=role, kind=kind)

    def subject(
        self, said: object, *, language: str = EVERY_LANGUAGE, kind: str = "tag"
    ) -> Iterator[Subject]:
        """Yield what the story is filed under by this name, if it is one."""
        name = self.line(said, "tag", "A subject")
        if not is_blank(name):
            yield Subject(names={language: name}, kind=kind)

    def concept(self, names: Mapping[str, str], *, language: str) -> Iterator[Subject]:
        """Yield what has these names in languages by their tags, "" for that of the story; others than the site's are left."""
        known: dict[str, str] = {}
        for tag, words in names.items():
            try:
                code = self.language(tag) if tag else language
            except Fault:
                continue
            if name := self.line(words, "tag", "A subject"):
                known.setdefault(code, name)
        if known:
            yield Subject(names=known, kind="tag")

    def shown(self, reference: str) -> str:
        """Return the HTML of a picture that stands in the text."""
        return f'<img src="{escape(storable(reference.strip()))}">'

    def picture(
        self,
        href: object,
        *,
        lead: bool = False,
        language: str,
        caption: object = "",
        alt: object = "",
        **said: Any,
    ) -> None:
        """Add a picture, or the words that an earlier one of this address lacks."""
        reference = str(href or "").strip()
        if not reference or reference.startswith("data:") or len(self._pictures) >= MAX_PICTURES:
            return
        words: dict[str, Any] = {
            "caption": {language: text} if (text := plain_words(caption)) else {},
            "alt": {language: text}
            if (text := self.line(alt, "alt", "An alternative text"))
            else {},
            "creator": self.line(said.get("creator"), "creator", "A picture's creator"),
            "credit_line": self.line(said.get("credit_line"), "credit_line", "A credit"),
            "copyright_notice": self.line(
                said.get("copyright_notice"), "copyright_notice", "A notice"
            ),
        }
        known = self._pictures.get(reference)
        if known is None:
            known = self._found(reference)
        told = {
            name: {**value, **had}
            if isinstance(had := getattr(known, name), Mapping)
            else had or value
            for name, value in words.items()
        }
        lead = known.lead or (lead and not any(picture.lead for picture in self._pictures.values()))
        kind = said.get("kind") or known.kind
        valid_until = known.valid_until or said.get("valid_until")
        focal_point = known.focal_point or said.get("focal_point")
        changes = {
            "lead": lead,
            "kind": kind,
            "valid_until": valid_until,
            "focal_point": focal_point,
        }
        self._pictures[reference] = Picture(**{**vars(known), **changes, **told})

    def _found(self, reference: str) -> Picture:
        path = beside(self.folder, reference)
        is_web = _WEB.fullmatch(reference) and len(reference) <= MAX_LENGTHS["url"]
        return Picture(
            path=path,
            reference=storable(reference),
            size=path.stat().st_size if path else 0,
            source_url=storable(reference) if is_web else "",
        )

    def body(self, markup: str, *, language: str) -> str:
        """Return the HTML of a body with its pictures taken note of: each stays in its place, its caption goes with it."""
        markup = storable(markup)
        if not re.search(r"<(?:img|amp-img|figure)\b", markup, re.IGNORECASE):
            return markup
        root = parse_html(markup)
        if root is None:
            return markup
        for image in root.xpath("//img|//amp-img"):
            self._take(image, language)
        return inner(root.find("body"))

    def _take(self, image: Any, language: str) -> None:
        if {image.get("width"), image.get("height")} & {"0", "1"}:
            image.drop_tree()  # it counts readers
            return
        image.set("src", source := source_of(image))
        figure: Any = next(image.iterancestors("figure"), None)
        caption = figure.find(".//figcaption") if figure is not None else None
        credit = take_credit(caption)
        words = "" if caption is None else caption.text_content()
        if caption is not None and len(figure.xpath(".//img")) == 1:
            caption.drop_tree()
        alt = image.get("alt")
        self.picture(source, language=language, caption=words, alt=alt, credit_line=credit)
        if (known := self._pictures.get(source)) and known.lead:
            image.drop_tree()  # it stands above the text

    def story(
        self,
        *,
        external_id: object,
        language: str,
        title: object,
        body: str = "",
        standfirst: object = "",
        status: str = "published",
        published_at: datetime | None = None,
        modified_at: datetime | None = None,
        addresses: Iterable[str] = (),
        **rest: Any,
    ) -> Story:
        """Return the record of a story in one language."""
        text = self.text(
            title=title,
            body=body,
            standfirst=standfirst,
            status=status,
            published_at=published_at,
            modified_at=modified_at,
            language=language,
        )
        return self.record(
            external_id=external_id,
            texts={language: text},
            source_language=language,
            is_whole=False,
            addresses={language: tuple(addresses)},
            **rest,
        )

    def text(
        self,
        *,
        title: object,
        body: str,
        language: str,
        standfirst: object,
        status: str,
        published_at: datetime | None,
        modified_at: datetime | None,
        slug: str = "",
    ) -> Text:
        """Return a text; one that cannot be public as it is stays a draft, and a note says why."""
        headline = self.line(title, "title", "A headline")
        if is_blank(headline):
            raise Fault("it has no headline; give it one")
        body = self.body(body, language=language)
        if len(body.encode(errors="replace")) > MAX_BODY_BYTES:
            raise Fault(
                f"its text is longer than {MAX_BODY_BYTES:,} bytes; make several stories of it"
            )
        published_at = published_at or self.context.published_at
        root = parse_html(body)
        words = "" if root is None else root.text_content()
        missing = (
            "time of publication" if published_at is None else "text" if is_blank(words) else ""
        )
        if status == "published" and missing:
            self.notes.append(f"It has no {missing}, so it stays a draft.")
            status = "draft"
        if modified_at and not (published_at and modified_at > published_at):
            modified_at = None
        return Text(
            title=headline,
            standfirst="" if begins(words, said := plain_words(standfirst)) else said,
            body=body,
            slug=slug,
            status=status,
            published_at=published_at,
            modified_at=modified_at,
        )

    def record(
        self,
        *,
        external_id: object,
        texts: Mapping[str, Text],
        source_language: str,
        is_whole: bool,
        addresses: Mapping[str, tuple[str, ...]],
        people: Iterable[Person] = (),
        subjects: Iterable[Subject] = (),
        related: Iterable[str] = (),
        aliases: Iterable[str] = (),
        **rest: Any,
    ) -> Story:
        """Return the record of a story from its texts, with the pictures that have come together."""
        own = one_line(storable(str(external_id or "")))
        if not own:
            raise Fault("it has no id; give it one that never changes")
        if len(own) > (longest := MAX_LENGTHS["external_id"]):
            raise Fault(f"its id is longer than {longest} characters; give it a shorter one")
        pictures = tuple(self._pictures.values())
        self.notes += (_gap(picture) for picture in pictures if picture.path is None)
        old = {
            code: tuple(dict.fromkeys(filter(None, map(address_of, paths))))
            for code, paths in addresses.items()
        }
        return Story(
            external_id=own,
            source_language=source_language,
            texts=texts,
            is_whole=is_whole,
            bylines=_once(people),
            subjects=_once(subjects),
            pictures=pictures,
            related=_ids(related, own),
            aliases=dict.fromkeys(_ids(aliases, own), ""),
            old_addresses={code: paths for code, paths in old.items() if paths},
            notes=tuple(self.notes),
            **rest,
        )


def _ids(named: Iterable[str], own: str) -> tuple[str, ...]:
    """Return the ids of other stories, each once."""
    longest = MAX_LENGTHS["external_id"]
    return tuple(
        dict.fromkeys(
            external_id
            for external_id in named
            if 0 < len(external_id) <= longest and external_id != own
        )
    )


def _once(things: Iterable[Any]) -> tuple[Any, ...]:
    """Return the things without those that have come already under the same names."""
    return tuple(
        {(repr(named.names), getattr(named, "role", "")): named for named in things}.values()
    )


def _gap(picture: Picture) -> str:
    words = f"The picture {quoted(picture.reference)} is not beside the file; add it, or upload it."
    return Note(words, MISSING)
