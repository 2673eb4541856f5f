"""Names one behind the other, as CLDR says that each language joins them."""

from babel.lists import format_list

from newsroom.i18n.dates import locale_of
from newsroom.languages import Language


def between(language: Language) -> str:
    """Return what stands between two names of several: ", ", or "、", or an "and" that is written with the next one."""
    pattern: str = locale_of(language).list_patterns["standard"]["start"]
    return pattern.format("", "")


def together(names: list[str], language: Language) -> str:
    """Return names as a sentence has them: "Ana, Rui and Will"."""
    return format_list(names, locale=locale_of(language))
