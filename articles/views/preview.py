"""Pages as readers will see them, for those who work on them: with a promotion that is not there yet, or of a story before it is out."""

import re
from dataclasses import replace

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from articles import renditions
from articles.actions.access import previewing
from articles.models import Category, Edition, Promotion
from articles.pages import promotion as promotions, story as stories
from articles.views.media import FOR_STAFF, type_of
from articles.views.page import asked_slot, gone, page_of, show, slot_of

FOR_ONE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What a page says that only those see who have its address."""

PICTURES = re.compile(
    rf'(?:(?<==")|(?<=w, )){re.escape(settings.MEDIA_URL)}(?=originals/|renditions/)'
)
"""Where the address of a picture begins in the HTML of a page."""


def story(request, article, language, *, at):
    """Return the page of a story in a language as readers will see it, whatever its state; None where there is no text.

    It leads to nothing that others could read by it, and no cache keeps it.
    """
    edition = Edition.objects.filter(article=article, language=language).first()
    edition = edition and stories.find(edition.slug, language=language)
    if not edition:
        return None
    edition.published_at = edition.published_at or at
    with translation.override(language):
        tree = Category.tree(language=language, article=edition.article_id, at=at)
        shown = replace(stories.read(edition, tree=tree, at=at), comments_url="", history_url="")
        page = page_of(tree, shown.url, shown.title, addresses=shown.languages, is_indexed=False)
        page = replace(page, sharing=None)
        slot = slot_of(request, Promotion.Place.STORY, language=language, at=at)
        response = show(request, "articles/article.html", page, story=shown, slot=slot)
    return _for_one(response, language)


@require_safe
def by_link(request, token):
    """Show a story to who has a valid link to it; say that it is gone where the link is not valid any more."""
    now = timezone.now()
    link = previewing.find(token, now=now)
    response = link and story(request, link.article_id, link.language, at=now)
    if response:
        return _with_own_pictures(response, token)
    language = link.language if link else settings.LANGUAGE_CODE
    with translation.override(language):
        return _for_one(gone(request, language), language)


@require_safe
def picture_by_link(request, token, name):
    """Answer with a file of a picture of a story to who has a valid link to that."""
    now = timezone.now()
    link = previewing.find(token, now=now)
    images = renditions.of_file(name).with_right(at=now)
    own = link and images.filter(uses__article=link.article_id).exists()
    if not (own or link and renditions.shown_to_readers(images, at=now).exists()):
        raise Http404
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type=type_of(name), headers=FOR_STAFF | FOR_ONE)


def _for_one(response, language):
    for name, value in (FOR_ONE | {"Content-Language": language}).items():
        response.headers[name] = value
    # It is no page of the site: nobody else may get it.
    vars(response).pop("cache_tags", None)
    return response


def _with_own_pictures(response, token):
    """Lead to the pictures by the link, too: nobody else may see them yet."""
    if settings.MEDIA_URL.startswith("/"):
        here = reverse("articles:preview", args=[token])
        response.content = PICTURES.sub(here, response.content.decode())
    return response


def preview(request, promotion, language, *, at):
    """Return the page on which a promotion would stand in a language, with it there; None if there is no page."""
    url = _url(promotion, language, at=at)
    if not url:
        return None
    asked_slot.put(request, promotions.proposed(promotion, language=language, at=at))
    request.path = request.path_info = url
    match = resolve(url)
    try:
        with translation.override(language):
            response = match.func(request, **match.kwargs)
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
