"""Reading and naming per-language text, and comparing words as people do."""

import re
import unicodedata

from django.utils.text import slugify
from modeltranslation.utils import build_localized_fieldname

from newsroom.languages import DEFAULT_LANGUAGE, LANGUAGES

ARTICLE_TEXTS = ("title", "standfirst", "body")
"""The texts of a story: whatever reads, writes, compares or shows them all goes through this list."""

SLUG_LENGTH = 80


def column(field, language):
    """Return the name of the column that holds `field` in `language`: ("title", "es") -> "title_es"."""
    return build_localized_fieldname(field, language)


def columns(fields, language):
    """Return the columns of several fields in one language."""
    return [column(field, language) for field in fields]


def text(instance, field, language):
    """Return a translated text of `instance` in exactly this language, "" when there is none."""
    return getattr(instance, column(field, language)) or ""


class StoryTexts:
    """Gives an object that has an `article` and a `language` each text of the story as an attribute."""


def _text_of_story(field):
    return property(lambda self: text(self.article, field, self.language))


for _field in ARTICLE_TEXTS:
    setattr(StoryTexts, _field, _text_of_story(_field))


def text_or_default(instance, field, language):
    """Return a label in this language, or in the default one, or in the first that has one.

    Only for names of categories, tags and authors; a story's text never falls back.
    """
    for candidate in (language, DEFAULT_LANGUAGE, *LANGUAGES):
        # No language is active while the admin writes its log.
        if candidate and (found := text(instance, field, candidate)):
            return found
    return ""


def fold(words):
    """Return what two spellings of the same word share: no case, accents, spaces or punctuation.

    "EE. UU." and "ee uu" fold to "eeuu"; letters of any script are kept.
    """
    # Letters such as ℂ have a case only once they are taken apart, and some come apart only then.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def slug_from(words, *, language):
    """Return a slug of at most 80 characters, cut at a word; Arabic keeps its letters."""
    slug = slugify(words, allow_unicode=language == "ar")
    if len(slug) <= SLUG_LENGTH:
        return slug
    return slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH].strip("-")


def free_slug(wanted, *, taken):
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
