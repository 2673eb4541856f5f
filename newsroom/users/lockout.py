"""What somebody is told whose logins have failed too often."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import get_language

from newsroom.forms import unsaved
from newsroom.site.reading import current


def tries_left(request, username):
    """Return how often a login under this name may still fail before it is locked, after what has failed from here."""
    failed = AxesProxyHandler.get_failures(request, {"username": username})
    return settings.AXES_FAILURE_LIMIT - failed


def answer(request, _credentials=None, *_args, **_kwargs):
    """Answer 429 with a page that says when to try again; django-axes calls this.

    Words that waited in the login page wait in this one, with the form to try again.
    """
    seconds = int(get_cool_off(request).total_seconds())
    waiting, path = request.POST.get(unsaved.FIELD), request.POST.get("next", "")
    context = {"minutes": seconds // 60, "site_title": current(get_language()).name}
    if waiting:
        context |= admin.site.login_context(request, waiting, path)
    response = render(request, "admin/locked.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
