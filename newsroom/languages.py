"""The languages that can be written here, and those of them that this site writes.

The schema has the columns of all of them. A site names its own in LANGUAGES, and its processes load the columns of those
alone: what else is known costs nothing. See docs/decisions/0005-languages-in-code.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from babel.core import get_global
from django.conf import settings
from django.utils import translation

TERRITORY = 2
"""The letters of the code of a territory; that of a script has four."""
CODE_LENGTH = 16
"""How long a code may be in the database."""
EASY_READ = "-simple"
"""How the code of an easy-read form ends."""
RIGHT_TO_LEFT = frozenset({"Arabic", "Hebrew"})
OF_EVERY_PAGE = frozenset({"Latin", "Arabic"})
"""Scripts of which the style of every page knows."""
FONTS = {
    "Latin": ("fonts/headline-latin.woff2", "fonts/text-latin.woff2"),
    "Arabic": ("fonts/arabic.woff2",),
    "Cyrillic": ("fonts/cyrillic.woff2",),
    "Greek": ("fonts/greek.woff2",),
    "ps": ("fonts/arabic.woff2", "fonts/arabic-ext.woff2"),
    "ha": (),
    "vi": (),
}
"""The site's own fonts with the letters of a script, or of the languages that need others than their script.

What is not here is read in letters of the reader's system: a word has one hand, so a font that lacks some of them serves for none.
"""


class Label(str):
    """Words that name something, and the code of the `language` that they are in.

    Where a thing has no name in the language of a page another one stands in, and the page says so.
    Labels are equal if both are: pages that show them look different.
    """

    __slots__ = ("language",)
    language: str

    def __new__(cls, words: str, language: str) -> "Label":
        label = super().__new__(cls, words)
        label.language = language
        return label

    def __eq__(self, other: object) -> bool:
        same = super().__eq__(other)
        return same is True and (not isinstance(other, Label) or self.language == other.language)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


@dataclass(frozen=True)
class Language:
    """A language: its own name, and its script by its name in Unicode.

    `locale` is its name in CLDR, which tells how it writes dates, where the code does not say all of it. `territory` is the
    one that other sites want to be told with it, where that is not the one in which most of its speakers live. `hand` is how
    it is written, where its script has more than one. What follows from these is worked out once a process: a page
    names forty languages in four places.
    """

    code: str
    name: str
    script: str = "Latin"
    locale: str = ""
    territory: str = ""
    hand: str = ""

    @cached_property
    def label(self) -> Label:
        """The name, in the language itself."""
        return Label(self.name, self.code)

    @cached_property
    def main(self) -> str:
        """The code of the language of which this one is the easy-read form, "" where it is a language of its own."""
        return self.code.removesuffix(EASY_READ) if self.code.endswith(EASY_READ) else ""

    @cached_property
    def offer(self) -> Label:
        """What it is called beside the other form of a page: "Lectura fácil", in its own words; the name of a main one."""
        words = self.name.rpartition(": ")[2]
        return Label(words[0].upper() + words[1:], self.code)

    @cached_property
    def direction(self) -> str:
        """Return "rtl" or "ltr", the value of the HTML attribute `dir`."""
        return "rtl" if self.script in RIGHT_TO_LEFT else "ltr"

    @cached_property
    def sheet(self) -> str:
        """Return the stylesheet of its letters; those that every page has beside its own, Latin and Arabic ones, need none."""
        hand = self.hand or self.script
        return "" if hand in OF_EVERY_PAGE else f"css/scripts/{hand.lower()}.css"

    @cached_property
    def fonts(self) -> tuple[str, ...]:
        """Return the site's own fonts that its pages need at once: those with all its letters, or none."""
        return FONTS.get(self.code, FONTS.get(self.hand or self.script, ()))

    @cached_property
    def open_graph(self) -> str:
        """The language as og:locale has it: "en_GB"."""
        name, *parts = (self.locale or self.main or self.code).split("-")
        territory = next((part.upper() for part in parts if len(part) == TERRITORY), self.territory)
        likely = get_global("likely_subtags").get("_".join([name, *map(str.title, parts)]), "")
        territory = territory or likely.rpartition("_")[2]
        return f"{name}_{territory}" if territory else name


LANGUAGES = {
    language.code: language
    for language in (
        # The day before the month.
        Language("en", "English", locale="en-GB"),
        Language("es", "Español"),
        Language("pt", "Português"),
        Language("pt-br", "Português (Brasil)"),
        Language("fr", "Français"),
        Language("de", "Deutsch"),
        Language("it", "Italiano"),
        Language("nl", "Nederlands"),
        Language("ca", "Català"),
        Language("pl", "Polski"),
        Language("cs", "Čeština"),
        Language("ro", "Română"),
        Language("hu", "Magyar"),
        Language("el", "Ελληνικά", script="Greek"),
        Language("tr", "Türkçe"),
        Language("ru", "Русский", script="Cyrillic"),
        Language("uk", "Українська", script="Cyrillic"),
        Language("bg", "Български", script="Cyrillic"),
        Language("sr", "Српски", script="Cyrillic"),
        Language("sr-latn", "Srpski"),
        Language("ar", "العربية", script="Arabic", territory="AR"),
        Language("fa", "فارسی", script="Arabic"),
        Language("ur", "اردو", script="Arabic", hand="Nastaliq"),
        Language("ps", "پښتو", script="Arabic"),
        Language("he", "עברית", script="Hebrew"),
        Language("ku", "Kurdî"),
        Language("hi", "हिन्दी", script="Devanagari"),
        Language("bn", "বাংলা", script="Bengali"),
        Language("ta", "தமிழ்", script="Tamil"),
        Language("id", "Bahasa Indonesia"),
        Language("ms", "Bahasa Melayu"),
        Language("vi", "Tiếng Việt"),
        Language("th", "ไทย", script="Thai"),
        Language("zh-hans", "简体中文", script="Han"),
        Language("zh-hant", "繁體中文", script="Han"),
        Language("ja", "日本語", script="Kana"),
        Language("ko", "한국어", script="Hangul"),
        Language("sw", "Kiswahili"),
        Language("am", "አማርኛ", script="Ethiopic"),
        Language("ha", "Hausa"),
        Language("so", "Soomaali"),
        Language("en-simple", "English: Easy Read", locale="en-GB"),
        Language("es-simple", "Español: lectura fácil"),
        Language("pt-simple", "Português: linguagem simples"),
        Language("de-simple", "Deutsch: Leichte Sprache"),
    )
}
"""By code. Each has columns in the database, so that one more is a change of code with a migration."""

OF_THE_DEMO = ("en", "es", "pt", "ar")
"""What a site has that names no languages: those of the demo."""


def choices() -> list[tuple[str, str]]:
    """Return all languages as the choices of a field."""
    return [(language.code, language.name) for language in LANGUAGES.values()]


def with_columns() -> tuple[str, ...]:
    """Return the codes of the languages whose columns this process has: those that its site enables.

    What goes through the texts of a thing goes through these. Those of another language stay in the database as they are.
    """
    codes: tuple[str, ...] = settings.MODELTRANSLATION_LANGUAGES
    return codes


def first_language() -> str:
    """Return the code of the site's first language, whose labels stand in where a thing has none of its own."""
    return str(settings.MODELTRANSLATION_DEFAULT_LANGUAGE)


def stand_ins(code: str | None) -> Iterator[str]:
    """Yield the codes of the languages whose words stand in where a language has none: its main one, the first, then all others."""
    if code in LANGUAGES and LANGUAGES[code].main:
        yield LANGUAGES[code].main
    yield first_language()
    yield from with_columns()


def enabled() -> list[Language]:
    """Return the languages that this site uses, in its order."""
    return [LANGUAGES[code] for code, _name in settings.LANGUAGES]


def active() -> Language:
    """Return the language of the words that are being written."""
    return LANGUAGES[translation.get_language() or settings.LANGUAGE_CODE]
