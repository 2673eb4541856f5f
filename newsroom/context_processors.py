from django.conf import settings

from newsroom.languages import direction


def site(request):
    """Give every template the site's name, its address and the language of this page."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "strapline": settings.SITE_STRAPLINE,
        "language": language,
        "text_direction": direction(language),
    }
