"""Who asks, when a proxy stands between."""

from ipaddress import ip_address, ip_network

from django.conf import settings

HOUSEHOLD = 64
"""The first bits of an IPv6 address, which one customer has; the rest are theirs to choose anew for each try."""


def client_address(request):
    """Return the address of whoever sent the request, for counting failed logins; of IPv6, its network.

    Behind a proxy (BEHIND_PROXY) it is the last of X-Forwarded-For, the one that our own proxy
    wrote; those before it are the sender's own words. What is no address is None, and counts as one sender.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return _counted(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))


def _counted(words):
    try:
        # A zone ("%eth0") is of this machine alone, and no part of an address.
        address = ip_address(words.partition("%")[0])
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, HOUSEHOLD), strict=False).network_address)
