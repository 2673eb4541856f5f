"""The settings of the site as its pages show them: frozen objects, which ask no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings

from newsroom.languages import Label, first_language, stand_ins

LICENCE = "/license.xml"
"""Where the policy stands in the form of RSL (https://rslstandard.org/rsl)."""

RSL = "application/rsl+xml"


@dataclass(frozen=True)
class Policy:
    """What programs may do with what is written here, and the address of the licence of texts."""

    allows_search: bool = True
    allows_answers: bool = True
    allows_training: bool = True
    licence: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What each page says of it: the licence, RSL's link to all of it, the reservation of TDMRep, and robots' noindex."""
        told = {}
        links = [f'<{self.licence}>; rel="license"'] if self.licence else []
        if self != Policy():
            links.append(f'<{LICENCE}>; rel="license"; type="{RSL}"')
            told["Link"] = ", ".join(links)
        if not self.allows_search:
            told["X-Robots-Tag"] = "noindex"
        if not self.allows_training:
            told["TDM-Reservation"] = "1"
        return told

    @property
    def uses(self) -> dict[str, bool]:
        """Map each use of texts, by its name in RSL 1.0, to whether it is allowed."""
        return {
            "search": self.allows_search,
            "ai-index": self.allows_answers,
            "ai-input": self.allows_answers,
            "ai-train": self.allows_training,
        }


class Picture(NamedTuple):
    """A picture of the site: where it is, and its size in pixels."""

    url: str
    width: int
    height: int

    def within(self, width: int, height: int) -> "Picture":
        """Return it as large as it is shown in a space: a drawing of any size, a photograph not larger than it is."""
        scale = min(width / self.width, height / self.height)
        if not self.url.endswith(".svg"):
            scale = min(scale, 1)
        return Picture(
            self.url, max(1, round(self.width * scale)), max(1, round(self.height * scale))
        )


@dataclass(frozen=True)
class Look:
    """How the site looks: its pictures, and the address of the stylesheet of its accent, "" where it has none."""

    logo: Picture | None = None
    logo_dark: Picture | None = None
    icon: Picture | None = None
    sharing: Picture | None = None
    accent: str = ""

    SMALL = (300, 56)
    LARGE = (640, 160)

    @property
    def small(self) -> list[Picture | None]:
        """The logo by day and by night as it stands at the top of a page."""
        return [logo and logo.within(*self.SMALL) for logo in (self.logo, self.logo_dark)]

    @property
    def large(self) -> list[Picture | None]:
        """The same on the front page."""
        return [logo and logo.within(*self.LARGE) for logo in (self.logo, self.logo_dark)]


@dataclass(frozen=True)
class Site:
    """The site in one language. Each text is a Label: one that is missing stands in the first language of the site.

    With `own_digits` dates and numbers stand in the digits of the language. Where it `shows_changes` readers are told what was changed,
    and how many comments there are where it `counts_comments`.
    """

    language: str
    name: Label
    strapline: Label
    legal_name: Label
    copyright: Label
    sharing_alt: Label = Label("", "")
    contact: str = ""
    accounts: tuple[str, ...] = ()
    policy: Policy = Policy()
    own_digits: bool = False
    shows_changes: bool = False
    counts_comments: bool = False
    look: Look = Look()

    @property
    def own_strapline(self) -> str:
        """The strapline if it is in this language, else "": for places where it cannot be marked."""
        return str(self.strapline) if self.strapline.language == self.language else ""


@dataclass(frozen=True)
class Identity:
    """The site in all its languages. `texts` maps the code of a language to the words of its fields.

    `accounts` are the addresses of its pages elsewhere, `own_digits` the codes of the languages that have their own digits,
    `zone` the name of the zone that is shown, "" for TIME_ZONE.
    """

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    contact: str = ""
    accounts: tuple[str, ...] = ()
    policy: Policy = Policy()
    own_digits: frozenset[str] = frozenset()
    zone: str = ""
    shows_changes: bool = False
    counts_comments: bool = False
    look: Look = Look()

    def within(self, language: str) -> Site:
        """Return the Site in a language."""
        name = self._label("name", language)
        return Site(
            language=language,
            name=name or Label(settings.SITE_NAME, settings.LANGUAGE_CODE),
            strapline=self._label("strapline", language),
            legal_name=self._label("legal_name", language),
            copyright=self._label("copyright", language),
            sharing_alt=self._label("sharing_alt", language),
            contact=self.contact,
            accounts=self.accounts,
            policy=self.policy,
            own_digits=language in self.own_digits,
            shows_changes=self.shows_changes,
            counts_comments=self.counts_comments,
            look=self.look,
        )

    def _label(self, field: str, language: str) -> Label:
        for code in (language, *stand_ins(language)):
            if words := self.texts.get(code, {}).get(field):
                return Label(words, code)
            # A site is called by one name or another; what else it says, it says in its first language.
            if code == first_language() and field != "name":
                break
        return Label("", language)
