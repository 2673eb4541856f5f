"""What readers get when a page cannot be made: a sentence in their language, and when to come again."""

import logging
import sys
import traceback
from contextlib import suppress
from threading import Thread
from time import monotonic

from django.conf import settings
from django.core.mail import mail_admins
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from newsroom import languages
from newsroom.middleware import from_path
from newsroom.page import Page, fronts
from newsroom.site.reading import at_hand

SILENCE = 900
"""Seconds for which a place that failed is not told of again."""

MOST_PLACES = 200
"""A process tells of so many places and of no more: something larger is wrong by then."""

RETRY = 30
"""Seconds after which a browser or a robot may ask again."""


BUSY = {
    "Retry-After": "2",
    "Cache-Control": "no-store",
    # Django's own come from middleware, which this answer does not pass.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'",
}


def is_outage(failure):
    """Return whether an exception says that the database does not answer."""
    return isinstance(failure, (OperationalError, InterfaceError))


class ToAdministrators(logging.Handler):
    """Mail what failed to the administrators: once in a while for each place where it does, and what it was alone.

    No words of a request are told, which may be a reader's. A thread sends: nobody waits for the mail server.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.told = {}

    def emit(self, record):
        place, now = (record.name, record.pathname, record.lineno, *_raised_at(record)), monotonic()
        if now - self.told.get(place, -SILENCE) < SILENCE or len(self.told) > MOST_PLACES:
            return
        self.told[place] = now
        subject = " ".join(record.getMessage().split())[:100]
        Thread(target=_mail, args=[subject, self.format(record)], daemon=True).start()


def _raised_at(record):
    failure = (record.exc_info or (None, None, None))[2]
    return traceback.extract_tb(failure)[-1][:2] if failure else ()


def _mail(subject, words):
    # Of a mail that cannot be sent there is nobody to tell; the log has what it was about.
    with suppress(OSError):
        mail_admins(subject, words)


class OneLine(logging.Filter):
    """Let an outage be one line in the log for each request, and not the way that led to it."""

    def filter(self, record):
        failure = (record.exc_info or (None, None))[1]
        if is_outage(failure):
            words = " ".join(str(failure).split())
            record.msg, record.args = f"{record.getMessage()}: {words}", ()
            record.exc_info = None
        return True


def busy(path):
    """Return the 503 for a path while too many other pages are being made; soon there is room."""
    with translation.override(from_path(path) or settings.LANGUAGE_CODE):
        return HttpResponse(_page("503.html"), status=503, headers=BUSY)


def _page(template):
    return render_to_string(template, {"page": _frame("", "")})


def _frame(title, path):
    """Return the frame of a page that asks the database for nothing."""
    language = languages.active()
    return Page(language, title, path, addresses=fronts(), site=at_hand(language.code))


def forbidden(request, exception):
    """Answer 403 to somebody who may not see a page."""
    return _refuse(request, "403.html", _("No entry"))


def form_expired(request):
    """Answer 403 to a form whose token is missing or too old."""
    return _refuse(request, "403_csrf.html", _("This form can no longer be sent"))


def _refuse(request, template, title):
    return render(request, template, {"page": _frame(title, request.path)}, status=403)


def server_error(request):
    """Answer 503 where the database did not, and 500 for any other failure; no query.

    Django calls it while it handles the exception.
    """
    is_away = is_outage(sys.exc_info()[1])
    response = HttpResponse(
        _page("503.html" if is_away else "500.html"), status=503 if is_away else 500
    )
    if is_away:
        response.headers["Retry-After"] = str(RETRY)
    response.headers["Cache-Control"] = "no-store"
    return response
