import logging

from django.db import Error, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.db import deadlines

PATIENCE = 2
"""Seconds in which the database answers, or does not."""

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request):
    """Answer "ok" when the database answers this process, and 503 with a sentence when it does not."""
    try:
        # A statement, and not ensure_connection(): a kept connection may have died since.
        with deadlines.limit(PATIENCE), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        logger.exception("The database does not answer.")
        words = "The database does not answer; the log says why.\n"
        return HttpResponse(words, content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request):
    """Let every robot read everything but the admin."""
    lines = ("User-agent: *", "Disallow: /admin/", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")
