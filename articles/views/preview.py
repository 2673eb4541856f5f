"""The page of a place with a promotion that is not there yet, for those who work on it."""

from django.http import Http404
from django.urls import resolve, reverse
from django.utils import translation

from articles.models import Edition, Promotion
from articles.pages import promotion as promotions


def preview(request, promotion, language, *, at):
    """Return the page on which a promotion would stand in a language, with it there; None if there is no page."""
    url = _url(promotion, language, at=at)
    if not url:
        return None
    request.slot = promotions.proposed(promotion, language=language, at=at)
    request.path = request.path_info = url
    found = resolve(url)
    try:
        with translation.override(language):
            response = found.func(request, **found.kwargs)
    except Http404:
        return None
    # It is no page of the site: nobody else may get it.
    vars(response).pop("cache_tags", None)
    return response


def _url(promotion, language, *, at):
    match promotion.place:
        case Promotion.Place.STORY:
            newest = Edition.objects.live(language=language, at=at).newest_first()
            edition = newest.select_related("article").first()
            return edition.url if edition else ""
        case Promotion.Place.FRONT:
            return reverse("articles:front", kwargs={"language": language})
        case _:
            return (promotion.category or promotion.tag).url_in(language)
