"""The feeds beside the front page and every list: the same stories, in full."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from articles.derived import addresses
from articles.models import Author, Category
from articles.pages import (
    directory as directories,
    feed as feeds,
    shelf as shelves,
    subject as subjects,
)
from articles.purging import pages
from articles.representations import atom, jsonfeed, opml, rss
from articles.views.listing import find_tag
from articles.views.old_address import lead_to, stands_at
from articles.views.page import for_readers, with_policy
from newsroom.http import websub
from newsroom.page import whole
from newsroom.pagecache import tag as kept

FORMS = {
    "atom": (atom.atom, atom.TYPE),
    "rss": (rss.rss, rss.TYPE),
    "json": (jsonfeed.jsonfeed, jsonfeed.TYPE),
}


@for_readers
def feed(request, language, form, kind="", path=""):
    """Answer with the feed of a list; `kind` is that of a category, "tag" or "author", and "" for all stories."""
    now = timezone.now()
    tree = Category.tree(language=language)
    about = _about(kind, path, tree)
    if about is None or not stands_at(request, about.url_in(language) + f"feed.{form}"):
        return _moved(request, about, form, language=language, at=now)
    shown = feeds.read(about, tree=tree, at=now)
    if shown is None:
        raise Http404
    return kept(answer(shown, form), pages.feed(shown))


def answer(shown, form):
    """Return a pages.feed.Feed as a response, without its cache tags."""
    represent, content_type = FORMS[form]
    response = HttpResponse(represent(shown), content_type=f"{content_type}; charset=utf-8")
    if links := websub.links(whole(shown.url_as(form))):
        response.headers["Link"] = links
    return with_policy(response, shown.site)


@for_readers
def all_feeds(request, language):
    """Answer with all feeds of a language, as OPML."""
    now = timezone.now()
    directory = directories.read(tree=Category.tree(language=language, at=now), at=now)
    if directory is None:
        raise Http404
    content = HttpResponse(opml.opml(directory), content_type=f"{opml.TYPE}; charset=utf-8")
    return kept(content, pages.all_feeds(directory))


def _about(kind, path, tree):
    """Return the Subject of a list as its address names it, or None."""
    language = tree.language
    if not kind:
        return subjects.of_all(language)
    if kind == "tag":
        tag = find_tag(path, language)
        return tag and subjects.of_tag(tag, language=language)
    if kind == "author":
        author = Author.objects.filter(slug=path).first()
        return author and subjects.of_author(author, language=language)
    node = tree.find(kind, path)
    return node and subjects.of_category(node, tree=tree, described=False)


def _moved(request, about, form, *, language, at):
    """Return the redirect to the feed of a list that stands elsewhere now; an old address is that of its list."""
    here = request.path.removesuffix(f"feed.{form}")
    url = addresses.find(here, language=language, at=at)
    if not isinstance(url, str):
        url = about and about.url_in(language)
    if not url or (about and about.needs_stories and not _holds(about, language, at)):
        raise Http404
    return lead_to(request, f"{url}feed.{form}")


def _holds(about, language, at):
    return shelves.holds_any(about, language=language, at=at)
