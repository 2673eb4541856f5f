"""Search: for readers a page, which nobody keeps, since as many questions can be asked as anybody thinks of."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Category
from articles.pages import search as searches
from articles.views.page import for_readers, page_of, show
from newsroom.languages import enabled


@for_readers
def search(request, language):
    now = timezone.now()
    tree = Category.tree(language=language, at=now)
    try:
        question = searches.Question.read(request.GET)
        before = request.GET.get("before")
        cursor = searches.Cursor.read(before) if before else None
    except ValueError as error:
        raise Http404 from error
    shown = searches.read(question, tree=tree, at=now, before=cursor)
    title = _("Search: %s") % question.text if question.text else _("Search")
    page = page_of(
        tree,
        request.path,
        title,
        addresses={each.code: question.url_in(each.code) for each in enabled()},
        announces_languages=False,
        is_indexed=False,
    )
    return show(request, "articles/search.html", page, search=shown)
