"""A story page saved as plain text: headline, picture lines, paragraphs, footer, comments.

One line is one paragraph. docs/reference/import-page.md tells what becomes of each part.
"""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from articles.importers.context import Context
from articles.importers.decode import find_unstorable, read_text
from articles.importers.fields import Fault
from articles.importers.notes import MISSING, Note
from articles.importers.page.footer import Footer
from articles.importers.page.words import (
    is_switcher,
    is_toggle,
    known_as,
    languages_of,
    read_words,
    visible,
)
from articles.importers.story import MAX_BODY_BYTES, MAX_LENGTHS, BadFile, Picture, Story, Text
from articles.texts import is_blank, plain
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
    lines = _lines(head)
    if not lines or lines[0].startswith("<"):
        return False
    return is_switcher(lines[0]) or any(map(is_toggle, lines[1:])) or _is_pair(lines[1:3])


def read(path: Path, context: Context) -> Iterator[Story]:
    """Yield the one story of a page; raise BadFile where the file holds none."""
    text = read_text(path)
    external_id, language = context.identify(path)
    try:
        yield parse(text, external_id=external_id, language=language, context=context)
    except Fault as fault:
        raise BadFile(path, fault.sentence) from fault


def parse(text: str, *, external_id: str, language: str, context: Context) -> Story:
    """Return the story of one page, published as it was where it comes from: a page does not tell when.

    The names in its footer are compared with those of `context.categories` letter by letter.
    Raise Fault where the page has no headline or no paragraph, or too much text.
    """
    headline, lines = _open(text, language)
    _check(text, headline)
    cut = _cut_comments(lines)
    footer = Footer.find(cut.lines, context.categories, is_announced=cut.is_announced)
    pictures, lines = _take_pictures(footer.other_lines, language)
    body = _body(lines, language)
    _check_body(body)
    strangeness = _other_language(text, language)
    return Story(
        external_id=external_id,
        source_language=language,
        is_whole=False,
        texts={
            language: Text(
                title=headline,
                body="\n".join(body),
                status="published",
                published_at=context.published_at,
            )
        },
        categories=footer.categories,
        pictures=pictures,
        promotions=cut.promotions,
        notes=(
            *(_gap(picture, language) for picture in pictures),
            *footer.notes,
            *(_IGNORED.format(line=line) for line in cut.ignored),
            *strangeness,
        ),
        decisions=(
            *footer.decisions,
            *("toggles ignored" for _line in cut.ignored),
            *("promotions left out" for _line in cut.promotions),
            *("pages in doubt of their language" for _note in strangeness),
        ),
    )


def _check(text: str, headline: str) -> None:
    if (index := find_unstorable(text)) is not None:
        raise Fault(f"the page holds the unusable character U+{ord(text[index]):04X}; remove it")
    if not headline:
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


def _open(text: str, language: str) -> tuple[str, list[str]]:
    """Return the headline, "" if the page has none, and the lines after it.

    Blank lines and the language switcher are left out.
    """
    lines = _lines(text)
    if lines and is_switcher(lines[0]):
        del lines[0]
    if not lines or _is_other_part(lines, language):
        return "", lines
    return plain(visible(lines[0])), lines[1:]


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in re.split(r"\r\n|\r|\n", text))
    return [line for line in lines if not is_blank(line)]


def _is_other_part(lines: list[str], language: str) -> bool:
    """Tell whether the page begins with a part that comes after the headline."""
    return is_toggle(lines[0]) or bool(_read_line_reader(language)(lines[0])) or _is_pair(lines[:2])


def _is_pair(lines: list[str]) -> bool:
    """Tell whether these are the two lines of one picture."""
    credits = [found.credit for line in lines if (found := _credited(line))]
    return len(credits) == 2 and credits[0] == credits[1]


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


class _Credited(NamedTuple):
    """A line that ends with a credit in brackets."""

    words: str
    credit: str


def _take_pictures(lines: list[str], language: str) -> tuple[tuple[Picture, ...], list[str]]:
    """Return the pictures whose lines stand on top and the lines below them.

    A page shows a picture's alternative text, then its caption, each with the credit in brackets.
    """
    pictures: list[Picture] = []
    while (alt := _credited(lines[0]) if lines else None) is not None:
        caption = _credited(lines[1]) if len(lines) > 1 else None
        if caption is None or caption.credit.casefold() != alt.credit.casefold():
            lines, caption = lines[1:], alt
        else:
            lines = lines[2:]
        pictures.append(_picture(alt, caption, language, lead=not pictures))
    return tuple(pictures), lines


def _credited(line: str) -> _Credited | None:
    """Return the words and the credit of a picture line, None for any other line.

    A credit begins with a capital (or a letter without case, or a sign): "[sic]", "[…]" and "[1]"
    at the end of a first paragraph are none.
    """
    line = visible(line)
    if not line.endswith("]"):
        return None
    words, bracket, credit = map(plain, line[:-1].rpartition("["))
    if not bracket or not credit or "]" in credit:
        return None
    if len(words) > MAX_LENGTHS["alt"] or len(credit) > MAX_LENGTHS["credit_line"]:
        return None
    signed = credit[0] in "©@" or (credit[0].isalpha() and not credit[0].islower())
    return _Credited(visible(words), credit) if signed else None


def _picture(alt: _Credited, caption: _Credited, language: str, *, lead: bool) -> Picture:
    return Picture(
        lead=lead,
        alt=_per_language(alt.words, language),
        caption=_per_language(caption.words or alt.words, language),
        creator=_creator(caption.credit),
        credit_line=caption.credit,
    )


def _per_language(words: str, language: str) -> dict[str, str]:
    return {language: words} if words else {}


def _creator(credit: str) -> str:
    """Return who made the picture: "US Army" of "US Army/Wikipedia", nobody of an address."""
    return "" if "://" in credit else credit.partition("/")[0].strip() or credit


def _gap(picture: Picture, language: str) -> str:
    words = picture.caption.get(language)
    named = f'"{words}" [{picture.credit_line}]' if words else f"[{picture.credit_line}]"
    return Note(f"The picture {named} is not part of the page; upload its file.", MISSING)


def _body(lines: list[str], language: str) -> list[str]:
    """Return the lines as HTML blocks, in order: paragraphs, and cards of stories to read."""
    title_of = _read_line_reader(language)
    return [_block(line, title_of(line)) for line in lines]


def _block(line: str, title: str) -> str:
    if title:
        return f'<aside data-waiting="{html.escape(title)}"></aside>'
    return f"<p>{html.escape(line, quote=False)}</p>"


def _read_line_reader(language: str) -> Callable[[str], str]:
    """Return a function that gives the title a "Read: title" line links to, "" for other lines."""
    words = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in read_words(language))
    pattern = re.compile(rf"(?:{words})\s*[:：](?P<title>.+)", re.IGNORECASE | re.DOTALL)

    def title_of(line: str) -> str:
        found = pattern.fullmatch(visible(line))
        title = visible(found["title"]) if found else ""
        return title if len(title) <= MAX_LENGTHS["reference"] else ""

    return title_of
