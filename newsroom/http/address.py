"""Addresses of pages elsewhere, as somebody types them and as they may stand in a link, in JSON and in a header."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

ELSEWHERE = ("https", "http")
# What ends a link or a header, and what hides or turns the signs beside it.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f<>\"'\\^`{|}\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_NONE = _("“%(line)s” is no address: begin it with https://.")
_NO_PAGE = _(
    "“%(line)s” cannot be the address of a page: take away what is a login or no letter of an address."
)


def read(words: str, *, schemes: tuple[str, ...] = ("https",)) -> str:
    """Return an address as it is stored, in ASCII and with its scheme in small letters; ValidationError, a sentence, for what is none.

    None has a login, which every reader would be told, nor a host of one name, which is of this machine's network.
    """
    scheme, colon, rest = words.strip().partition(":")
    address = f"{scheme.lower()}{colon}{rest}"
    if not address.startswith(tuple(f"{name}://" for name in schemes)):
        raise ValidationError(_NONE, params={"line": words})
    try:
        URLValidator(schemes=schemes)(address)
        is_page = not _FORBIDDEN.search(address) and _is_public(address)
    except (ValidationError, ValueError):
        is_page = False
    if not is_page:
        raise ValidationError(_NO_PAGE, params={"line": words})
    return str(iri_to_uri(address))


def _is_public(address: str) -> bool:
    parts = urlsplit(address)
    # A port beyond the last one raises ValueError.
    return "@" not in parts.netloc and "." in (parts.hostname or "") and parts.port != 0
