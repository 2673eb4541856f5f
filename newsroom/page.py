"""What stands round the content of a public page: its head, masthead and foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils.encoding import iri_to_uri, uri_to_iri

from newsroom.languages import Language, enabled
from newsroom.site.identity import Identity, Site

LITE = "lite"
"""The folder in that of a language where pages are in words only."""


class Alternate(NamedTuple):
    """The page in a language, `is_current` if that is its own; `is_here` where the address is this very page."""

    language: Language
    url: str
    is_current: bool
    is_here: bool = False


class Hreflang(NamedTuple):
    """What machines are told of a language of the page; the address is whole."""

    code: str
    url: str


class SitePicture(NamedTuple):
    """The picture that stands for the site: that of its settings, or static/img/sharing.png."""

    url: str
    width: int = 1200
    height: int = 630
    alt: str = ""


@dataclass(frozen=True)
class Sharing:
    """What other sites show with a link to the page, beside its title and description.

    Without a picture that of the site stands in. It has a whole `url`, `width`, `height` and `alt`; each tag has a `label`.
    """

    kind: str = "website"
    picture: object = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    section: str = ""
    tags: Sequence[object] = ()


@dataclass(frozen=True)
class Page:
    """What templates/base.html takes, as `page`.

    `addresses` maps the code of each language in which this very page exists to its path there; with
    `announces_languages` machines are told of them, too. Without `sharing` the page has no address of
    its own to share: it says that something is wrong. Robots are to leave out what is not `is_indexed`. `menu` has `entries`, each with a `label` and a `url`; what the `foot` leads to beside has a `label` and a `url`. `feed` is the
    path under which what it lists stands as feed.atom, feed.rss and feed.json, each with `feed_query` behind it. `within` is the path of the place in
    the menu that it belongs to, where its own does not say it.
    `data` is what machines are told of it, as JSON-LD. `has_forms` tells that the same can be read in other forms, too. `site` is the Site in
    its language.
    """

    language: Language
    title: str
    path: str = ""
    query: str = ""
    description: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    announces_languages: bool = True
    is_indexed: bool = True
    sharing: Sharing | None = None
    menu: object = None
    foot: Sequence[object] = ()
    feed: str = ""
    feed_query: str = ""
    within: str = ""
    data: Mapping[str, object] | None = None
    has_forms: bool = False
    site: Site = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.site is None:
            object.__setattr__(self, "site", Identity().within(self.language.code))

    @property
    def picture(self) -> object:
        """What other sites show with a link to the page; see Sharing."""
        own = self.sharing.picture if self.sharing else None
        if picture := not own and self.site.look.sharing:
            return SitePicture(
                whole(picture.url), picture.width, picture.height, str(self.site.sharing_alt)
            )
        return own or SitePicture(urljoin(settings.SITE_URL, static("img/sharing.png")))

    @property
    def url(self) -> str:
        """Its path with the query that is part of its address."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def canonical(self) -> str:
        return whole(self.url)

    @property
    def onion(self) -> str:
        """The address of the same on the site's onion service, "" without one."""
        if not (settings.ONION_URL and self.sharing):
            return ""
        return f"{settings.ONION_URL}{_in_ascii(self.url)}"

    @property
    def lite(self) -> str:
        """The path of the same in words only, "" where there is none."""
        return in_lite(self.url) if self.has_forms else ""

    @property
    def markdown(self) -> str:
        """The path of the same as Markdown, "" where there is none."""
        return as_markdown(self.url) if self.has_forms else ""

    @cached_property
    def alternates(self) -> list[Alternate]:
        """The page in each of its languages, in the order of the site."""
        own, here = self.language.code, "" if self.query else self.path
        return [
            Alternate(language, url, language.code == own, language.code == own and url == here)
            for language in enabled()
            if (url := self.addresses.get(language.code)) is not None
        ]

    @property
    def counterparts(self) -> list[Alternate]:
        """The page in its easy-read form, or in the main one where this is the easy-read one."""
        own = self.language
        return [
            alternate
            for alternate in self.alternates
            if alternate.language.main == own.code or alternate.language.code == own.main
        ]

    @property
    def hreflangs(self) -> list[Hreflang]:
        """Each language, and the first one for every other; nothing where there is no choice.

        An easy-read form is no language to choose by: it is named by none, and names none.
        """
        if not self.announces_languages or self.language.main:
            return []
        told = [alternate for alternate in self.alternates if not alternate.language.main]
        if len(told) < 2:
            return []
        links = [Hreflang(alternate.language.code, whole(alternate.url)) for alternate in told]
        return [*links, links[0]._replace(code="x-default")]


def fronts() -> dict[str, str]:
    """Return the code of each language of the site -> the path of its front page."""
    return {language.code: f"/{language.code}/" for language in enabled()}


def whole(url: str) -> str:
    """Return the whole address of a path of this site, in ASCII for machines; one of another host stays as it is."""
    return url if "://" in url else f"{settings.SITE_URL}{_in_ascii(str(url))}"


# A page and a feed name the same few hundred paths again and again.
_in_ascii = lru_cache(maxsize=4096)(iri_to_uri)


def spelled(url: str) -> str:
    """Return a whole address in the letters in which people read and type it."""
    letters: str = uri_to_iri(whole(url))
    return letters


def in_lite(url: str) -> str:
    """Return where the page at a path stands in words only: "/es/tag/agua/" is "/es/lite/tag/agua/" there.

    What is no page of a language, such as a feed or another site, stays where it is.
    """
    parts = urlsplit(url)
    _empty, code, *rest = parts.path.split("/") if parts.path[:1] == "/" else ("", "")
    is_page = not parts.netloc and rest[-1:] == [""] and code in dict(settings.LANGUAGES)
    if not is_page or rest[0] == LITE:
        return url
    return parts._replace(path="/".join(["", code, LITE, *rest])).geturl()


def as_markdown(url: str) -> str:
    """Return where the page at a path stands as Markdown: "/es/tag/agua/" is "/es/tag/agua/index.md" there.

    Another site stays where it is.
    """
    parts = urlsplit(url)
    if parts.netloc:
        return url
    return parts._replace(path=f"{parts.path}index.md").geturl()
