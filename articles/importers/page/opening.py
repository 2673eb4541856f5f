"""The first lines of a page: what stands above its headline, the headline, and who wrote the story."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from articles.importers.page.furniture import is_furniture, left_out
from articles.importers.page.names import Names, spaced
from articles.importers.page.table import TABLE
from articles.importers.page.words import is_switcher, known_as, visible
from articles.importers.story import MAX_LENGTHS, Person
from articles.texts import plain

_NO_HEADLINE = 'The headline "{line}" looks like none; correct the story, or put its headline on the first line of the page.'
_NO_BYLINE = 'The line "{line}" looks like a byline or a date, and was left in the text.'

_SENTENCE_ENDS = tuple(".!?…:]")
_LONGEST_HEADLINE = 200
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*|\S+@\S+")
_MARKUP = re.compile(r"</?!?[\w-]+[^<>]*>")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_DATE = 60

_PARTICLE = re.compile("al|bin|da|de|del|della|den|der|di|do|dos|du|el|la|le|van|von|y")
_WORDS_OF_A_NAME = range(2, 6)
_ABOVE_THE_TEXT = 3
"""A byline and a date are among so many lines below the headline."""


@dataclass(frozen=True)
class Opening:
    """The headline, "" if the page has none, and the lines below it.

    `category` is the name of one that stood above the headline, or "".
    """

    headline: str
    lines: list[str]
    category: str = ""
    notes: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


def open_page(lines: list[str], known_categories: Mapping[str, str]) -> Opening:
    """Take the headline, without what stands above it: a switcher, buttons, rules, addresses, the name of a section."""
    names, notes, category = Names(known_categories), [], ""
    lines = list(lines)
    while lines and (_is_above(lines[0]) or (not category and _names(lines, names))):
        line = lines.pop(0)
        if name := names.one(spaced(line)):
            category = names.originals([name])[0]
        elif not is_switcher(line):
            notes.append(left_out(line))
    if not lines:
        return Opening("", [], category, tuple(notes))
    headline = plain(visible(lines[0]))
    doubts = [_NO_HEADLINE.format(line=headline)] if _is_doubtful(headline) else []
    decisions = ("headlines in doubt",) * len(doubts)
    return Opening(headline, lines[1:], category, (*notes, *doubts), decisions)


def _is_above(line: str) -> bool:
    words = visible(line)
    is_empty = not any(character.isalnum() for character in words)
    return (
        is_empty
        or is_switcher(line)
        or is_furniture(line)
        or bool(_ADDRESS.fullmatch(words) or _MARKUP.fullmatch(words))
    )


def _names(lines: list[str], names: Names) -> bool:
    """Tell whether the first line is the name of a category, and not the headline of a page that has no other."""
    return len(lines) > 2 and names.one(spaced(lines[0])) is not None


def _is_doubtful(headline: str) -> bool:
    """Tell whether a first line is an odd headline: a word in capitals alone, a sentence that is a paragraph, markup."""
    is_shouted = headline.isupper() and " " not in headline and len(headline) > 1
    is_paragraph = len(headline) > _LONGEST_HEADLINE and headline.endswith(".")
    return is_shouted or is_paragraph or headline[0] in "<{|" or bool(_ADDRESS.search(headline))


class Byline:
    """Finds who wrote the story among the lines below its headline, on a page in one language."""

    def __init__(self, language: str) -> None:
        codes = dict.fromkeys(("en", known_as(language) or "en"))
        before = "|".join(re.escape(words) for code in codes if (words := TABLE[code].by))
        between = "|".join(re.escape(_and(code)) for code in codes)
        self._by = re.compile(rf"(?:{before})(?:\s*[:：]\s*|\s+)(?P<names>.+)", re.IGNORECASE)
        self._between = re.compile(rf"\s*[,،;&]\s*|\s+(?:{between})\s+")

    def take(self, lines: list[str]) -> tuple[tuple[Person, ...], list[str], tuple[str, ...]]:
        """Return the bylines, the other lines, and notes on what looks like a byline or a date and was left."""
        people: list[Person] = []
        kept: list[str] = []
        notes: list[str] = []
        for number, line in enumerate(lines):
            credited = () if people or number >= _ABOVE_THE_TEXT else self._people(line)
            people += credited
            if not credited:
                kept.append(line)
                notes += self._doubts(line) if number < _ABOVE_THE_TEXT else []
        return tuple(people), kept, tuple(notes)

    def _people(self, line: str) -> list[Person]:
        match = self._by.fullmatch(visible(line))
        names = [visible(name) for name in self._between.split(match["names"])] if match else []
        return [Person(names={"": name}) for name in names] if all(map(_is_name, names)) else []

    def _doubts(self, line: str) -> list[str]:
        words = visible(line)
        match = self._by.fullmatch(words)
        if words.endswith(_SENTENCE_ENDS):
            return []
        is_byline = match and len(words) <= MAX_LENGTHS["person"]
        is_date = len(words) <= _LONGEST_DATE and _YEAR.search(words)
        return [_NO_BYLINE.format(line=words)] if is_byline or is_date else []


def _and(language: str) -> str:
    """Return the word that CLDR puts between the last two of a list in a language."""
    pattern = Locale.parse(language, sep="-").list_patterns["standard"]["2"]
    return visible(pattern.replace("{0}", "").replace("{1}", ""))


def _is_name(words: str) -> bool:
    """Tell whether words are the name of a person: a few, none of them with a digit, each with a capital where it has any."""
    parts = words.split()
    if len(parts) not in _WORDS_OF_A_NAME or len(words) > MAX_LENGTHS["person"]:
        return False
    return all(
        (not part[0].islower() or _PARTICLE.fullmatch(part))
        and part[0].isalpha()
        and not any(character.isdigit() for character in part)
        for part in parts
    )
