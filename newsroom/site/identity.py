"""The settings of the site as its pages show them: frozen objects, which ask no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from newsroom.languages import Label


@dataclass(frozen=True)
class Policy:
    """What programs may do with what is written here, beside searching it, and the address of the licence of texts."""

    allows_answers: bool = True
    allows_training: bool = True
    licence: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What each page says of it: RSL's link to the licence, and the reservation of TDMRep."""
        told = {}
        if self.licence:
            told["Link"] = f'<{self.licence}>; rel="license"'
        if not self.allows_training:
            told["TDM-Reservation"] = "1"
        return told


@dataclass(frozen=True)
class Site:
    """The site in one language. Each text is a Label: one that is missing stands in the first language of the site.

    With `own_digits` dates and numbers stand in the digits of the language.
    """

    language: str
    name: Label
    strapline: Label
    legal_name: Label
    copyright: Label
    contact: str = ""
    accounts: tuple[str, ...] = ()
    policy: Policy = Policy()
    own_digits: bool = False

    @property
    def own_strapline(self) -> str:
        """The strapline if it is in this language, else "": for places where it cannot be marked."""
        return str(self.strapline) if self.strapline.language == self.language else ""


@dataclass(frozen=True)
class Identity:
    """The site in all its languages. `texts` maps the code of a language to the words of its fields.

    `accounts` are the addresses of its pages elsewhere, `own_digits` the codes of the languages that have their own digits.
    """

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    contact: str = ""
    accounts: tuple[str, ...] = ()
    policy: Policy = Policy()
    own_digits: frozenset[str] = frozenset()

    def within(self, language: str) -> Site:
        """Return the Site in a language."""
        name = self._label("name", language)
        return Site(
            language=language,
            name=name or Label(settings.SITE_NAME, settings.LANGUAGE_CODE),
            strapline=self._label("strapline", language),
            legal_name=self._label("legal_name", language),
            copyright=self._label("copyright", language),
            contact=self.contact,
            accounts=self.accounts,
            policy=self.policy,
            own_digits=language in self.own_digits,
        )

    def _label(self, field: str, language: str) -> Label:
        for code in (language, settings.LANGUAGE_CODE):
            if words := self.texts.get(code, {}).get(field):
                return Label(words, code)
        return Label("", language)
