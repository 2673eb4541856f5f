"""What somebody is told whose logins have failed too often."""

from axes.helpers import get_cool_off
from django.shortcuts import render


def answer(request, _credentials=None, *_args, **_kwargs):
    """Answer 429 with a page that says when to try again; django-axes calls this."""
    seconds = int(get_cool_off(request).total_seconds())
    response = render(request, "admin/locked.html", {"minutes": seconds // 60}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
