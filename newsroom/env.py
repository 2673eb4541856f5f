"""Read the environment for settings.py, and refuse what the site could not start or work with.

Every refusal is an ImproperlyConfigured with one sentence that names the variable and the remedy.
"""

import logging
import re
import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

Settings = dict[str, Any]
"""Those of one database or one storage, as Django takes them."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DATABASES = frozenset({"sqlite", "postgres", "postgresql"})
"""What DATABASE_URL may begin with."""

SQLITE = {
    # A writer waits for its turn at the start, instead of failing half-way through.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRESQL = {
    # A server that is gone is given up within seconds, also by who waits for its answer already.
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
REPLICA = POSTGRESQL | {
    # Only readers ask it, and a page that takes longer comes from the primary.
    "options": "-c statement_timeout=3s",
}

ONION = re.compile(r"https?://(?:[a-z0-9-]+\.)*[a-z2-7]{56}\.onion/?", re.ASCII)
"""Addresses of onion services of today (version 3)."""

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
"""Names that S3 takes."""

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")

CONTACT = re.compile(r"mailto:[^@\s]+@[^@\s]+|tel:\+?[0-9().-]+|https://\S+")
"""What a contact of security.txt looks like: RFC 9116."""

TAG_HEADERS = ("Surrogate-Key", "Cache-Tag", "")
EDGE = re.compile(
    r"varnish://(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::(?P<port>\d{1,5}))?|(?:fastly|cloudflare)://\w+",
    re.ASCII,
)
"""What EDGES may name."""


def require(value: str | list[str], *, name: str, remedy: str) -> None:
    """Refuse a value that must not be empty, and is."""
    if not value:
        message = f"{name} is not set: {remedy}."
        raise ImproperlyConfigured(message)


def names(values: Sequence[str]) -> list[str]:
    """Return the words of a list without the spaces around them; empty ones are left out."""
    return [word for value in values if (word := value.strip())]


def folder(path: str | Path, *, name: str) -> Path:
    """Return a folder as a Path, and make it if need be."""
    path = Path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{name} is {str(path)!r}, which cannot be made ({error.strerror}): name a folder to write to."
        raise ImproperlyConfigured(message) from error
    return path


def contacts(values: Sequence[str]) -> list[str]:
    """Take mail addresses, telephone numbers and pages as addresses; refuse what nobody could be reached by."""
    addresses = [
        f"mailto:{value}" if "@" in value and ":" not in value else value for value in values
    ]
    for value in addresses:
        if not CONTACT.fullmatch(value):
            message = f"SECURITY_CONTACT names “{value}”: use a mail address, tel:+49… or a page with https://."
            raise ImproperlyConfigured(message)
    return addresses


def site_url(value: str, *, debug: bool) -> str:
    """Return SITE_URL without a trailing slash; outside DEBUG it is https unless it is this machine."""
    parts = _web_address(value)
    if (
        parts is None
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        message = f"SITE_URL is {value!r}: give scheme and host only, such as https://news.example."
        raise ImproperlyConfigured(message)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK and not debug:
        message = (
            f"SITE_URL is {value!r}: readers' and editors' traffic would not be encrypted; "
            "use https://, or set DEBUG=1 on a development machine."
        )
        raise ImproperlyConfigured(message)
    return f"{parts.scheme}://{parts.netloc}"


def onion_url(value: str) -> str:
    """Return ONION_URL without a trailing slash: scheme and name of an onion service, or nothing."""
    if value and not ONION.fullmatch(value.lower()):
        message = (
            f"ONION_URL is {value!r}: give scheme and host only, http:// and the 56 letters that end in .onion, "
            "or leave it empty."
        )
        raise ImproperlyConfigured(message)
    return value.lower().rstrip("/")


def media_url(value: str) -> str:
    """Return MEDIA_URL: a path of this site or an address elsewhere, with a slash at its end."""
    own = value.startswith("/") and not value.startswith("//") and value != "/"
    if not value.endswith("/") or not (own or _web_address(value)):
        message = f"MEDIA_URL is {value!r}: give a path or an address that ends with a slash, such as /media/."
        raise ImproperlyConfigured(message)
    return value


def media_storage(value: str) -> Settings:
    """Return settings.STORAGES["default"]: files of this machine, or a bucket that speaks S3."""
    if not value:
        return {"BACKEND": "newsroom.files.DiskMedia"}
    try:
        parts = urlsplit(value)
        query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        parts, query = urlsplit(""), {}
    known = query.keys() <= {"region", "endpoint"}
    bucket = BUCKET.fullmatch(parts.netloc) if parts.scheme == "s3" else None
    if not bucket or not known or ("endpoint" in query and not origin(query["endpoint"])):
        # The value is not told: somebody may have written keys into it.
        message = (
            "MEDIA_STORAGE cannot be read: give s3://bucket/folder?region=eu-west-1, for other services "
            "than Amazon's with &endpoint=https://s3.example, or nothing for files."
        )
        raise ImproperlyConfigured(message)
    if not find_spec("storages"):
        message = "MEDIA_STORAGE names a bucket, and its libraries are not there: install them with make install EXTRA=s3."
        raise ImproperlyConfigured(message)
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "region_name": query.get("region"),
        "endpoint_url": query.get("endpoint"),
    }
    return {"BACKEND": "newsroom.files.media.S3Media", "OPTIONS": options}


def mail(url: str) -> Settings:
    """Return Django's settings of a mail server; without an address, those that send nothing."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    settings: Settings = {}
    with suppress(ValueError, KeyError, ImproperlyConfigured):
        settings = environ.Env.email_url_config(url)
    if not settings:
        # The value is not told: it may hold a password.
        message = (
            "EMAIL_URL cannot be read: give smtp+tls://user:password@host:587, or leave it out."
        )
        raise ImproperlyConfigured(message)
    return settings | {"EMAIL_TIMEOUT": 20}


def administrators(addresses: Sequence[str]) -> list[tuple[str, str]]:
    """Return settings.ADMINS; refuse what is no mail address."""
    for address in addresses:
        if not ADDRESS.fullmatch(address):
            message = f"ADMINS names “{address}”: give mail addresses, divided by commas."
            raise ImproperlyConfigured(message)
    return [("", address) for address in addresses]


def origin(url: str) -> list[str]:
    """Return [scheme and host] of an address, as a Content-Security-Policy names it; [] for a path."""
    parts = _web_address(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts else []


def databases(url: str, replica_urls: Sequence[str]) -> dict[str, Settings]:
    """Return settings.DATABASES: the primary as "default", and its replicas by number."""
    by_alias = {"default": database(url)}
    for number, replica_url in enumerate(replica_urls, start=1):
        by_alias[f"replica{number}"] = database(replica_url, name="DATABASE_REPLICAS")
    if replica_urls and any(
        settings["ENGINE"].endswith("sqlite3") for settings in by_alias.values()
    ):
        message = (
            "DATABASE_REPLICAS is set, and only PostgreSQL has replicas: "
            "give addresses that begin with postgresql:// there and in DATABASE_URL."
        )
        raise ImproperlyConfigured(message)
    return {alias: _tuned(alias, settings) for alias, settings in by_alias.items()}


def _tuned(alias: str, settings: Settings) -> Settings:
    """Return the settings of a database with what this site does by its kind."""
    if settings["ENGINE"].endswith("sqlite3"):
        return settings | {"OPTIONS": SQLITE}
    is_primary = alias == "default"
    options = (POSTGRESQL if is_primary else REPLICA) | settings.get("OPTIONS", {})
    tests = {} if is_primary else {"TEST": {"MIRROR": "default"}}
    settings |= {"ENGINE": "newsroom.db.postgresql"}
    return (
        {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | settings | {"OPTIONS": options} | tests
    )


def database(url: str, *, name: str = "DATABASE_URL") -> Settings:
    """Return Django's settings of a database; SQLite and PostgreSQL are the ones that are tested."""
    scheme, _colon, rest = url.partition("://")
    settings: Settings | None = None
    if _names_a_database(scheme, rest):
        with suppress(ValueError):
            settings = environ.Env.db_url_config(url)
    if not settings or not settings["NAME"]:
        # The value is not told: it may hold a password.
        message = (
            f"{name} cannot be read: give sqlite:////a/folder/newsroom.sqlite3 "
            "or postgresql://user:password@host:5432/name."
        )
        raise ImproperlyConfigured(message)
    return settings


def _names_a_database(scheme: str, rest: str) -> bool:
    # "sqlite://folder/file" would quietly lose the folder.
    return scheme in DATABASES and (scheme != "sqlite" or rest.startswith("/"))


def tag_header(name: str) -> str:
    """Return the header in which edges look for the tags of a page; "" sends none."""
    if name not in TAG_HEADERS:
        message = (
            f"CACHE_TAG_HEADER is {name!r}: give Surrogate-Key or Cache-Tag, or leave it empty."
        )
        raise ImproperlyConfigured(message)
    return name


def megabytes(value: str, *, name: str) -> int:
    """Return a number of megabytes."""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        message = f"{name} is {value!r}: give a number of megabytes."
        raise ImproperlyConfigured(message)
    return int(value)


def threads(value: str, *, name: str) -> int:
    """Return a number of threads."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 1000):
        message = f"{name} is {value!r}: give a number of threads, 1 or more."
        raise ImproperlyConfigured(message)
    return int(value)


def edges(addresses: list[str], *, tokens: Mapping[str, str]) -> list[str]:
    """Return the addresses of what keeps pages in front of the site; `tokens` holds those of CDNs by scheme."""
    for address in addresses:
        match = EDGE.fullmatch(address)
        if not match or int(match["port"] or 1) not in range(1, 65536):
            message = (
                f"EDGES names {address!r}: give varnish://host:6081, fastly://SERVICE "
                "or cloudflare://ZONE, divided by commas."
            )
            raise ImproperlyConfigured(message)
        scheme = address.partition(":")[0]
        name = f"{scheme.upper()}_TOKEN"
        if scheme in tokens:
            require(tokens[scheme], name=name, remedy=f"EDGES names {address}, which asks for it")
    return addresses


def hubs(addresses: list[str]) -> list[str]:
    """Return the addresses of the hubs that hear of changed feeds."""
    for address in addresses:
        if not _web_address(address) or urlsplit(address).fragment:
            message = f"WEBSUB_HUBS names {address!r}: give addresses such as https://hub.example/, divided by commas."
            raise ImproperlyConfigured(message)
    return addresses


def machine_translation(value: str) -> str:
    """Return MACHINE_TRANSLATION: an address, or "command:" and a program with its arguments; "" for none."""
    program = value.removeprefix("command:")
    try:
        is_program = program != value and bool(shlex.split(program.format(source="", target="")))
    except (ValueError, LookupError):
        is_program = False
    if value and not is_program and not _web_address(value):
        message = (
            f"MACHINE_TRANSLATION is {value!r}: give the address of a service, such as https://translate.example/, or "
            "command: and a program, such as command:translate --from {source} --to {target}."
        )
        raise ImproperlyConfigured(message)
    return value


def enabled_languages(codes: Sequence[str], *, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the (code, name) pairs of `codes`, in their order and whatever their case: the first is the default."""
    codes = [code.lower().replace("_", "-") for code in codes]
    unknown = [code for code in codes if code not in known]
    if unknown or not codes or len(set(codes)) < len(codes):
        told = f"names {','.join(unknown)!r}" if unknown else f"is {','.join(codes)!r}"
        message = f"LANGUAGES {told}: choose from {', '.join(known)}, each once."
        raise ImproperlyConfigured(message)
    return [(code, known[code]) for code in codes]


def time_zone(name: str) -> str:
    """Return the name of a time zone that this machine knows."""
    if name not in available_timezones():
        message = f"TIME_ZONE is {name!r}: give a name such as UTC or Europe/Lisbon."
        raise ImproperlyConfigured(message)
    return name


def log_level(name: str) -> str:
    """Return the name of a level of logging."""
    known = logging.getLevelNamesMapping()
    if name not in known:
        message = f"LOG_LEVEL is {name!r}: choose from DEBUG, INFO, WARNING, ERROR, CRITICAL."
        raise ImproperlyConfigured(message)
    return name


def _web_address(value: str) -> SplitResult | None:
    """Return the parts of an http or https address with a host, or None."""
    try:
        parts = urlsplit(value)
        named = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if named else None
