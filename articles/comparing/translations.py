"""Which block of a translation was made from which block of its source, and from which wording of that.

Nothing here changes a text: it only remembers, and tells what is behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any, Self

from articles.comparing.carrying import apart, carried, found_again, says
from articles.comparing.wordings import (
    HEADLINE,
    NOTHING,
    STANDFIRST,
    Block,
    Row,
    Text,
    Told,
    says_same,
)

UNWRITTEN, WITHOUT = "<unwritten>", "<without>"
"""What a language knows in place of a wording: of a block that it has not come to, and of one that it came in without."""


@dataclass
class Record:
    """The blocks of a story in each of its languages. `left_out` names those of the source that a language does without,
    with their wording then, and those that were never written since it was begun.
    """

    source: str
    texts: dict[str, list[Block]] = field(default_factory=dict)
    left_out: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def begun(cls, texts: Mapping[str, Text], *, source: str, unknown: Iterable[str] = ()) -> Self:
        """Return the record of a story of which none was kept: its blocks belong together by their kind and order.

        A translation with a body is taken as whole. Of those in `unknown` it is known only that they are behind.
        """
        record = cls(source, {code: carried([], text, code) for code, text in texts.items()})
        for language in record.translations():
            record._link_by_order(language)
        for language in set(unknown) & record.texts.keys():
            record.texts[language] = [replace(block, made="") for block in record.texts[language]]
        return record

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> Self:
        """Return the record that was `held` as JSON."""
        texts = {
            code: [Block(*values) for values in blocks] for code, blocks in held["texts"].items()
        }
        left_out = {code: dict(by_name) for code, by_name in held["left_out"].items()}
        return cls(held["source"], texts, left_out)

    def held(self) -> dict[str, Any]:
        """Return the record as JSON."""
        texts = {
            code: [[block.id, block.html, block.source, block.made] for block in blocks]
            for code, blocks in self.texts.items()
        }
        return {"source": self.source, "texts": texts, "left_out": self.left_out}

    # --- Questions ---

    def translations(self) -> list[str]:
        return [code for code in self.texts if code != self.source]

    def of_source(self) -> dict[str, Block]:
        """Return the blocks of the source by their ids, in order."""
        return {block.id: block for block in self.texts.get(self.source, [])}

    def behind(self, language: str) -> int:
        """Return how many blocks of the source a language has from another wording, or lacks since the source got them."""
        made = {block.source: block for block in reversed(self.texts.get(language, []))}
        source = self.of_source().items()
        return sum(self._is_behind(language, block, made.get(name)) for name, block in source)

    def rows(self, language: str) -> list[Row]:
        """Return the source beside a translation, in the order of the source.

        What stands in the translation alone, or has lost its source, follows the block that it follows there.
        """
        source, alone = self.of_source(), self._alone(language)
        made = {block.source: block for block in reversed(self.texts.get(language, []))}
        rows = [Row(None, block, is_behind=False) for block in alone.get("", [])]
        for name, block in source.items():
            target = made.get(name)
            rows.append(Row(block, target, is_behind=self._is_behind(language, block, target)))
            rows += [Row(None, lone_block, is_behind=False) for lone_block in alone.get(name, [])]
        return rows

    def _alone(self, language: str) -> dict[str, list[Block]]:
        """Return the blocks of a translation without a source, by the id of the source's block that they follow."""
        source, seen = self.of_source(), set[str]()
        alone: dict[str, list[Block]] = {}
        last = ""
        for block in self.texts.get(language, []):
            if block.source in source and block.source not in seen:
                last = block.source
                seen.add(last)
            else:
                alone.setdefault(last, []).append(block)
        return alone

    def _is_behind(self, language: str, block: Block, target: Block | None) -> bool:
        known = target.made if target else self.left_out.get(language, {}).get(block.id, "")
        return known not in {UNWRITTEN, WITHOUT} and not says_same(known, block.html)

    def lacks(self, language: str) -> list[Block]:
        """Return the blocks of the source that a language has not and does not do without."""
        made = {block.source for block in self.texts.get(language, [])}
        left_out = self.left_out.get(language, {})
        return [
            block
            for name, block in self.of_source().items()
            if name not in made
            and (left_out.get(name) == UNWRITTEN or self._is_behind(language, block, None))
        ]

    def _never_written(self, language: str, known: str) -> dict[str, str]:
        """Return the blocks of the source that a language lacks, each with what it knows of them."""
        made = {block.source for block in self.texts[language]}
        return dict.fromkeys((name for name in self.of_source() if name not in made), known)

    # --- Changes ---

    def update(self, texts: Mapping[str, Text], *, source: str, told: Told = NOTHING) -> None:
        """Follow a story to what it says now. A block that was reworded in a translation is up to date."""
        if source != self.source:
            self._turn(source)
        before, self.texts = self.texts, {}
        own = carried(before.get(source, []), texts.get(source, Text("", "", ())), source)
        self.texts[source] = found_again(own, before)
        for language, text in texts.items():
            if language == source:
                continue
            old = before.get(language)
            here = told if told.language == language else NOTHING
            if old and here is NOTHING and before.get(source) and says(old, text):
                # Of forty languages an editor has touched one or two.
                self.texts[language] = old
                self._link_lines(language)
                continue
            self.texts[language] = carried(old or [], text, language)
            if (old is None and here is NOTHING) or not before.get(source):
                self._link_by_order(language)
            else:
                known = {block.id: block for block in old or []}
                self._link_new(language, known, here.made_from)
                if language not in told.mended:
                    self._catch_up(language, known, here.unseen)
                if old is None:
                    self.left_out[language] = self._never_written(language, UNWRITTEN)
        self._forget_left_out()

    def absorb(self, texts: Mapping[str, Text]) -> None:
        """Take over what was changed in the texts without anybody's saying other words, as a link that found its story."""
        if texts == self._said():
            return
        source, made = self.of_source(), self._made()
        self.update(texts, source=self.source)
        now = self.of_source()
        for language in self.translations():
            self.texts[language] = [
                replace(block, made=made.get((language, block.id, block.source), block.made))
                for block in self.texts[language]
            ]
        for name in source.keys() & now.keys():
            self._reword(name, source[name].html, now[name].html)

    def _said(self) -> dict[str, Text]:
        by_language = {}
        for language, blocks in self.texts.items():
            lines, body = apart(blocks)
            by_id = {block.id: block.html for block in lines}
            told = tuple(block.html for block in body)
            by_language[language] = Text(by_id.get(HEADLINE, ""), by_id.get(STANDFIRST, ""), told)
        return by_language

    def _made(self) -> dict[tuple[str, str, str], str]:
        return {
            (language, block.id, block.source): block.made
            for language, blocks in self.texts.items()
            for block in blocks
        }

    def _reword(self, name: str, old: str, new: str) -> None:
        """Take what was made from one wording of a block of the source as made from another one."""
        for language in self.translations():
            self.texts[language] = [
                replace(block, made=new) if (block.source, block.made) == (name, old) else block
                for block in self.texts[language]
            ]
            if self.left_out.get(language, {}).get(name) == old:
                self.left_out[language][name] = new

    def confirm(self, language: str, name: str) -> None:
        """Take the block of a translation that was made from this one, or its absence, as up to date."""
        block, blocks = self.of_source().get(name), self.texts.get(language, [])
        if block is None:
            return
        if any(target.source == name for target in blocks):
            self.texts[language] = [
                replace(target, made=block.html) if target.source == name else target
                for target in blocks
            ]
        else:
            self.left_out.setdefault(language, {})[name] = block.html

    def tell_sources(
        self, language: str, told: Mapping[str, str], unseen: frozenset[str] = frozenset()
    ) -> None:
        """Take blocks of a translation as made from these blocks of its source, by their ids, or from none ("").

        Each was made from what the language knows by now of its source. Where it knows nothing, that is what the
        source says, unless somebody has not seen it (`unseen`). Lines, and what only refers, are what they are.
        """
        source, blocks = self.of_source(), self.texts.get(language, [])
        known = {block.source: block.made for block in reversed(blocks) if block.source}
        out = self.left_out.get(language, {})
        told_of = {name: html for name, html in out.items() if html not in {UNWRITTEN, WITHOUT}}
        known = told_of | known
        for place, block in enumerate(blocks):
            name = told.get(block.id, block.source)
            if name == block.source or not block.is_free:
                continue
            if not name:
                blocks[place] = replace(block, source="", made="")
            elif name in source and source[name].is_free:
                made = known.get(name, "" if name in unseen else source[name].html)
                blocks[place] = replace(block, source=name, made=made)
        self._forget_left_out()

    def _link_by_order(self, language: str) -> None:
        """Link a translation that nobody has told anything of, by the kind and the order of its blocks."""
        source, blocks = list(self.of_source().values()), self.texts[language]
        kinds = [block.kind for block in source], [block.kind for block in blocks]
        matcher = SequenceMatcher(None, *kinds, autojunk=False)
        for start, place, size in matcher.get_matching_blocks():
            for step in range(size):
                blocks[place + step] = _made(blocks[place + step], source[start + step])
        is_whole = any(not block.is_line for block in blocks)
        known = WITHOUT if is_whole else UNWRITTEN
        self.left_out[language] = self._never_written(language, known)

    def _link_new(
        self, language: str, old: Mapping[str, Block], made_from: Mapping[str, str]
    ) -> None:
        """Link new blocks of a translation with what they were made from: the one beside that of their neighbour."""
        self._link_lines(language)
        blocks, source = self.texts[language], self.of_source()
        for place, block in enumerate(blocks):
            name = "" if block.is_line else made_from.get(block.html, "")
            if name in source and not block.source:
                blocks[place] = replace(block, source=name)
        order = [block for block in source.values() if not block.is_line]
        left_out = self.left_out.get(language, {})
        new = [place for place, block in enumerate(blocks) if block.id not in old]
        # What a language does without is the last that a new block would have been made from.
        for wanted in ([block for block in order if block.id not in left_out], order):
            _link_beside(blocks, wanted, new, step=1)
            _link_beside(blocks, wanted, new, step=-1)

    def _link_lines(self, language: str) -> None:
        """Link headline and standfirst of a translation with those of its source, where there are such by now."""
        blocks, source = self.texts[language], self.of_source()
        for place, block in enumerate(apart(blocks)[0]):
            if block.id in source and not block.source:
                blocks[place] = replace(block, source=block.id)

    def _catch_up(self, language: str, old: Mapping[str, Block], unseen: frozenset[str]) -> None:
        """Take what was reworded as made from its source as that is now."""
        source, blocks = self.of_source(), self.texts[language]
        for place, block in enumerate(blocks):
            was = old.get(block.id)
            is_reworded = not (was and says_same(was.html, block.html))
            if is_reworded and block.source in source and block.source not in unseen:
                blocks[place] = _made(block, source[block.source])

    def _forget_left_out(self) -> None:
        """Forget what is no longer left out: it has been made, or is gone."""
        source = self.of_source()
        for language in list(self.left_out):
            made = {block.source for block in self.texts.get(language, [])}
            self.left_out[language] = {
                name: html
                for name, html in self.left_out[language].items()
                if name in source and name not in made
            }
            if not self.left_out[language]:
                del self.left_out[language]

    # --- Another language as the source ---

    def _turn(self, source: str) -> None:
        """Take another language for the source: what it was made from was made from it."""
        before, old = self.of_source(), self.source
        into = {block.source: block for block in self.texts.get(source, []) if block.source}
        fresh = {
            name
            for name, block in into.items()
            if name in before and says_same(block.made, before[name].html)
        }
        for language, blocks in self.texts.items():
            if language == source:
                continue
            names = [block.id if language == old else block.source for block in blocks]
            current = {
                name
                for name, block in zip(names, blocks, strict=True)
                if name in fresh and (language == old or says_same(block.made, before[name].html))
            }
            self.texts[language] = [
                _turned(block, into.get(name), is_current=name in current)
                for name, block in zip(names, blocks, strict=True)
            ]
        self.texts[source] = [Block(block.id, block.html) for block in self.texts.get(source, [])]
        self.source = source
        for language in self.translations():
            is_begun = UNWRITTEN in self.left_out.get(language, {}).values()
            known = UNWRITTEN if is_begun else WITHOUT
            self.left_out[language] = self._never_written(language, known)
        self.left_out.pop(source, None)


def _turned(block: Block, source: Block | None, *, is_current: bool) -> Block:
    """Return a block as made from one of the new source; without one it stays what it was."""
    if source is None:
        return block
    return replace(block, source=source.id, made=source.html if is_current else "")


def _made(block: Block, source: Block) -> Block:
    return replace(block, source=source.id, made=source.html)


def _link_beside(blocks: list[Block], order: list[Block], new: list[int], *, step: int) -> None:
    """Link new blocks with the one of `order` beside that of the block before them, or behind them with a step of -1."""
    at = {block.id: place for place, block in enumerate(order)}
    taken = {block.source for block in blocks}
    near = 0 if step == 1 else len(order) - 1
    for place in range(len(blocks))[::step]:
        block = blocks[place]
        other = order[near] if 0 <= near < len(order) else None
        is_free = place in new and not block.source and not block.is_line
        if is_free and other and other.id not in taken and other.kind == block.kind:
            blocks[place] = block = replace(block, source=other.id)
            taken.add(other.id)
        near = at[block.source] + step if block.source in at else near
