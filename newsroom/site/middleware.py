from contextlib import nullcontext

from django.utils import timezone

from newsroom.site import kept, reading


class SiteMiddleware:
    """Let one request see one state of what is kept, and ask for it once; editors type moments as readers are told them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_admin = request.path_info.startswith("/admin/")
        with kept.for_request(), timezone.override(reading.zone()) if is_admin else nullcontext():
            return self.get_response(request)
