from newsroom.site import reading


class SiteMiddleware:
    """Let one request see one state of the settings, and ask for it once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with reading.for_request():
            return self.get_response(request)
