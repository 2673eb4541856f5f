"""The words that stand around a story on its page, recognised: nothing here is the story's own.

docs/reference/import-page.md lists them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel import Locale

from articles.importers.page.table import TABLE
from newsroom.languages import LANGUAGES

# White space, direction marks and other characters without a shape.
_INVISIBLE = "\ufeff" + "".join(
    character
    for character in map(chr, range(0x3001))
    if character.isspace() or unicodedata.category(character) == "Cf"
)

_NUMBER = r"(?:\s*\(?\d+\)?)?"

_TOGGLES = {
    language: re.compile(rf"(?:{words.toggle}){_NUMBER}", re.IGNORECASE)
    for language, words in TABLE.items()
}


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


_READ = {language: _folded(words.read) for language, words in TABLE.items()}
_TAGS = {language: _folded(words.tags) for language, words in TABLE.items()}
_LABELS = {language: _TAGS[language] | _folded(words.labels) for language, words in TABLE.items()}
_SHARING = {language: _folded(words.sharing) for language, words in TABLE.items()}

WITHOUT_ACCENTS = {"es": {"espanol"}, "pt": {"portugues"}, "ar": {"عربي"}}
"""How switchers name languages, too."""


def visible(line: str) -> str:
    """Return the line without white space and invisible characters at its ends."""
    return line.strip(_INVISIBLE)


def known_as(language: str) -> str:
    """Return the code under which the table has the words of a language, or of the one that it is a variant of; or ""."""
    return next((code for code in (language, language.partition("-")[0]) if code in TABLE), "")


def read_words(language: str) -> Iterator[str]:
    """Yield the words before a link to another story on a page in a language.

    A page may keep the English ones in any language; the others are read in their own language only, where "Lee:"
    cannot be a person who speaks.
    """
    yield from TABLE["en"].read
    own = known_as(language)
    if own not in {"en", ""}:
        yield from TABLE[own].read


@cache
def _switcher(language: str) -> frozenset[str]:
    """Return how a switcher in a language names the languages that a site may have."""
    names = Locale.parse(language, sep="-").languages
    tags = {code.partition("-")[0] for code in LANGUAGES}
    folded = {names[tag].casefold() for tag in tags if tag in names}
    return frozenset(folded | WITHOUT_ACCENTS.get(language, set()))


@cache
def _all_names() -> frozenset[str]:
    return frozenset().union(*map(_switcher, TABLE))


def is_switcher(line: str) -> bool:
    """Tell whether a line holds nothing but languages, by their names or by their codes, with signs between them."""
    names = switcher_names(line)
    return len(names) > 1 and (_all_names().issuperset(names) or TABLE.keys() >= set(names))


def switcher_names(line: str) -> list[str]:
    return [visible(name).casefold() for name in re.split(r"[/|·•]", line)]


def is_toggle(line: str) -> bool:
    return any(toggle.fullmatch(visible(line)) for toggle in _TOGGLES.values())


def is_sharing(line: str) -> bool:
    return any(visible(line).casefold() in words for words in _SHARING.values())


def split_label(line: str) -> tuple[str, str]:
    """Return the label of a footer line and its names: ("Tags", "News, Syria"); no label is ""."""
    label, *names = re.split("[:：]", visible(line), maxsplit=1)
    known = any(visible(label).casefold() in words for words in _LABELS.values())
    return (visible(label), visible(names[0])) if names and known else ("", line)


def is_tag_label(label: str) -> bool:
    return any(label.casefold() in words for words in _TAGS.values())


def languages_of(line: str) -> set[str]:
    """Return the languages in which a line is one of these words; none for a line of the story."""
    words = visible(line).casefold()
    if is_switcher(line):
        names = switcher_names(line)
        # A switcher that gives each language its own name tells nothing.
        return {code for code in TABLE if _switcher(code).issuperset(names)}
    before, *after = re.split("[:：]", words, maxsplit=1)
    before = visible(before) if after else ""
    return {
        code
        for code in TABLE
        if _TOGGLES[code].fullmatch(words)
        or words in _SHARING[code]
        or before in _LABELS[code]
        or (" " in before and before in _READ[code])
    }
