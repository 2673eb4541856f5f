"""Search: for readers a page, and a feed of each. Nobody keeps them: as many can be asked for as anybody thinks of."""

import hashlib

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from articles.models import Category
from articles.pages import search as searches
from articles.views.feed import FORMS
from articles.views.page import for_readers, page_of, show
from newsroom.languages import enabled


@for_readers
def search(request, language):
    now = timezone.now()
    tree = Category.tree(language=language, at=now)
    question, cursor = _asked(request)
    shown = searches.read(question, tree=tree, at=now, before=cursor)
    feed, _mark, query = question.url_in(language).partition("?")
    page = page_of(
        tree,
        request.path,
        _("Search: %s") % question.text if question.text else _("Search"),
        description=_(
            "Find stories by their words, and by the names of people, places and topics."
        ),
        addresses={
            site_language.code: question.url_in(site_language.code) for site_language in enabled()
        },
        announces_languages=False,
        is_indexed=False,
        feed=feed if shown.has_feed else "",
        feed_query=f"?{query}",
        query=question.url_in(language, before=cursor).partition("?")[2],
        has_forms=True,
    )
    return show(request, "articles/search.html", page, search=shown)


@for_readers
def search_feed(request, language, form):
    question, _cursor = _asked(request)
    if not question.text:
        raise Http404
    tree = Category.tree(language=language)
    represent, content_type = FORMS[form]
    content = represent(searches.feed.read(question, tree=tree, at=timezone.now()))
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def _asked(request):
    """Return the Question of an address, and its Cursor or None; what is no number is a 404."""
    before = request.GET.get("before")
    try:
        question = searches.Question.read(request.GET)
        return question, searches.Cursor.read(before) if before else None
    except ValueError as error:
        raise Http404 from error
