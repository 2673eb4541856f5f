"""The pages of the site in other forms: each is made by the view of the page, which finds, and shown otherwise."""

from urllib.parse import quote, unquote, urlsplit

from django.http import Http404, HttpResponseRedirect
from django.urls import Resolver404, resolve

from articles.views.page import FORMS, LITE, MARKDOWN, asked_form, for_readers
from newsroom.page import as_markdown, in_lite

ADDRESSES = {MARKDOWN: as_markdown, LITE: in_lite}
"""Each form -> where a page stands in it."""

PAGES = frozenset(
    [
        *("front", "article", "own_page", "comments", "comment_among_others", "history"),
        *("region", "section", "tag", "author", "tags", "authors"),
        *("archive", "archive_month", "archive_day", "archive_year", "year", "month", "day"),
        *("search", "corrections"),
    ]
)
"""The names of the addresses of pages that can be read in every form."""


@for_readers
def other_form(request, language, form, rest=""):
    """Answer as the page does whose address this is without the part that names the form; what it leads to has that form, too.

    From the lite edition readers are led to what is not in it, such as a form to fill in.
    """
    path = f"/{language}/{rest}"
    match = resolve(path)
    if match.url_name not in {*PAGES, "old_address"}:
        if form == LITE and path.endswith("/") and match.url_name not in FORMS:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"{quote(path)}?{query}" if query else quote(path))
        raise Http404
    asked_form.put(request, form)
    request.path = request.path_info = path
    response = match.func(request, *match.args, **match.kwargs)
    if "Location" in response.headers:
        response.headers["Location"] = _in_form(form, response.headers["Location"])
    return response


def _in_form(form, url):
    """Return the address in a form of a page that has it, any other as it is."""
    try:
        name = resolve(unquote(urlsplit(url).path)).url_name
    except Resolver404:
        return url
    return ADDRESSES[form](url) if name in PAGES else url
