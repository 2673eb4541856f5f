"""What every public page has in common."""

from dataclasses import dataclass, field
from functools import wraps
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.derived import addresses
from articles.models import Category
from articles.pages import menu


@dataclass
class PublicPage:
    """One page in one language: its address, the tree of categories, and the words of its head.

    `languages` maps each language in which this very page exists to its path there.
    """

    language: str
    tree: object
    path: str
    title: str
    query: str = ""
    description: str = ""
    languages: dict = field(default_factory=dict)

    def context(self):
        return {
            "language": self.language,
            "path": self.path,
            "navigation": menu.of(self.tree),
            "page_title": self.title,
            "description": self.description,
            "canonical": settings.SITE_URL + self.path + (f"?{self.query}" if self.query else ""),
            "alternates": self._alternates(),
        }

    def render(self, request, template, context, *, status=200):
        response = render(request, template, self.context() | context, status=status)
        # For a CDN that sends it ahead, as a 103: see docs/decisions/0027-early-hints.md.
        response.headers["Link"] = f"<{static('css/site.css')}>; rel=preload; as=style"
        return response

    def _alternates(self):
        return [
            {
                "language": code,
                "name": name,
                "url": self.languages[code],
                "current": code == self.language,
            }
            for code, name in settings.LANGUAGES
            if code in self.languages
        ]


def for_readers(view):
    """Let a view be read, and answer 405 to everything else, whether or not it brings a CSRF token.

    Browsers ask again each time: they would keep a 301 or 410 for ever, and both can be taken back.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return csrf_exempt(require_safe(answer))


def stands_at(request, url):
    """Return whether the request asks for this path; letters beyond ASCII arrive decoded."""
    return request.path == unquote(url)


def lead_to(request, url):
    """Return the permanent redirect to a path of this site; the query goes along."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)


def moved(request, *, language):
    """Return the redirect that the path of this request asks for, or None if it was never in use.

    Where what stood there was deleted, it is a page that says so, with 410. A path whose story readers may not see leads nowhere: its new one would tell them of the story.
    """
    query = request.META.get("QUERY_STRING", "")
    url = addresses.find(request.path, language=language, at=timezone.now(), query=query)
    if url is addresses.GONE:
        page = PublicPage(
            language=language,
            tree=Category.tree(language=language),
            path=request.path,
            title=_("This page is gone"),
        )
        return page.render(request, "articles/gone.html", {"heading": page.title}, status=410)
    if not url or stands_at(request, url.partition("?")[0]):
        return None
    return HttpResponsePermanentRedirect(url)
