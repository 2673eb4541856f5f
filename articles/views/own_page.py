"""The pages of the site's own: about, contact, privacy and the like."""

from django.conf import settings
from django.db import Error
from django.http import Http404
from django.utils import timezone

from articles.models import Category, OwnPage
from articles.pages import own_page as own_pages
from articles.pages.shelf import DESCRIBED
from articles.purging import pages
from articles.representations import jsonld
from articles.sentences import shortened
from articles.views.old_address import lead_to, moved, stands_at
from articles.views.page import for_readers, page_of, show
from newsroom import views
from newsroom.page import whole
from newsroom.pagecache import tag
from newsroom.site.reading import current


@for_readers
def own_page(request, language, slug):
    """Show a page; lead to it from where it stood before, and from its slug in another language."""
    rows = own_pages.read(language, slug)
    if rows is None or not stands_at(request, own_pages.url(rows[language])):
        if redirect := moved(request, language=language):
            return redirect
        if rows is None:
            raise Http404
        return lead_to(request, own_pages.url(rows[language]))
    now = timezone.now()
    tree = Category.tree(language=language, at=now)
    shown = own_pages.shown(rows, language=language, tree=tree, at=now)
    page = page_of(
        tree,
        shown.url,
        shown.title,
        description=shortened(shown.body.text, DESCRIBED),
        addresses=shown.languages,
        data=jsonld.own_page(shown, site=current(language), pages=own_pages.every(language)),
        has_forms=True,
    )
    response = show(request, "articles/own_page.html", page, own_page=shown)
    return tag(response, pages.own_page(shown))


def security(request):
    """Tell who is to be told of a weakness, and under which rules: those of the page of that kind, in each language."""
    return views.security(request, policies=_policies())


def _policies():
    """Return where the page on reports stands in each language; as it was last known where the database does not answer."""
    try:
        by_language = own_pages.KEPT.current()
    except Error:
        by_language = own_pages.KEPT.at_hand({})
    entries = (entry for code, _name in settings.LANGUAGES for entry in by_language.get(code, ()))
    return [whole(entry.url) for entry in entries if entry.kind == OwnPage.Kind.SECURITY]
