"""The languages this code base knows. Adding one is a code change with a migration of its columns.

The environment variable LANGUAGES enables a subset; see docs/decisions/0005-languages-in-code.md.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

TERRITORY = 2
"""The letters of the code of a territory; that of a script has four."""
RIGHT_TO_LEFT = frozenset({"Arabic"})


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
    one that other sites want to be told with it, where neither names one.
    """

    code: str
    name: str
    script: str = "Latin"
    locale: str = ""
    territory: str = ""

    @property
    def label(self) -> Label:
        """The name, in the language itself."""
        return Label(self.name, self.code)

    @property
    def direction(self) -> str:
        """Return "rtl" or "ltr", the value of the HTML attribute `dir`."""
        return "rtl" if self.script in RIGHT_TO_LEFT else "ltr"

    @property
    def open_graph(self) -> str:
        """The language as og:locale has it: "en_GB"."""
        name, *parts = (self.locale or self.code).split("-")
        territory = next((part.upper() for part in parts if len(part) == TERRITORY), self.territory)
        return f"{name}_{territory}" if territory else name


LANGUAGES = {
    language.code: language
    for language in (
        # The day before the month.
        Language("en", "English", locale="en-GB"),
        Language("es", "Español", territory="ES"),
        Language("pt", "Português", territory="BR"),
        Language("ar", "العربية", script="Arabic", territory="AR"),
    )
}
"""By code, in the order in which they are offered."""

CHOICES = [(language.code, language.name) for language in LANGUAGES.values()]
"""The languages as the choices of a field."""

DEFAULT_LANGUAGE = "en"
"""The language whose labels stand in where a thing has none of its own."""


def enabled() -> list[Language]:
    """Return the languages that this site uses, in its order."""
    return [LANGUAGES[code] for code, _name in settings.LANGUAGES]


def active() -> Language:
    """Return the language of the words that are being written."""
    return LANGUAGES[translation.get_language() or settings.LANGUAGE_CODE]
