"""Reads an export twice: first what its items tell of each other, then their stories, one at a time."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from articles.importers.context import Context
from articles.importers.fields import Fault
from articles.importers.story import BadFile, BadStory, Story
from articles.importers.wxr import editions
from articles.importers.wxr.groups import Group, Shelf, groups
from articles.importers.wxr.index import Index, survey
from articles.importers.wxr.items import Item, item_of
from articles.importers.wxr.media import Media
from articles.importers.wxr.records import Record, parse, records
from articles.importers.wxr.stories import StoryMaker
from articles.importers.wxr.terms import Part

TRASHED = "posts in the trash left out"
USED = ("attachment", "guest-author", "wp_block")
MENDED = "It is not well-formed ({}); what could be read was taken: compare it with its site."


class Reading:
    """One file, and what became of its items so far."""

    def __init__(self, path: Path, context: Context) -> None:
        self.path, self.context = path, context
        self.index: Index = survey(path)
        media = context.media or context.folder
        self.maker = StoryMaker(self.index, Media(media) if media else None, context.languages)
        self.default = self._default_language()
        self.groups = groups(self.index, self._language)
        self.index.names |= {number: group.external_id for number, group in self.groups.items()}
        self.decided: list[str] = []

    def results(self) -> Iterator[Story | BadStory]:
        """Yield a result for each post in the order of the file; the last tells what else the file holds."""
        held: list[Story | BadStory] = []
        for result in self._results():
            if isinstance(result, Story):
                yield from held
                held, self.decided = [replace(result, decisions=tuple(self.decided))], []
            elif held:
                held.append(result)
            else:
                yield result
        if not held:
            raise BadFile(self.path, self._nothing())
        last, *bad = held
        if isinstance(last, Story):
            told = (*last.decisions, *self.decided, *self._others())
            yield replace(last, decisions=told)
        yield from bad

    def _results(self) -> Iterator[Story | BadStory]:
        with tempfile.TemporaryFile() as file:
            self.shelf = Shelf(file)
            for record in records(self.path):
                if record.name == "item":
                    yield from self._read(record)

    def _read(self, record: Record) -> Iterator[Story | BadStory]:
        if record.fault:
            yield _bad(record, "", f"{record.fault}; export it again")
            return
        element, fault = parse(record.text, self.index.prefixes)
        item = item_of(element)
        if item.type != "post":
            return
        if item.status == "trash":
            self.decided.append(TRASHED)
            return
        if not item.id:
            yield _bad(record, "", "it has no wp:post_id that is a number; export it again")
        elif self.index.lines.get(item.id) != record.line:
            line = self.index.lines.get(item.id)
            yield _bad(
                record, item.id, f"its id was used on line {line} already; one post has one id"
            )
        else:
            yield from self._told(item, record, fault)

    def _told(self, item: Item, record: Record, fault: str) -> Iterator[Story | BadStory]:
        group = self.groups.get(item.id) or Group(item.id, (item.id,), is_whole=True)
        if any(member not in self.shelf for member in group.members if member != item.id):
            self.shelf.put(item.id, record.text)  # until the last of its translations comes
            return
        parts = [part for member in group.members for part in self._parts(self._item(member, item))]
        if not parts:
            yield _bad(record, item.id, "it is in no language of this site; enable its language")
            return
        try:
            story = self.maker.story(
                group.external_id, parts, is_whole=group.is_whole, aliases=group.aliases
            )
        except Fault as error:
            yield _bad(record, item.id, error.sentence)
            return
        notes = (MENDED.format(fault.rstrip(".").strip()),) if fault else ()
        yield replace(story, notes=(*notes, *story.notes))

    def _item(self, number: str, last: Item) -> Item:
        """Return a post of a group: the one at hand, or one that waited for it."""
        if number == last.id:
            return last
        element, _fault = parse(self.shelf.take(number), self.index.prefixes)
        return item_of(element)

    def _parts(self, item: Item) -> list[Part]:
        """Return what an item says in each language of the site."""
        tags = editions.tags_of(item)
        if not tags:
            language = self._language(item.id)
            return [Part(language, language, item)] if language else []
        named = {editions.known(tag, self.context.languages): tag for tag in reversed(tags)}
        self.decided += ["languages that are not on this site left out"] * ("" in named)
        order = sorted((code for code in named if code), key=lambda code: tags.index(named[code]))
        return [Part(code, named[code], editions.in_language(item, named[code])) for code in order]

    def _language(self, number: str) -> str:
        """Return the language of a post, "" for one that the site does not have."""
        tag = self.index.tags.get(number)
        return editions.known(tag, self.context.languages) if tag else self.default

    def _default_language(self) -> str:
        named = self.context.language or editions.known(self.index.language, self.context.languages)
        return named or self.context.identify(self.path)[1]

    def _others(self) -> list[str]:
        """Return a decision for each item that is no post, nor used by one."""
        kinds = sorted(
            (
                self.index.types - Counter(dict.fromkeys(USED, sum(self.index.types.values())))
            ).elements()
        )
        return [f"items of the kind {kind} left out" for kind in kinds]

    def _nothing(self) -> str:
        held = ", ".join(
            f"{count:,} × {kind}" for kind, count in Counter(self.index.types).most_common()
        )
        return f"it holds no post{f', only {held}' if held else ''}; export the posts of the site."


def _bad(record: Record, external_id: str, sentence: str) -> BadStory:
    named = f"Line {record.line}, post {external_id}" if external_id else f"Line {record.line}"
    return BadStory(f"{named}: {sentence.rstrip('.')}.", line=record.line, external_id=external_id)
