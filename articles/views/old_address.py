"""Where a path leads that was once in use: the redirects of readers who come by an old address."""

from urllib.parse import unquote

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils import timezone

from articles.converters import OWN_PAGE
from articles.derived import addresses
from articles.models import Edition
from articles.pages import own_page as own_pages, story as stories
from articles.views.page import for_readers, gone


@for_readers
def old_address(request, path):
    """Answer whatever no other address fits: a path that was once in use, or a missing slash."""
    if redirect := moved(request, language=request.LANGUAGE_CODE):
        return redirect
    if not path.endswith("/") and _stands(resolve(f"/{path}/")):
        return lead_to(request, f"{request.path}/")
    raise Http404


def _stands(match):
    """Return whether there is something at a resolved address that only lacks its slash."""
    if match.url_name == OWN_PAGE:
        return own_pages.read(**match.kwargs) is not None
    return match.url_name != "old_address"


def stands_at(request, url):
    """Return whether the request asks for this path; letters beyond ASCII arrive decoded."""
    return request.path == unquote(url)


def lead_to(request, url):
    """Return the permanent redirect to a path of this site, or a place in a page; the query goes along."""
    query = request.META.get("QUERY_STRING", "")
    path, mark, place = url.partition("#")
    return HttpResponsePermanentRedirect(f"{path}?{query}{mark}{place}" if query else url)


def moved(request, *, language):
    """Return the redirect that the path of this request asks for, or None if it was never in use.

    Where what stood there was deleted, it is a page that says so, with 410. A path whose story readers may not see leads nowhere: its new one would tell them of the story.
    """
    query = request.META.get("QUERY_STRING", "")
    url = addresses.find(request.path, language=language, at=timezone.now(), query=query)
    if url is addresses.GONE:
        return gone(request, language)
    if not url or stands_at(request, url.partition("?")[0]):
        return None
    return HttpResponsePermanentRedirect(url)


def story_below(request, language, slug, rest):
    """Return (the edition below whose address the path of this request ends with `rest`, None), or (None, the redirect there).

    The edition is live, or was withdrawn; raise Http404 where there is none that readers know of.
    """
    edition = stories.find(slug, language=language)
    is_live = edition is not None and edition.is_live(at=timezone.now())
    if is_live and stands_at(request, f"{edition.url}{rest}"):
        return edition, None
    url = addresses.find(request.path.removesuffix(rest), language=language, at=timezone.now())
    if url and url is not addresses.GONE and "?" not in url:
        return None, lead_to(request, f"{url}{rest}")
    if edition is not None and edition.status == Edition.Status.WITHDRAWN:
        return edition, None
    if is_live:
        return None, lead_to(request, f"{edition.url}{rest}")
    raise Http404
