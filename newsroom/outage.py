"""What readers get when a page cannot be made: a sentence in their language, and when to come again."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

RETRY = 30
"""Seconds after which a browser or a robot may ask again."""


def server_error(request):
    """Answer 503 where the database did not, and 500 for any other failure; no query, no context.

    Django calls it while it handles the exception.
    """
    failure = sys.exc_info()[1]
    is_away = isinstance(failure, (OperationalError, InterfaceError))
    response = HttpResponse(
        render_to_string("503.html" if is_away else "500.html"), status=503 if is_away else 500
    )
    if is_away:
        response.headers["Retry-After"] = str(RETRY)
    response.headers["Cache-Control"] = "no-store"
    return response
