"""What the addresses of a WordPress site mean: its own posts, and the files of its pictures."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")
_SCALED = re.compile(r"-(?:scaled|rotated|e\d{10,13})(?=\.\w{2,5}$)")
_UPLOADS = re.compile(
    r"^.*?/(?:wp-content/uploads|wp-content/blogs\.dir/\d+/files|uploads)/(?:sites/\d+/)?"
)
_PROXY = re.compile(r"^i\d\.wp\.com$")
NUMBERED = ("p", "page_id", "attachment_id")


def host_of(url: str) -> str:
    """Return the host of an address without "www.", "" where it names none."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """Return path and query of an address, without a fragment; "" for none that can be kept."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def number_in(url: str) -> str:
    """Return the id in an address such as /?p=12, "" without one."""
    try:
        query = parse_qs(urlsplit(url.strip()).query)
    except ValueError:
        return ""
    number = next((query[name][0] for name in NUMBERED if name in query), "")
    return number if number.isascii() and number.isdigit() else ""


def page_key(url: str) -> str:
    """Return what two spellings of the address of one page share: no host, slash at the end, or query."""
    return unquote(path_of(url).partition("?")[0]).strip("/").casefold()


def file_key(url: str) -> str:
    """Return what the addresses of one file share: its place among the uploads, or host and path."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host, path = (parts.hostname or "").removeprefix("www."), unquote(parts.path)
    if _PROXY.match(host):
        host, _slash, path = path.lstrip("/").partition("/")
        path = f"/{path}"
    if host.endswith(".files.wordpress.com"):
        return path.lstrip("/")
    tail = _UPLOADS.sub("", path)
    return tail if tail != path else f"{host}{path}"


def unsized(address: str) -> str:
    """Return the address or key of the file that was uploaded, not of a smaller copy of it."""
    return _SIZE.sub("", address)


def unscaled(address: str) -> str:
    return _SCALED.sub("", address)
