"""A story as readers will see it: in any language and state, wide and narrow, by day and by night; and the links for others."""

import re

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from articles.actions.access import previewing
from articles.admin.languages import enabled
from articles.models import Article, PreviewLink
from articles.views import preview
from newsroom.languages import LANGUAGES
from newsroom.page import whole

WIDTHS = {"desktop": gettext_lazy("Desktop"), "phone": gettext_lazy("Phone")}
SCHEMES = {
    "": gettext_lazy("As this device"),
    "light": gettext_lazy("Light"),
    "dark": gettext_lazy("Dark"),
}

COLOURS = {"light": "(max-width: 0)", "dark": "(min-width: 0)"}
"""What a stylesheet asks instead of whether its reader prefers dark colours: what never is so, and what always is."""

PREFERRED = re.compile(r"\(prefers-color-scheme:\s*dark\)")
SHEET = re.compile(rf'(<link rel="stylesheet" href="){re.escape(settings.STATIC_URL)}')


class Previews:
    """What the admin of stories has for previews."""

    def get_urls(self):
        views = {
            "<int:pk>/preview/<slug:language>/": ("preview", self.preview_view),
            "<int:pk>/preview/<slug:language>/page/": ("preview_page", self.preview_page_view),
            "preview/style/<slug:scheme>/<path:name>": ("preview_style", self.preview_style_view),
            "<int:pk>/preview/<slug:language>/link/": ("preview_link", self.preview_link_view),
            "preview/<int:pk>/revoke/": ("preview_revoke", self.preview_revoke_view),
        }
        return [
            *(
                path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")
                for route, (name, view) in views.items()
            ),
            *super().get_urls(),
        ]

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def preview_view(self, request, pk, language):
        """Show the page of a story in a frame, with what it can be looked at by."""
        article = self._to_preview(request, pk, language)
        width, scheme = request.GET.get("width", ""), request.GET.get("scheme", "")
        chosen = {
            "language": language,
            "width": width if width in WIDTHS else "desktop",
            "scheme": scheme if scheme in SCHEMES else "",
        }
        context = self.admin_site.each_context(request) | {
            "title": _("Preview"),
            "opts": self.opts,
            "original": article,
            "language": LANGUAGES[language],
            "page_url": _address(pk, language, page=True, scheme=chosen["scheme"]),
            "link_url": reverse("admin:articles_article_preview_link", args=[pk, language]),
            "bars": _bars(article, chosen),
            "days": [
                (days, ngettext("%(number)d day", "%(number)d days", days) % {"number": days})
                for days in previewing.DAYS
            ],
            "may_make_link": previewing.may_make_link(request.user, article, language),
            **chosen,
        }
        return TemplateResponse(request, "admin/articles/article/preview.html", context)

    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp_replace({"frame-ancestors": ["'self'"]}))
    def preview_page_view(self, request, pk, language):
        """Answer with the page itself."""
        article = self._to_preview(request, pk, language)
        response = preview.story(request, article.pk, language, at=timezone.now())
        scheme = request.GET.get("scheme", "")
        return _in_colours(response, scheme) if scheme in COLOURS else response

    @method_decorator(require_safe)
    def preview_style_view(self, request, scheme, name):
        """Answer with a stylesheet of readers for whom the colours are chosen; what it refers to is where it is."""
        if scheme not in COLOURS or not self.has_view_permission(request):
            raise Http404
        if not name.endswith(".css"):
            return HttpResponseRedirect(f"{settings.STATIC_URL}{name}")
        try:
            # Where nothing was collected, as in development, it stands where it was written.
            path = None if staticfiles_storage.exists(name) else finders.find(name)
            with open(path, "rb") if path else staticfiles_storage.open(name) as file:
                words = PREFERRED.sub(COLOURS[scheme], file.read().decode())
        except (FileNotFoundError, SuspiciousFileOperation) as error:
            raise Http404 from error
        words = words.replace('url("../', f'url("{settings.STATIC_URL}').replace(
            "url(../", f"url({settings.STATIC_URL}"
        )
        return HttpResponse(words, content_type="text/css; charset=utf-8")

    @method_decorator(require_POST)
    def preview_link_view(self, request, pk, language):
        """Make a link for somebody without a login, and show it once."""
        article = self._to_preview(request, pk, language)
        days = request.POST.get("days", "")
        if days not in map(str, previewing.DAYS):
            raise Http404
        now = timezone.now()
        secret = previewing.make_link(article, language, days=int(days), by=request.user, now=now)
        address = whole(reverse("articles:preview", args=[secret]))
        sentence = _("Copy this link now, nobody can read it here again: %s")
        messages.success(request, sentence % address)
        return HttpResponseRedirect(_address(pk, language))

    @method_decorator(require_POST)
    def preview_revoke_view(self, request, pk):
        """Let a link be valid no more."""
        link = get_object_or_404(PreviewLink.objects.select_related("article"), pk=pk)
        previewing.revoke(link, by=request.user, now=timezone.now())
        messages.success(request, _("The link leads to nothing any more."))
        address = reverse("admin:articles_article_change", args=[link.article_id])
        return HttpResponseRedirect(address)

    def _to_preview(self, request, pk, language):
        """Return a story that somebody may look at, with a text in this language."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if language not in enabled() or not article.editions.filter(language=language).exists():
            raise Http404
        return article


def _in_colours(response, scheme):
    """Let a page have the colours of a scheme, whatever the device prefers."""
    sheets = reverse("admin:articles_article_preview_style", args=[scheme, "x"]).removesuffix("x")
    page = SHEET.sub(rf"\1{sheets}", response.content.decode())
    page = page.replace('content="light dark"', f'content="{scheme}"', 1)
    response.content = PREFERRED.sub(COLOURS[scheme], page)
    return response


def _address(pk, language, *, page=False, **query):
    name = "preview_page" if page else "preview"
    address = reverse(f"admin:articles_article_{name}", args=[pk, language])
    return f"{address}?{urlencode(query)}" if any(query.values()) else address


def _bars(article, chosen):
    """Return what can be chosen, as (label, [(what, name, address, whether it is chosen)])."""
    written = set(article.editions.values_list("language", flat=True))
    names = {code: LANGUAGES[code].name for code in enabled() if code in written}
    choices = {"language": names, "width": WIDTHS, "scheme": SCHEMES}
    labels = {"language": _("Language"), "width": _("Width"), "scheme": _("Colours")}
    return [
        (
            labels[kind],
            [
                (
                    value if kind == "language" else "",
                    name,
                    _address(article.pk, **(chosen | {kind: value})),
                    chosen[kind] == value,
                )
                for value, name in options.items()
            ],
        )
        for kind, options in choices.items()
    ]
