"""From the items of an export to a Story: one for each post, or for each group of posts in several languages."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from urllib.parse import unquote

from articles.importers.fields import Fault
from articles.importers.notes import STICKY, Note
from articles.importers.story import (
    EVERY_LANGUAGE,
    MAX_BODY_BYTES,
    MAX_LENGTHS,
    Comment,
    Person,
    Story,
    Text,
)
from articles.importers.wxr import comments, urls
from articles.importers.wxr.body import Body
from articles.importers.wxr.index import Index
from articles.importers.wxr.items import Item
from articles.importers.wxr.media import Media
from articles.importers.wxr.pictures import Album
from articles.importers.wxr.terms import Part, Terms, cut_slug
from articles.importers.wxr.times import published
from articles.importers.wxr.words import cut, is_empty, one_line

PUBLIC = frozenset({"publish", "future"})
DRAFTS = frozenset({"draft", "auto-draft"})
NO_ALIASES: Mapping[str, str] = MappingProxyType({})
NOTED = {
    "private": "It was private, so it is a draft here.",
    "password": "It asked for a password, so it is a draft here.",
    "pending": "It waited for review, so it is a draft here.",
    "assumed": "Its time tells no offset, and is taken for UTC.",
    "undated": "It was public without a date that can be read, so it is a draft here.",
    "empty": "It has no words, so it is a draft here.",
}


class StoryMaker:
    """Makes the Stories of one file, of which `index` is known."""

    def __init__(self, index: Index, media: Media | None, languages: Collection[str]) -> None:
        self.index, self.media = index, media
        self.terms = Terms(index, languages)

    def story(
        self,
        external_id: str,
        parts: list[Part],
        *,
        is_whole: bool = True,
        aliases: Mapping[str, str] = NO_ALIASES,
    ) -> Story:
        """Return the Story of a post in its languages; raise Fault where it cannot be one."""
        album, notes = Album(self.index, self.media), list[str]()
        for part in parts:  # the pictures at the top come first
            _lead(part, album, notes)
        texts = {part.language: self._text(part, album, notes) for part in parts}
        pictures, gaps = album.pictures()
        told = [
            comments.thread(part.item, language=part.language, clock=self.index.clock)
            for part in parts
        ]
        if any(part.item["is_sticky"].strip() == "1" for part in parts):
            notes.append(Note("Its site kept it at the top.", STICKY))
        return Story(
            external_id=external_id,
            source_language=parts[0].language,
            is_whole=is_whole,
            aliases=aliases,
            texts=texts,
            bylines=self._bylines(parts),
            tags=self.terms.tags(parts),
            subjects=self.terms.subjects(parts),
            pictures=pictures,
            comments=_once(comment for thread in told for comment in thread.comments),
            old_addresses={
                part.language: paths for part in parts if (paths := self._old_addresses(part.item))
            },
            notes=(*notes, *(note for thread in told for note in thread.notes), *gaps),
        )

    def _text(self, part: Part, album: Album, notes: list[str]) -> Text:
        item = part.item
        body = Body(self.index, album, part.language, item.id, item.meta)
        made = body.convert(item["content"])
        notes += body.notes
        if len(made.encode()) > MAX_BODY_BYTES:
            raise Fault(
                f"its body is longer than {MAX_BODY_BYTES:,} bytes; make several posts of it"
            )
        at, is_public = self._publication(item, made, notes)
        return Text(
            title=_title(item, made, notes),
            standfirst=one_line(item["excerpt"]),
            body=made,
            slug=cut_slug(item["post_name"]),
            status="published" if is_public else "draft",
            published_at=at if is_public else None,
            modified_at=self._modified(item, at) if is_public else None,
        )

    def _publication(self, item: Item, made: str, notes: list[str]) -> tuple[datetime | None, bool]:
        """Return when an item became public, and whether it may be: nothing hidden becomes so by accident."""
        at, is_assumed = published(item, self.index.clock)
        if (reason := _hidden(item)) is not None:
            notes += filter(None, [reason])
            return None, False
        if at is None or is_empty(made):
            notes.append(NOTED["undated" if at is None else "empty"])
            return None, False
        notes += [NOTED["assumed"]] * is_assumed
        return at, True

    def _modified(self, item: Item, at: datetime | None) -> datetime | None:
        modified, _is_assumed = self.index.clock.moment(
            item["post_modified_gmt"], item["post_modified"]
        )
        return modified if modified and at and modified > at else None

    def _bylines(self, parts: list[Part]) -> tuple[Person, ...]:
        """Return who wrote a post: its co-authors, else its one author."""
        writers: dict[str, None] = {}
        for part in parts:
            coauthors = list(part.item.terms_of("author"))
            for term in coauthors:
                key = term.slug.removeprefix("cap-")
                names = (self.index.authors.get(candidate, "") for candidate in (term.name, key))
                writers[next(filter(None, names), one_line(term.name) or key)] = None
            if not coauthors and (login := part.item["creator"].strip()):
                writers[self.index.authors.get(login) or one_line(login)] = None
        return tuple(
            Person(names={EVERY_LANGUAGE: cut(name, MAX_LENGTHS["person"])})
            for name in writers
            if name
        )

    def _old_addresses(self, item: Item) -> tuple[str, ...]:
        """Return the paths of a post on its site: its own, those of its earlier slugs, and its number's."""
        link, slug = item["link"].strip(), item["post_name"].strip()
        own = urls.path_of(link) if self.index.is_own(link) else ""
        root = urls.path_of(self.index.base).rstrip("/")
        paths = [own, f"{root}/?p={item.id}"]
        old = item.meta.get("_wp_old_slug", "").strip()
        if old and slug and f"/{slug}" in own:
            paths.append(own.replace(f"/{slug}", f"/{old}"))
        kept = (path for path in dict.fromkeys(paths) if path not in {"", "/"})
        return tuple(
            path
            for path in kept
            if len(path) <= MAX_LENGTHS["old_address"] and not path.startswith("//")
        )


def _hidden(item: Item) -> str | None:
    """Return why an item may not be public here: "" where its state says it, None where it may."""
    if item["post_password"].strip():
        return NOTED["password"]
    if item.status in PUBLIC | DRAFTS:
        return None if item.status in PUBLIC else ""
    other = f"Its state was “{item.status[:40]}”, so it is a draft here."
    return NOTED.get(item.status, other)


def _lead(part: Part, album: Album, notes: list[str]) -> None:
    number = part.item.meta.get("_thumbnail_id", "").strip()
    if number.isdigit() and number != "0" and not album.lead(number, language=part.language):
        notes.append(f"Its picture at the top, the attachment {number}, is not in the file.")


def _title(item: Item, made: str, notes: list[str]) -> str:
    """Return the headline; a post without one is called by its first words."""
    title = one_line(item["title"])
    if not title:
        title = cut(one_line(made), 80) or unquote(item["post_name"]) or item.id
        notes.append(f"It has no headline, and is called “{title}”.")
    if len(title) > MAX_LENGTHS["title"]:
        notes.append(f"Its headline is cut: “{title[:1000]}”.")
    return cut(title, MAX_LENGTHS["title"])


def _once(all_comments: Iterable[Comment]) -> tuple[Comment, ...]:
    by_reference: dict[str, Comment] = {}
    for comment in all_comments:
        by_reference.setdefault(comment.reference, comment)
    return tuple(by_reference.values())
