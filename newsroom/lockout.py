"""What somebody is told whose logins have failed too often."""

from axes.helpers import get_cool_off
from django.shortcuts import render


def answer(request, _credentials=None, *_args, **_kwargs):
    """Answer 429 with a page that says when to try again; django-axes calls this."""
    cool_off = get_cool_off(request)
    response = render(request, "admin/locked.html", {"minutes": int(cool_off.total_seconds()) // 60}, status=429)
    response.headers["Retry-After"] = str(int(cool_off.total_seconds()))
    return response
