"""Read the environment for settings.py, and refuse what would be unsafe to start with."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def require(value, *, name, remedy):
    """Return a value that must not be empty; raise ImproperlyConfigured with the remedy if it is."""
    if not value:
        message = f"{name} is not set: {remedy}."
        raise ImproperlyConfigured(message)
    return value


def site_url(value, *, debug):
    """Return SITE_URL without a trailing slash; outside DEBUG it is https unless it is this machine."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"SITE_URL is {value!r}: give a whole address, such as https://news.example."
        raise ImproperlyConfigured(message)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK and not debug:
        message = (
            f"SITE_URL is {value!r}: readers' and editors' traffic would not be encrypted; "
            "use https://, or set DEBUG=1 on a development machine."
        )
        raise ImproperlyConfigured(message)
    return value.rstrip("/")


def enabled_languages(codes, *, known):
    """Return the (code, name) pairs of `codes`, in their order; an unknown code is refused by name."""
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        message = f"LANGUAGES is {','.join(codes)!r}: choose from {', '.join(known)}."
        raise ImproperlyConfigured(message)
    return [(code, known[code]) for code in codes]
