"""A story page saved as plain text: headline, picture lines, paragraphs, footer, comments.

One line is one paragraph. docs/reference/import-page.md tells what becomes of each part.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from articles.importers.context import Context
from articles.importers.decode import find_unstorable, read_text
from articles.importers.fields import Fault
from articles.importers.page.cards import Cards
from articles.importers.page.footer import Footer
from articles.importers.page.furniture import left_out, without_furniture
from articles.importers.page.lines import lines_of
from articles.importers.page.opening import Byline, Opening, open_page
from articles.importers.page.pictures import is_pair, take_pictures
from articles.importers.page.words import is_switcher, is_toggle, known_as, languages_of, visible
from articles.importers.story import MAX_BODY_BYTES, MAX_LENGTHS, BadFile, Story, Text
from newsroom.languages import LANGUAGES

DESCRIPTION = "a story page saved as plain text"
SUFFIXES = (".txt",)

_IGNORED = '"{line}" ends nothing, most of the page stands below it.'


class _Cut(NamedTuple):
    """A page cut at its comments. `is_announced` tells that it has any."""

    lines: list[str]
    promotions: tuple[str, ...]
    ignored: tuple[str, ...]
    is_announced: bool


def sniff(head: str) -> bool:
    """Tell whether a text has what stands round a story on its page: a switcher, toggles, pictures' words."""
    lines = lines_of(head).lines
    if not lines or lines[0].startswith("<"):
        return False
    return is_switcher(lines[0]) or any(map(is_toggle, lines[1:])) or is_pair(lines[1:3])


def read(path: Path, context: Context) -> Iterator[Story]:
    """Yield the one story of a page; raise BadFile where the file holds none."""
    text = read_text(path)
    external_id, language = context.identify(path)
    try:
        story = parse(text, external_id=external_id, language=language, context=context)
    except Fault as fault:
        raise BadFile(path, fault.sentence) from fault
    yield replace(story, notes=(*text.notes, *story.notes))


def parse(text: str, *, external_id: str, language: str, context: Context) -> Story:
    """Return the story of one page, published as it was where it comes from: a page does not tell when.

    The names in its footer are compared with those of `context.categories` letter by letter.
    Raise Fault where the page has no headline or no paragraph, or too much text.
    """
    lines, line_notes = lines_of(text)
    opening, cards = open_page(lines, context.categories), Cards(language)
    _check(text, opening, cards)
    cut = _cut_comments(opening.lines)
    footer = Footer.find(cut.lines, context.categories, language, is_announced=cut.is_announced)
    story_lines, furniture = without_furniture(footer.other_lines)
    bylines, story_lines, byline_notes = Byline(language).take(story_lines)
    layout = take_pictures(story_lines, language)
    body = list(cards.blocks(layout.items))
    _check_body(body)
    strangeness = _other_language(text, language)
    above = [context.categories[opening.category]] if opening.category else []
    return Story(
        external_id=external_id,
        source_language=language,
        is_whole=False,
        is_named=False,
        texts={
            language: Text(
                title=opening.headline,
                body="\n".join(body),
                status="published",
                published_at=context.published_at,
            )
        },
        bylines=bylines,
        categories=tuple(dict.fromkeys([*above, *footer.categories])),
        tags=footer.tags,
        pictures=layout.pictures,
        promotions=cut.promotions,
        notes=(
            *line_notes,
            *opening.notes,
            *(left_out(line) for line in furniture),
            *byline_notes,
            *layout.notes,
            *footer.notes,
            *(_IGNORED.format(line=line) for line in cut.ignored),
            *strangeness,
        ),
        decisions=(
            *opening.decisions,
            *layout.decisions,
            *footer.decisions,
            *("toggles ignored" for _line in cut.ignored),
            *("promotions left out" for _line in cut.promotions),
            *("pages in doubt of their language" for _note in strangeness),
        ),
    )


def _check(text: str, opening: Opening, cards: Cards) -> None:
    if (index := find_unstorable(text)) is not None:
        raise Fault(f"the page holds the unusable character U+{ord(text[index]):04X}; remove it")
    headline = opening.headline
    if not headline or _is_other_part([headline, *opening.lines[:1]], cards):
        raise Fault("the page has no headline; its first line must be one")
    if len(headline) > MAX_LENGTHS["title"]:
        raise Fault(
            f"the first line is longer than {MAX_LENGTHS['title']} characters; "
            "put a headline above it"
        )


def _check_body(body: list[str]) -> None:
    if not any(block.startswith("<p>") for block in body):
        raise Fault("the page has no paragraph; is it a story page?")
    if len("\n".join(body).encode()) > MAX_BODY_BYTES:
        raise Fault(f"the text is longer than {MAX_BODY_BYTES:,} bytes; make several stories of it")


def _is_other_part(lines: list[str], cards: Cards) -> bool:
    """Tell whether the page begins with a part that comes after the headline."""
    return is_toggle(lines[0]) or bool(cards.title(lines[0])) or is_pair(lines[:2])


def _cut_comments(lines: list[str]) -> _Cut:
    """Cut the lines at the comments; the lines that stand among the toggles below are promotions.

    A toggle directly under the headline jumps to the comments and opens nothing, and neither does one
    that has most of the page below it and another toggle there.
    """
    start = next((i for i, line in enumerate(lines) if not is_toggle(line)), len(lines))
    lines = lines[start:]
    ignored: list[str] = []
    while (end := next((i for i, line in enumerate(lines) if is_toggle(line)), None)) is not None:
        if _length(lines[:end]) >= _length(lines[end:]):
            promotions = tuple(line for line in lines[end:] if not is_toggle(line))
            return _Cut(lines[:end], promotions, tuple(ignored), is_announced=True)
        ignored.append(lines.pop(end))
    if ignored:
        raise Fault(
            f'most of the page stands below "{visible(ignored[-1])}"; '
            "remove that line, or what is no part of the story"
        )
    return _Cut(lines, (), (), is_announced=False)


def _length(lines: list[str]) -> int:
    return sum(len(line) for line in lines if not is_toggle(line))


def _other_language(text: str, language: str) -> tuple[str, ...]:
    """Return a note if the words around the story are of another language than the story's.

    English ones are not: a site in any language may keep them.
    """
    told: dict[str, str] = {}
    for line in text.splitlines():
        for code in languages_of(line):
            told.setdefault(code, visible(line))
    others = sorted(told.keys() - {"en"})
    if not others or known_as(language) in told:
        return ()
    names = " or ".join(LANGUAGES[code].name for code in others)
    return (
        f'"{told[others[0]]}" is {names}, but the page was read as {LANGUAGES[language].name}; '
        "if that is wrong, import it again with the right --language.",
    )
