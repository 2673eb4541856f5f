"""What the read API is: for people a page in each language, for programs a document."""

import json

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Category
from articles.pages.item import SIZE
from articles.purging import pages
from articles.representations import openapi
from articles.views.page import for_readers, in_each_language, page_of, show
from newsroom.pagecache import tag
from newsroom.site.reading import current


@for_readers
def api(request, language):
    """Answer people who want to know what partners get, and how."""
    page = page_of(
        Category.tree(language=language, at=timezone.now()),
        request.path,
        _("Stories for partners"),
        description=_("Partners of the newsroom read its stories by program, as IPTC ninjs 3.1."),
        addresses=in_each_language("api"),
    )
    addresses = {
        "list": f"{reverse('articles:api_articles')}?language={language}",
        "one": reverse("articles:api_article", kwargs={"pk": 12, "language": language}),
        "document": reverse("articles:api_document"),
    }
    html = render_to_string("articles/api_text.html", addresses)
    return tag(show(request, "articles/api.html", page, html=html), pages.about(language))


@for_readers
def api_home(request):
    """Lead to the page in the first language of the site."""
    return HttpResponseRedirect(
        reverse("articles:api", kwargs={"language": settings.LANGUAGE_CODE})
    )


@for_readers
def api_document(request):
    made = json.dumps(openapi.document(current("en"), size=SIZE), ensure_ascii=False)
    return HttpResponse(made, content_type="application/json; charset=utf-8")
