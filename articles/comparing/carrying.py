"""The blocks of a text after it was changed: each with what was known of it, however it was reworded or moved."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from articles.comparing.blocks import aligned
from articles.comparing.wordings import LINES, Block, Text


def apart(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Return the lines of a text, which stand first, and the blocks of its body."""
    number = sum(block.is_line for block in blocks[: len(LINES)])
    return blocks[:number], blocks[number:]


def says(blocks: list[Block], text: Text) -> bool:
    """Return whether these blocks are those of a text, word for word."""
    lines, body = apart(blocks)
    is_same = {block.id: block.html for block in lines} == text.lines
    return is_same and [block.html for block in body] == list(text.body)


def carried(old: list[Block], text: Text, language: str) -> list[Block]:
    """Return the blocks of a text, each with what is known of it by now, however it was reworded or moved."""
    if says(old, text):
        return list(old)
    lines = {block.id: block for block in old if block.is_line}
    rest = [block for block in old if not block.is_line]
    blocks = [
        replace(lines.get(name, Block(name, "")), html=words) for name, words in text.lines.items()
    ]
    taken = {block.id for block in old}
    for place, place_now in aligned([block.html for block in rest], text.body):
        if place_now is not None:
            html = text.body[place_now]
            name = _new_id(html, language, taken) if place is None else rest[place].id
            known = Block(name, "") if place is None else rest[place]
            blocks.append(replace(known, html=html))
            taken.add(name)
    return blocks


def found_again(own: list[Block], before: Mapping[str, list[Block]]) -> list[Block]:
    """Give blocks that come back, as after an undo, the ids that translations remember."""
    old = {block.id for blocks in before.values() for block in blocks}
    names = {block.id for block in own}
    lost = {
        block.made: block.source
        for blocks in before.values()
        for block in blocks
        if block.source and block.source not in names
    }
    counts = Counter(block.html for block in own)
    return [
        replace(block, id=lost[block.html])
        if block.id not in old and block.html in lost and counts[block.html] == 1
        else block
        for block in own
    ]


def _new_id(html: str, language: str, taken: set[str]) -> str:
    """Return an id for a block: the same for the same text, so that a page names blocks of which nothing is kept yet."""
    for number in count():
        name = hashlib.sha256(f"{language} {number} {html}".encode()).hexdigest()[:10]
        if name not in taken:
            break
    return name
