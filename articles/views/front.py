from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from articles.models import Category, Promotion
from articles.pages import front as fronts, ways
from articles.pages.shelf import headlines
from articles.purging import pages
from articles.representations import jsonld, llms
from articles.views.old_address import moved
from articles.views.page import for_readers, in_each_language, page_of, show, slot_of
from newsroom.languages import enabled
from newsroom.middleware import from_path, from_request
from newsroom.pagecache import ANY, stay, tag
from newsroom.site.reading import current


@for_readers
def home(request):
    """Send the reader to the front page in the language that the browser asks for."""
    language = from_request(request)
    if request.GET and (redirect := moved(request, language=language)):
        return redirect
    response = HttpResponseRedirect(reverse("articles:front", kwargs={"language": language}))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@for_readers
def front(request, language):
    if request.GET and (answer := moved(request, language=language) or stay(request)):
        return answer
    now = timezone.now()
    tree = Category.tree(language=language, at=now)
    shown = fronts.read(tree=tree, at=now)
    slot = slot_of(request, Promotion.Place.FRONT, language=language, at=now)
    site = current(language)
    page = page_of(
        tree,
        request.path,
        site.name,
        description=site.own_strapline or headlines(site.name, shown.on_top),
        addresses=in_each_language("front"),
        feed=request.path if shown.lead else "",
        data=jsonld.around(slot=slot),
        has_forms=True,
    )
    response = show(request, "articles/front.html", page, front=shown, slot=slot)
    # A query can be part of the old address of a story.
    return tag(response, [*pages.front(shown), *pages.slot(slot)], query=ANY)


@for_readers
def llms_of_language(request, language):
    """Tell programs what there is to read in a language, as the front page does readers."""
    now = timezone.now()
    tree = Category.tree(language=language, at=now)
    shown = fronts.read(tree=tree, at=now)
    page = page_of(tree, request.path, current(language).name)
    return tag(_plain(llms.language(page, shown)), pages.front(shown))


@for_readers
def llms_of_site(request):
    return tag(
        _plain(llms.site(current(settings.LANGUAGE_CODE))), pages.site(settings.LANGUAGE_CODE)
    )


def _plain(words):
    return HttpResponse(words, content_type=f"{llms.TYPE}; charset=utf-8")


def not_found(request, exception=None):
    """Answer 404 for the whole site: with ways on in the language of the path, or a word in every language."""
    language = from_path(request.path)
    now, title = timezone.now(), _("Page not found")
    tree = Category.tree(language=request.LANGUAGE_CODE, at=now)
    page = page_of(tree, request.path, title, sharing=None, addresses=in_each_language("front"))
    if language is None:
        others = [other for other in enabled() if other != page.language]
        return show(request, "404.html", replace(page, menu=None), others=others, status=404)
    return show(request, "404.html", page, ways=ways.read(tree=tree, at=now), status=404)
