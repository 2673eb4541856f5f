from newsroom.site import kept


class SiteMiddleware:
    """Let one request see one state of what is kept, and ask for it once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with kept.for_request():
            return self.get_response(request)
