"""What every public page has in common."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render

from articles import addresses


@dataclass
class PublicPage:
    """One page in one language: its address, the tree of categories, and the words of its head.

    `languages` maps each language in which this very page exists to its path there.
    """

    language: str
    tree: object
    path: str
    title: str
    description: str = ""
    languages: dict = field(default_factory=dict)
    share_image: dict | None = None

    def context(self):
        return {
            "language": self.language,
            "navigation": {"regions": self.tree.regions, "sections": self.tree.sections},
            "page_title": self.title,
            "description": self.description,
            "canonical": settings.SITE_URL + self.path,
            "alternates": self._alternates(),
            "share_image": self.share_image,
        }

    def render(self, request, template, context, *, status=200):
        return render(request, template, self.context() | context, status=status)

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


def moved(request, *, language):
    """Return the redirect that the path of this request asks for, or None if it was never in use."""
    path = addresses.find(request.path, language=language)
    return HttpResponsePermanentRedirect(path) if path else None


def absolute(url):
    """Return an address that other sites can use, from one of this site's own."""
    return url if "://" in url else settings.SITE_URL + url
