"""The words of a text as search compares them: without case, accents and endings, whatever the language.

A text and what somebody asks for go through the same functions, and a database compares what they return and
nothing else. So two databases find the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from threading import Lock
from typing import Any, NamedTuple

from newsroom.i18n.stopwords import STOP_WORDS

LONGEST = 40
"""Letters of a term; what is longer is no word that anybody types."""

OPERATORS = frozenset({"AND", "OR", "NOT"})
"""What other machines for search have between words; here it is as little a word as in any text."""

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""The stemmer of each language that has one; words of any other are compared as they are."""

WITHOUT_SIGN = dict(zip("ıłøđðħŧŋəɓɗƙƴ", "iloddhtnebdky", strict=True))
WITHOUT_SIGN |= {"æ": "ae", "œ": "oe", "þ": "th"}
"""Latin letters that Unicode takes for others, and readers who type or look for them for the same."""

_ALIKE = str.maketrans(
    WITHOUT_SIGN
    # Alef, yeh, teh and kaf in their forms, and the stroke that only makes a word longer.
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": ""}
)
# What the stemmers leave: in Arabic “the”, which is written with the word, and the endings of women and of
# many; "-ões" beside "-ão".
_BEFORE_STEMS = {
    "ar": (
        (re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{3})"), ""),
        (re.compile(r"(?<=\w{3})(?:ات|ه)$"), ""),
    ),
    "pt": ((re.compile(r"(?<=\w\w)(?:õ|o)es$"), "ão"),),
}

_MARKS = "".join(
    re.escape(chr(code))
    for code in range(0x300, 0x20000)
    if f"a{chr(code)}".isidentifier() and not chr(code).isalnum()
)
_JOINERS = "\u00ad\u200c\u200d"
_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    # "U.S." and "E.U.A." are one word, and so is "400,000".
    rf"(?<!\w){_LETTER}(?:\.{_LETTER})+(?![\w])\.?"
    rf"|(?<!\w)\d{{1,3}}(?:[.,'’]\d{{3}})+(?!\w)"
    rf"|[^\W_][\w{_MARKS}{_JOINERS}]*",
)
_INSIDE = re.compile(rf"(?:(?![{_MARKS}])[\W_])+")
SPACELESS_SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The signs of scripts without spaces, for a set of a regular expression: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""

_SPACELESS = re.compile(f"[{SPACELESS_SIGNS}]+")

_lock = Lock()


class Word(NamedTuple):
    """A word of a text: where it starts and ends there, and how it is written.

    Scripts without spaces have no words that could be told by their signs; there it is one sign, or two
    that stand side by side. `is_part` tells a sign that stands in one of these pairs.
    """

    start: int
    end: int
    text: str
    is_part: bool = False


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order."""
    for match in _WORD.finditer(text):
        if match[0].isascii():
            yield Word(match.start(), match.end(), match[0])
        else:
            yield from _apart(match[0], match.start())


def distinct(text: str) -> Iterator[str]:
    """Yield how the words of a text are written, in the order in which they first come; most of them once.

    Nothing is said of their places: a long text is gone through several times as fast.
    """
    for run in dict.fromkeys(_WORD.findall(text)):
        if run.isascii():
            yield run
        else:
            yield from (word.text for word in _apart(run, 0))


def terms(word: str, language: str) -> tuple[str, ...]:
    """Return by what a word is found in a language: one term, or two where its accents are part of its ending.

    "naciones" and "nación" share a term, and "nacion", of which the stemmer does not know that it is the same
    word, shares the other one. There is none where nothing is left of it.
    """
    return _terms(word, language.partition("-")[0])


def spellings(word: str, language: str) -> tuple[str, ...]:
    """Return by what a word is found by who types it as it is written, or its beginning: one, or two of which one lacks “the”.

    Nothing is known of its endings, so that what is typed may be in any language. There is none where nothing is left of it.
    """
    plain = fold(word).replace(" ", "")[:LONGEST]
    if language.partition("-")[0] != "ar":
        return (plain,) if plain else ()
    return tuple(dict.fromkeys(filter(None, (plain, _without_the(plain)))))


def asked(text: str, language: str, *, most: int) -> tuple[list[str], bool]:
    """Return the words that somebody asks for, and whether there were more than so many.

    Words that stand in every text ("the", "de") are left out, as long as there are others.
    """
    wanted = list(dict.fromkeys(word.text for word in words(text) if not word.is_part))
    kept = [word for word in wanted if not _says_nothing(word, text, language)] or wanted
    return kept[:most], len(kept) > most


def is_stop_word(word: str, language: str) -> bool:
    """Return whether a word says nothing by itself."""
    return fold(word) in STOP_WORDS.get(language.partition("-")[0], ())


def _says_nothing(word: str, text: str, language: str) -> bool:
    """Return whether a word of a question is a stop word; in capitals among others it is a name, such as US."""
    is_name = len(word) > 1 and word.isupper() and not text.isupper() and word not in OPERATORS
    return not is_name and is_stop_word(word, language)


def fold(words: str) -> str:
    """Return words in lower case, and without accents, vowel signs and all that is no letter or digit.

    What separates words is one space.
    """
    if words.isascii() and words.isalnum():
        return words.lower()
    if not words.isascii():
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
        kept = (
            _digit(sign)
            for sign in apart
            if not unicodedata.combining(sign) and (sign.isprintable() or sign.isspace())
        )
        # Two signs that were apart are one sign again: Korean.
        words = unicodedata.normalize("NFC", "".join(kept).translate(_ALIKE))
    lower = words.lower()
    return lower if lower.isalnum() else _INSIDE.sub(" ", lower).strip()


def fold_word(word: str) -> str:
    """Return one word folded, as fast as it can be had."""
    return word.lower() if word.isascii() else _folded(word)


_folded = lru_cache(maxsize=1 << 15)(fold)


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _apart(word: str, start: int) -> Iterator[Word]:
    """Yield a word, or the signs and pairs of its parts that are written without spaces."""
    place = 0
    for run in _SPACELESS.finditer(word):
        if run.start() > place:
            yield Word(start + place, start + run.start(), word[place : run.start()])
        yield from _signs(run[0], start + run.start())
        place = run.end()
    if place < len(word):
        yield Word(start + place, start + len(word), word[place:])


def _signs(run: str, start: int) -> Iterator[Word]:
    signs: list[tuple[int, int]] = []
    for place, sign in enumerate(run):
        if signs and not fold(sign):  # a tone or a vowel sign belongs to what stands before it
            signs[-1] = signs[-1][0], place + 1
        else:
            signs.append((place, place + 1))
    for number, (first, end) in enumerate(signs):
        yield Word(start + first, start + end, run[first:end], len(signs) > 1)
        if number + 1 < len(signs):
            last = signs[number + 1][1]
            yield Word(start + first, start + last, run[first:last])


@lru_cache(maxsize=1 << 16)
def _terms(word: str, base: str) -> tuple[str, ...]:
    lower = _INSIDE.sub("", unicodedata.normalize("NFKC", word).casefold())
    plain = fold(lower).replace(" ", "")
    # Vowel signs of Arabic are for those who learn it; its stemmer knows words without them only.
    stemmed = (_stem(plain if base == "ar" else lower, base), _stem(plain, base))
    folded = (fold(stem).replace(" ", "")[:LONGEST] for stem in stemmed)
    return tuple(dict.fromkeys(filter(None, folded)))


def _without_the(word: str) -> str:
    """Return an Arabic word without “the” and “and”, which are written with it, and which whoever looks for it does not type."""
    (the, nothing), *_endings = _BEFORE_STEMS["ar"]
    return the.sub(nothing, word)


def _stem(word: str, base: str) -> str:
    if base not in STEMMERS or any(sign.isdigit() for sign in word):
        return word
    for pattern, instead in _BEFORE_STEMS.get(base, ()):
        word = pattern.sub(instead, word)
    with _lock:  # a stemmer holds the word on which it works
        return str(_stemmer(STEMMERS[base]).stemWord(word)) or word


@lru_cache
def _stemmer(name: str) -> Any:
    # Not at the top: it loads every language, and each start of a process would wait for that.
    return import_module("snowballstemmer").stemmer(name)
