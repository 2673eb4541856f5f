"""Reading and naming per-language text, and comparing words as people do."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache

from anyascii import anyascii
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from newsroom.db.fields import LETTERS
from newsroom.i18n.plain import is_blank as is_blank, plain as plain
from newsroom.languages import LANGUAGES, Label, first_language, stand_ins, with_columns

ARTICLE_TEXTS = ("title", "standfirst", "body")
"""The texts of a story: whatever reads, writes, compares or shows them all goes through this list."""

SLUG_LENGTH = 80

MAIL_ADDRESS = re.compile(r"(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)

_DOTLESS = str.maketrans({"ı": "i", "İ": "i"})

# "400,000" is one number; "2.5" and "10½" are two in an address.
_GROUPING = re.compile(r"(?<=\d)[.,'’](?=\d{3}(?!\d))")
_NEXT_NUMBER = re.compile(r"(?<=\d)\.(?=\d)|(?<=\d)(?=[²³¹¼-¾⁰-₉⅐-⅞])|\.{2,}|…")

# "Daesh's", "U.S.", "journalist(s)": these signs go, and leave no gap.
_WITHIN_WORDS = dict.fromkeys(map(ord, "'’‘ʼʻ`´′.·()™"))

# Dots and apostrophes; spaces and hyphens without a width; and marks of direction, which nobody types or sees.
_UNSPELLED = frozenset(
    ".'’‘ʼ`´\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

# The highest combining class of a sign without which an Indic word cannot be read (virama).
LAST_CLASS_OF_INDIC = 9

# static/js/admin-tags.js has the same.
_SEPARATORS = re.compile(r"[,،、，;؛；\t\r\n]")

_SLUG = re.compile(f"(?:{LETTERS})?")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
# A script -> how the names of its letters begin in Unicode, where that is not the name of the script.
_CJK = frozenset({"CJK", "IDEOGRAPHIC"})
_ALPHABETS = {
    "Han": _CJK,
    "Kana": _CJK | {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "Hangul": _CJK | {"HANGUL"},
}

# How a language itself writes a letter that a keyboard does not have, where that is not the letter without its sign.
_SPELLED = {
    "de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"}),
    "sr": str.maketrans({"đ": "dj"}),
}

# Letters that anyascii writes as apostrophes, which leave an address.
_CARRIERS = dict(zip("اأإعאע", "aaiaaa", strict=True))


@cache
def column(field: str, language: str) -> str:
    """Return the name of the column that holds `field` in `language`: ("title", "es") -> "title_es"."""
    return str(build_localized_fieldname(field, language))


def columns(fields: Iterable[str], language: str) -> list[str]:
    """Return the columns of several fields in one language."""
    return [column(field, language) for field in fields]


def text(instance: object, field: str, language: str) -> str:
    """Return a translated text of `instance` in exactly this language, "" when there is none.

    So it is in a language of which this process has no columns: the site does not enable it.
    """
    try:
        return getattr(instance, column(field, language)) or ""
    except AttributeError:
        if language in with_columns():
            raise
        return ""


class StoryTexts:
    """Gives an object that has an `article` and a `language` each text of the story as an attribute."""


def _text_of_story(field: str) -> property:
    return property(lambda self: text(self.article, field, self.language))


for _field in ARTICLE_TEXTS:
    setattr(StoryTexts, _field, _text_of_story(_field))


def text_or_default(instance: object, field: str, language: str | None) -> Label:
    """Return a label in this language, or in the first of those that stand in for it; it knows which.

    Only for names of categories, tags and authors; a story's text never falls back.
    """
    # No language is active while the admin writes its log.
    if language and (words := text(instance, field, language)):
        return Label(words, language)
    for candidate in stand_ins(language):
        if words := text(instance, field, candidate):
            return Label(words, candidate)
    return Label("", language or first_language())


def lacking(kept: object, others: Collection[object], field: str) -> dict[str, str]:
    """Return column -> text of `field` for the languages in which only the others have one."""
    texts = {}
    for language in with_columns():
        theirs = (text(other, field, language) for other in others)
        if not text(kept, field, language) and (words := next(filter(None, theirs), "")):
            texts[column(field, language)] = words
    return texts


def labelled(kind: str, name: object) -> str:
    """Return what something is, and behind it its name, as the active language writes that: "Topic: Syria"."""
    return str(_("%(kind)s: %(name)s") % {"kind": kind, "name": name})


def separated(words: str) -> list[str]:
    """Return the words of a list, as it comes from a mail or a table: between commas of any script, semicolons, tabs, lines."""
    return [word for part in _SEPARATORS.split(words) if (word := plain(part))]


def fold(words: str) -> str:
    """Return what two spellings of the same word share: no case, accents, spaces or punctuation.

    "EE. UU." and "ee uu" fold to "eeuu"; letters of any script are kept.
    """
    if words.isascii():
        return re.sub(r"[\W_]+", "", words.lower())
    # Letters such as ℂ have a case only once they are taken apart, and some come apart only then.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def identity(words: str) -> str:
    """Return what all ways to write one word share: no case, width, spaces, dots, hyphens or apostrophes.

    Accents and all other signs tell words apart: "año" and "ano", "C" and "C++", "CO₂" and "CO2". Dotless ı is the
    lower case of I, and dotted İ the upper case of i. Words of one identity fold to the same.
    """
    composed = unicodedata.normalize("NFC", "".join(map(_of_usual_width, words)))
    plain = unicodedata.normalize("NFD", composed.translate(_DOTLESS)).casefold()
    kept = (sign for sign in unicodedata.normalize("NFD", plain) if not _is_ignored(sign))
    return unicodedata.normalize("NFC", "".join(kept))


def _of_usual_width(sign: str) -> str:
    """Return what a letter for the columns of East Asian scripts is in usual text."""
    kind, _space, code = unicodedata.decomposition(sign).partition(" ")
    return chr(int(code, 16)) if kind in {"<wide>", "<narrow>"} else sign


def _is_ignored(sign: str) -> bool:
    return sign in _UNSPELLED or sign.isspace() or unicodedata.category(sign) == "Pd"


@lru_cache(maxsize=1024)
def slug_from(words: str, *, language: str | None = None) -> str:
    """Return a slug of at most 80 characters, cut at a word; "" where no letter or digit is left.

    Letters of the language's own script stay ("الرقة" in Arabic), unless that is Latin; all others are
    transliterated ("Łódź" to "lodz"), as the language does ("Fähre" to "faehre" in German). Without a
    language, as for the name of a person, only Latin letters are. The slug of a slug is itself.
    """
    script = LANGUAGES[language].script if language else None
    own = _SPELLED.get(language.partition("-")[0], {}) if language else {}
    spelled = (_in_address(word.translate(own), script).strip("_") for word in _words(words))
    slug = "-".join(filter(None, spelled))
    if len(slug) <= SLUG_LENGTH:
        return slug
    return slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH].strip("-_")


def _words(words: str) -> list[str]:
    """Split where anything stands but letters, digits and the signs within words."""
    words = _GROUPING.sub("", words)
    words = _NEXT_NUMBER.sub(" ", words).translate(_WITHIN_WORDS)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words).lower())
    return "".join(map(_letter_or_space, plain)).split()


def _letter_or_space(sign: str) -> str:
    category = unicodedata.category(sign)
    if (
        category == "Cf" or sign in ".·'" or (category[0] in "LM" and is_blank(sign))
    ):  # some signs become these when they are taken apart
        return ""
    return sign if category[0] in "LMN" or sign == "_" else " "


def _in_address(word: str, script: str | None) -> str:
    plain = "".join(sign for sign in word if not _is_vowel_point(sign))
    if not _SLUG.fullmatch(plain):
        # Vowels of other scripts are signs that an address cannot hold: it would have half the word.
        plain, script = word, "Latin"
    return "".join(sign if _stays(sign, script) else _in_ascii(sign) for sign in plain)


def _is_vowel_point(sign: str) -> bool:
    """Tell the points of Arabic and Hebrew and the accents, which may go, from signs that may not: tones of Thai are some."""
    return unicodedata.combining(sign) > LAST_CLASS_OF_INDIC and not _THAI.match(sign)


def _stays(letter: str, script: str | None) -> bool:
    own = unicodedata.name(letter, "").partition(" ")[0]
    return own != "LATIN" and (script is None or own in _ALPHABETS.get(script, {script.upper()}))


def _in_ascii(sign: str) -> str:
    plain = _CARRIERS.get(sign) or anyascii(sign)
    return re.sub(r"[^a-z0-9_]", "", plain.lower())


def free_slug(wanted: str, *, taken: Callable[[str], bool]) -> str:
    """Return `wanted`, or `wanted-2`, `wanted-3` …: the first number that is not taken.

    It is found by doubling and halving: ten thousand stories may be called "Morning briefing".
    Where numbers in between have become free, it is one of those or the next.
    """
    if not taken(wanted):
        return wanted
    used, free = 1, 2
    while taken(f"{wanted}-{free}"):
        used, free = free, free * 2
    while free - used > 1:
        middle = (used + free) // 2
        if taken(f"{wanted}-{middle}"):
            used = middle
        else:
            free = middle
    return f"{wanted}-{free}"


def in_references(html: str) -> str:
    """Return markup with each mail address as character references: browsers read it as before, most programs that collect addresses do not."""
    return MAIL_ADDRESS.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match[0]), html)


def in_escapes(words: str) -> str:
    """Return JSON with the @ of each mail address as an escape, for the same reason."""
    return MAIL_ADDRESS.sub(lambda match: match[0].replace("@", "\\u0040"), words)
