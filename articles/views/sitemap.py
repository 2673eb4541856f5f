from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone

from articles.pages import sitemap as sitemaps
from articles.purging import pages
from articles.representations import sitemaps as xml
from articles.views.page import for_readers
from newsroom.pagecache import tag


@for_readers
def sitemap(request):
    """Answer with the index of all sitemaps."""
    index = sitemaps.index(at=timezone.now())
    if not index.pieces:
        raise Http404  # the protocol knows no empty index
    return tag(_xml(xml.index(index)), pages.sitemap(index))


@for_readers
def month_sitemap(request, language, year, month, part):
    try:
        piece = sitemaps.Piece(language, date(int(year), int(month), 1), part)
        shown = sitemaps.read(piece, at=timezone.now())
    except ValueError as error:
        raise Http404 from error
    if shown is None:
        raise Http404
    return tag(_xml(xml.month(shown)), pages.month_sitemap(piece))


@for_readers
def lists_sitemap(request, language, part=1):
    """Answer with the front page and every list of a language, or with a further part of them."""
    directory = sitemaps.lists(language, at=timezone.now())
    urls = directory.urls[(part - 1) * sitemaps.MOST : part * sitemaps.MOST] if directory else []
    # The first part has no number in its address.
    if not urls or request.path != sitemaps.lists_url(language, part):
        raise Http404
    return tag(_xml(xml.lists(urls)), pages.lists_sitemap(directory))


@for_readers
def news_sitemap(request):
    """Answer with the index of the news of all languages."""
    return tag(_xml(xml.files(sitemaps.news_urls())), pages.news_index())


@for_readers
def news_of_language(request, language):
    news = sitemaps.news(language, at=timezone.now())
    return tag(_xml(xml.news(news)), pages.news_sitemap(news), until=news.until)


def _xml(content):
    return HttpResponse(content, content_type=f"{xml.TYPE}; charset=utf-8")
