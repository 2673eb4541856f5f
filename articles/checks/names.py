"""Names that are others in the translation, or of which nothing is left."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import dropwhile

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side
from newsroom.i18n.dates import locale_of
from newsroom.i18n.stopwords import STOP_WORDS
from newsroom.languages import LANGUAGES

ALIKE, BEGINNING = 0.7, 4
"""Words that are this much the same, or begin with so many of the same letters, are one name in two languages: Syria and
Siria, London and Londres."""

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = frozenset({" ", "-", "\u00a0"})
SEVERAL = 2

SHORTEST, KNOWN = 4, 5
"""A shorter word with a capital letter is rather an abbreviation; with so many first letters, of Syria, it is something known: Syrian."""

_ENDED = re.compile(r"(?:\A|[.!?…:;«“„\"(—–‘]|(?<![,?!])[”»]|\n)\s*\Z")
"""What stands before the first word of a sentence; words that are said end within one by a comma."""

_LED = {
    "en": "the a an of in at to from its their his her our this that",
    "es": "el la los las un una del de en al a su sus este esta",
    "pt": "o a os as um uma do da dos das de no na nos nas em ao à seu sua",
    "fr": "le la les un une du des de en au aux à son sa ses ce cette",
}
"""Base of a language -> words before what is named by its kind, or a place, which each language calls otherwise: the Council,
in Geneva. Elsewhere one capitalised word says too little.
"""


def missing(source: Side, target: Side) -> Iterator[Check]:
    """Name what is called by several capitalised words in the source and by nothing that is like them here.

    Names of countries, which each language has its own of, and languages with other letters are not compared.
    """
    if {source.language.script, target.language.script} != {"Latin"} or source.base == target.base:
        return
    theirs = {_plain(word) for word in _WORD.findall(target.text)}
    for name in dict.fromkeys(_names(source)):
        if not any(_is_alike(_plain(word), other) for word in name.split() for other in theirs):
            sentence = _("“%(name)s” is not in it. Is it named otherwise?")
            yield Check("names", sentence % {"name": name})


def replaced(source: Side, target: Side) -> Iterator[Check]:
    """Name somebody who is called by one word in the source, where the translation names somebody else instead."""
    if source.base == target.base or not {source.base, target.base} <= _LED.keys():
        return
    missing, extra = _lacking(source, target), _lacking(target, source)
    if missing and extra:
        sentence = _("The source names “%(source)s”, and this names “%(target)s”.")
        yield Check("names", sentence % {"source": _listed(missing), "target": _listed(extra)})


def _listed(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _lacking(side: Side, other: Side) -> list[str]:
    """Return the names of one word that the other side has nothing like."""
    words = {_plain(word) for word in _WORD.findall(other.text)}
    return [
        name for name in _single(side) if not any(_is_alike(_plain(name), word) for word in words)
    ]


def _single(side: Side) -> Iterator[str]:
    """Yield words with a capital letter inside a sentence, alone, that are no place, language or kind of thing."""
    known = _known(side.code)
    words = list(_WORD.finditer(side.text)) if "<table" not in side.html else []
    for before, word, after in zip([None, *words], words, [*words[1:], None], strict=False):
        name = word[0]
        is_name = name[0].isupper() and name[1:].islower() and len(name) >= SHORTEST
        if (
            is_name
            and _plain(name)[:KNOWN] not in known
            and _stands_alone(side, before, word, after)
        ):
            yield name


def _stands_alone(
    side: Side, before: re.Match[str] | None, word: re.Match[str], after: re.Match[str] | None
) -> bool:
    """Tell whether a word stands inside a sentence, without an article, and is no part of a longer name."""
    if before is None or _ENDED.search(side.text[: word.start()]):
        return False
    if before[0].casefold() in _LED[side.base].split():
        return False
    begins = _plain(before[0]) in _beginning(side.code)
    is_end = not begins and _is_run(side.text, before, word)
    return not is_end and not (after and _is_run(side.text, word, after))


def _is_run(text: str, word: re.Match[str], after: re.Match[str]) -> bool:
    """Tell whether two words are of one name, as far as capital letters tell."""
    both = word[0][0].isupper() and after[0][0].isupper()
    return both and text[word.end() : after.start()] in _JOINED


@cache
def _known(code: str) -> frozenset[str]:
    """Return how words begin that each language has its own of: countries, their languages and cities, days and months."""
    locale = locale_of(LANGUAGES[code])
    cities = (zone.get("city", "") for zone in locale.time_zones.values())
    named = " ".join([*locale.territories.values(), *locale.languages.values(), *cities])
    words = {*map(_plain, _WORD.findall(named)), *_told(code)}
    return frozenset(word[:KNOWN] for word in words)


def _names(source: Side) -> Iterator[str]:
    """Yield the runs of capitalised words, without those that say no name.

    A word that begins a sentence is none: "The" of "The Hague". Behind another it may be one, as in Omar Said.
    """
    told, beginning = _told(source.code), _beginning(source.code)
    for run in _capitalised(source.text):
        begun = dropwhile(lambda word: _plain(word) in beginning, run)
        words = [word for word in begun if _plain(word) not in told]
        name = " ".join(words)
        if len(words) >= SEVERAL and name.casefold() not in told:
            yield name


def _capitalised(text: str) -> Iterator[list[str]]:
    run: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if not (run and match[0][0].isupper() and text[end : match.start()] in _JOINED):
            yield run
            run = []
        if match[0][0].isupper():
            run.append(match[0])
        end = match.end()
    yield run


@cache
def _told(code: str) -> frozenset[str]:
    """Return what begins with a capital letter and is no name: days, months, countries."""
    locale = locale_of(LANGUAGES[code])
    calendar = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    countries = [name.casefold() for name in locale.territories.values()]
    return frozenset({*map(_plain, calendar), *countries})


@cache
def _beginning(code: str) -> frozenset[str]:
    """Return the words that begin sentences and name nothing."""
    return frozenset(map(_plain, STOP_WORDS.get(code.partition("-")[0], ())))


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _is_alike(word: str, other: str) -> bool:
    if word[:BEGINNING] == other[:BEGINNING]:
        return True
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
