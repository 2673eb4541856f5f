from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request):
    """Answer "ok" when this process can reach its database; otherwise the error is a 500."""
    connection.ensure_connection()
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request):
    """Let every robot read everything but the admin."""
    lines = ("User-agent: *", "Disallow: /admin/", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")
