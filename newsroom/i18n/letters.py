"""The order of names in a list, and the letters under which they stand there.

CLDR has the order of each alphabet, but Babel does not bring it: what a language does otherwise than all others is said here.
"""

import re
import unicodedata
from functools import lru_cache

from newsroom.i18n.words import WITHOUT_SIGN

OWN = {"es": "ñ"}
"""Letters that a language has beside those of others; an accent makes no letter of its own elsewhere."""

PREFIXES = {"ar": "ال"}
"""What stands before most names of a language, so that nobody looks for them under it."""

LAST = "\U0010ffff"


@lru_cache(maxsize=5000)
def order(words: str, language: str) -> tuple[bool, str, str]:
    """Return what names are sorted by in a language: without case, accents, a prefix, and signs before the first letter."""
    base = language.partition("-")[0]
    own, prefix = OWN.get(base, ""), PREFIXES.get(base, "")
    plain = "".join(_plain(sign, own) for sign in _from_letter(words).removeprefix(prefix))
    return plain[:1].isalpha(), plain, words


def initial(words: str, language: str, *, length: int = 1) -> str:
    """Return the letter under which a name stands in a language, or its first so many; "#" stands for all digits, and for what has none."""
    is_letter, plain, _words = order(words, language)
    if not is_letter:
        return "#"
    own = OWN.get(language.partition("-")[0], "")
    signs = re.findall(f".{LAST}?", plain)[:length]
    return "".join(own if sign[1:] else sign for sign in signs).strip().capitalize()


def _from_letter(words: str) -> str:
    folded = unicodedata.normalize("NFC", words.casefold())
    start = next((place for place, sign in enumerate(folded) if sign.isalnum()), 0)
    return folded[start:]


def _plain(sign: str, own: str) -> str:
    """Return a letter without its accents; one of the language's own comes after all others of its kind."""
    apart = unicodedata.normalize("NFKD", WITHOUT_SIGN.get(sign, sign))
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return f"{plain}{LAST}" if sign in own else plain
