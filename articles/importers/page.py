"""A story page saved as plain text: headline, picture lines, paragraphs, footer, comments.

One line is one paragraph. docs/reference/import-page.md tells what becomes of each part.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from articles.importers.decode import find_unstorable
from articles.importers.footer import Footer
from articles.importers.story import MAX_BODY_BYTES, MAX_LENGTHS, BadFile, Picture, Story, Text

_LANGUAGE_NAMES = frozenset(
    (
        *("english", "inglés", "inglês"),
        *("spanish", "español", "espanol", "espanhol"),
        *("portuguese", "português", "portugues", "portugués"),
        *("arabic", "العربية", "عربي", "árabe"),
    )
)

# The words before a link to another story. A page may keep the English ones in any language; the
# others are read in their own language only, where "Lee:" cannot be a person who speaks.
_READ_WORDS = {
    "en": ("read", "read also", "read more", "also read"),
    "es": (
        "leer",
        "leer más",
        "leer también",
        "lee",
        "lee más",
        "lee también",
        "lea",
        "lea también",
    ),
    "pt": ("ler", "ler mais", "ler também", "leia", "leia mais", "leia também"),
    "ar": ("اقرأ", "إقرأ", "اقرأ أيضا", "اقرأ أيضًا", "اقرأ أيضاً", "اقرأ المزيد"),
}

_COMMENT_TOGGLE = re.compile(
    r"""(?: (?:show|hide|view) \s+ comments
          | (?:mostrar|ver|ocultar) \s+ (?:los\s+)? comentarios
          | (?:mostrar|ver|exibir|esconder|ocultar) \s+ (?:os\s+)? comentários
          | (?:إظهار|اظهار|عرض|إخفاء|اخفاء) \s+ التعليقات
        ) (?: \s* \(? \d+ \)? )?""",
    re.IGNORECASE | re.VERBOSE,
)

# White space, direction marks and other characters without a shape.
_INVISIBLE = "\ufeff" + "".join(
    each for each in map(chr, range(0x3001)) if each.isspace() or unicodedata.category(each) == "Cf"
)


def read(
    text: str,
    *,
    external_id: str,
    language: str,
    known_categories: Mapping[str, str],
    published_at: datetime | None = None,
) -> Story:
    """Return the story of one page.

    `known_categories` maps the names that may stand in the page's footer to category references
    ("Middle East" to "region/middle-east"); names are compared letter by letter. The story is
    published if `published_at` (aware) is given, else a draft: a page does not tell its date.
    Raise BadFile where the page has no headline or no paragraph, or too much text.
    """
    headline, lines = _open(text, language)
    _check(text, headline, external_id)
    lines, promotions = _cut_comments(lines)
    footer = Footer.find(lines, known_categories)
    pictures, lines = _take_pictures(footer.other_lines, language)
    body = _body(lines, language)
    _check_body(body, external_id)
    status = "draft" if published_at is None else "published"
    return Story(
        external_id=external_id,
        source_language=language,
        texts={
            language: Text(
                title=headline, body="\n".join(body), status=status, published_at=published_at
            )
        },
        categories=footer.categories,
        pictures=pictures,
        promotions=promotions,
        notes=(*(_gap(picture, language) for picture in pictures), *footer.notes),
    )


def _check(text: str, headline: str, external_id: str) -> None:
    if (index := find_unstorable(text)) is not None:
        raise BadFile(
            f"{external_id}: the page holds the unusable character U+{ord(text[index]):04X}; "
            "remove it."
        )
    if not headline:
        raise BadFile(f"{external_id}: the page has no headline; its first line must be one.")
    if len(headline) > MAX_LENGTHS["title"]:
        raise BadFile(
            f"{external_id}: the first line is longer than {MAX_LENGTHS['title']} characters; "
            "put a headline above it."
        )


def _check_body(body: list[str], external_id: str) -> None:
    if not any(block.startswith("<p>") for block in body):
        raise BadFile(f"{external_id}: the page has no paragraph; is it a story page?")
    if len("\n".join(body).encode()) > MAX_BODY_BYTES:
        raise BadFile(
            f"{external_id}: the text is longer than {MAX_BODY_BYTES:,} bytes; "
            "make several stories of it."
        )


def _open(text: str, language: str) -> tuple[str, list[str]]:
    """Return the headline, "" if the page has none, and the lines after it.

    Blank lines and the language switcher are left out.
    """
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text)]
    lines = [line for line in lines if _visible(line)]
    if lines and _is_switcher(lines[0]):
        del lines[0]
    if not lines or _is_other_part(lines, language):
        return "", lines
    return _visible(lines[0]), lines[1:]


def _is_other_part(lines: list[str], language: str) -> bool:
    """Tell whether the page begins with a part that comes after the headline."""
    first, second = ([_credited(line) for line in lines[:2]] + [None])[:2]
    return (
        _is_toggle(lines[0])
        or bool(_read_line_reader(language)(lines[0]))
        or (first is not None and second is not None and first.credit == second.credit)
    )


def _visible(line: str) -> str:
    """Return the line without white space and invisible characters at its ends."""
    return line.strip(_INVISIBLE)


def _is_switcher(line: str) -> bool:
    names = [_visible(name).casefold() for name in re.split(r"[/|]", line)]
    return len(names) > 1 and all(name in _LANGUAGE_NAMES for name in names)


def _is_toggle(line: str) -> bool:
    return _COMMENT_TOGGLE.fullmatch(_visible(line)) is not None


def _cut_comments(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines before the comments and the promotions, the lines that stand among them.

    A toggle directly under the headline jumps to the comments and opens nothing.
    """
    start = next((i for i, line in enumerate(lines) if not _is_toggle(line)), len(lines))
    lines = lines[start:]
    end = next((i for i, line in enumerate(lines) if _is_toggle(line)), len(lines))
    return lines[:end], tuple(line for line in lines[end:] if not _is_toggle(line))


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
        paired = caption is not None and caption.credit.casefold() == alt.credit.casefold()
        lines = lines[2 if paired else 1 :]
        pictures.append(_picture(alt, caption if paired else alt, language, lead=not pictures))
    return tuple(pictures), lines


def _credited(line: str) -> _Credited | None:
    """Return the words and the credit of a picture line, None for any other line.

    A credit begins with a capital (or a letter without case, or a sign): "[sic]", "[…]" and "[1]"
    at the end of a first paragraph are none.
    """
    line = _visible(line)
    if not line.endswith("]"):
        return None
    words, bracket, credit = line[:-1].rpartition("[")
    credit = _visible(credit)
    if not bracket or not credit or "]" in credit:
        return None
    if len(words) > MAX_LENGTHS["alt"] or len(credit) > MAX_LENGTHS["credit_line"]:
        return None
    signed = credit[0] in "©@" or (credit[0].isalpha() and not credit[0].islower())
    return _Credited(_visible(words), credit) if signed else None


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
    return f"The picture {named} is not part of the page; upload its file."


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
    words = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in _read_words(language))
    pattern = re.compile(rf"(?:{words})\s*[:：](?P<title>.+)", re.IGNORECASE | re.DOTALL)

    def title_of(line: str) -> str:
        found = pattern.fullmatch(_visible(line))
        title = _visible(found["title"]) if found else ""
        return title if len(title) <= MAX_LENGTHS["reference"] else ""

    return title_of


def _read_words(language: str) -> Iterator[str]:
    yield from _READ_WORDS["en"]
    if language != "en":
        yield from _READ_WORDS.get(language, ())
