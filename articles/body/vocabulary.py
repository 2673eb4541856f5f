"""What a stored body may hold: its elements, their attributes, and the values of those."""

from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from newsroom.languages import LANGUAGES

ATTRIBUTES = {
    "a": {"href", "data-article", "data-waiting"},
    "aside": {"data-article", "data-waiting"},
    "blockquote": {"data-pull"},
    "div": {"data-embed", "data-title"},
    "figure": {"data-image"},
    "span": {"lang"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# Words with a meaning inside a line, and the lines that hold nothing else.
MARKS = frozenset(["a", "bdi", "em", "span", "strong", "sub", "sup"])
LINES = frozenset(["p", "h2", "h3", "cite"])
# They hold lines, or words without one.
CONTAINERS = frozenset(["blockquote", "caption", "li", "td", "th"])
FRAMES = frozenset(["ol", "ul", "table", "tbody", "thead", "tr"])
# Elements that stand for something else and hold nothing themselves.
REFERENCES = frozenset(["aside", "div", "figure"])
TAGS = MARKS | LINES | CONTAINERS | FRAMES | REFERENCES | {"br"}
# Elements that say nothing without words; an empty cell of a table does.
NOTHING_WHEN_EMPTY = MARKS | LINES | frozenset(["blockquote", "li", "ol", "ul"])

# Sites whose films, sounds, posts and maps stand in a text: their address, alone on a line, is an embed.
EMBED_HOSTS = (
    *(
        "youtube.com",
        "youtu.be",
        "vimeo.com",
        "dailymotion.com",
        "ted.com",
        "archive.org",
        "tiktok.com",
    ),
    *("soundcloud.com", "open.spotify.com", "podcasts.apple.com", "instagram.com", "facebook.com"),
    *(
        "x.com",
        "twitter.com",
        "bsky.app",
        "mastodon.social",
        "threads.net",
        "t.me",
        "openstreetmap.org",
    ),
    *("maps.app.goo.gl", "datawrapper.dwcdn.net", "flourish.studio", "documentcloud.org"),
)

PASSED_ON = frozenset({"http", "https", "mailto", "tel"})


def is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 19


def is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_link(value: str) -> bool:
    """Return whether readers can follow it: to another site, by mail or telephone, or on this one.

    Browsers read "/\\host" as "//host", so that is no path of this site. No reader comes into the newsroom, and
    bookmarks of Word, which begin with "_", are not kept.
    """
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if value.startswith("#_") or _is_of_newsroom(parts):
        return False
    own = not parts.scheme and not parts.netloc and value[:1] in {"/", "#"} and value[:2] != "/\\"
    return own or parts.scheme in PASSED_ON


def _is_of_newsroom(parts: SplitResult) -> bool:
    is_here = parts.netloc in {"", urlsplit(settings.SITE_URL).netloc}
    return (
        is_here and parts.scheme not in {"mailto", "tel"} and f"{parts.path}/".startswith("/admin/")
    )


CHECKS: dict[str, Callable[[str], bool]] = {
    "href": is_link,
    "data-article": is_id,
    "data-image": is_id,
    "data-embed": is_web_address,
    "data-title": lambda value: len(value.strip()) > 0 and len(value) <= 200,
    "data-waiting": lambda value: 0 < len(value) <= 400,
    "data-pull": lambda _value: True,
    "lang": LANGUAGES.__contains__,
    "scope": {"col", "row", "colgroup", "rowgroup"}.__contains__,
    "colspan": lambda value: is_id(value) and 0 < int(value) <= 50,
    "rowspan": lambda value: is_id(value) and 0 < int(value) <= 500,
}


def known_language(tag: str) -> str:
    """Return the code of a language that is known for a tag such as "en-GB"; "" for no such one."""
    code = tag.strip().lower()
    while code and code not in LANGUAGES:
        code = code.rpartition("-")[0]
    return code


def allowed(tag: str, attrs: Mapping[str, str]) -> dict[str, str]:
    """Return those of the attributes that an element may have, with a value that they may have."""
    names = ATTRIBUTES.get(tag, ())
    return {name: value for name, value in attrs.items() if name in names and CHECKS[name](value)}
