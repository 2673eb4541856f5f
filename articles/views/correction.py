"""The list of all corrections in a language, and its feed."""

from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Category
from articles.pages.story import corrections as corrections_of
from articles.purging import pages
from articles.views.feed import answer
from articles.views.listing import cursors
from articles.views.page import for_readers, in_each_language, page_of, show
from newsroom.pagecache import tag


@for_readers
def corrections(request, language):
    """Show the corrections of a language, the newest first; an address that names a place without any is a 404."""
    now, places = timezone.now(), cursors(request)
    tree = Category.tree(language=language, at=now)
    shown = corrections_of.read(tree=tree, at=now, **places)
    if shown is None:
        raise Http404
    here = corrections_of.url(language)
    page = page_of(
        tree,
        here,
        _("Corrections"),
        query=urlencode(places),
        description=_("Mistakes in our stories, and what is right."),
        addresses=in_each_language("corrections"),
        announces_languages=not places,
        is_indexed=bool(shown.entries),
        feed=here if shown.entries else "",
        has_forms=True,
    )
    response = show(request, "articles/corrections.html", page, corrections=shown)
    return tag(response, pages.corrections(shown), query=("before", "after"))


@for_readers
def corrections_feed(request, language, form):
    """Answer with the newest corrections of a language as a feed; without any there is none."""
    now = timezone.now()
    shown = corrections_of.feed(tree=Category.tree(language=language), at=now)
    if shown is None:
        raise Http404
    return tag(answer(shown, form), pages.corrections_feed(shown))
