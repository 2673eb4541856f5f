"""Names of several words of which nothing is left in the translation."""

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
