"""Who asks, when a proxy stands between."""

from django.conf import settings


def client_address(request):
    """Return the address of whoever sent the request, for counting failed logins.

    Behind a proxy (BEHIND_PROXY) it is the last of X-Forwarded-For, the one that our own proxy
    wrote; those before it are the sender's own words.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR")
