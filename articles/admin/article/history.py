"""The history of a story: a list of what was saved, and any two of its versions beside each other."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import roles
from articles.actions import publishing
from articles.admin.article import revisions
from articles.models import Article
from newsroom.languages import LANGUAGES


class Histories:
    """What the admin of stories has for their versions."""

    def get_urls(self):
        compare, forget = map(self.admin_site.admin_view, (self.compare_view, self.forget_view))
        return [
            path("<int:pk>/history/compare/", compare, name="articles_article_compare"),
            path("<int:pk>/history/forget/", forget, name="articles_article_forget"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        article = self._to_read(request, unquote(object_id))
        page, is_folded = _number(request.GET.get("p")) or 1, "all" not in request.GET
        entries, has_older = revisions.entries(article, page=page, is_folded=is_folded)
        context = self.admin_site.each_context(request) | {
            "title": _("History"),
            "opts": self.opts,
            "original": article,
            "entries": entries,
            "is_folded": is_folded,
            "newer": page - 1,
            "older": page + 1 if has_older else 0,
            "told": _told(article) if publishing.allowed(request.user, "forget") else (),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/article/history.html", context)

    def compare_view(self, request, pk):
        """Show two versions of a story beside each other, word by word."""
        article = self._to_read(request, pk)
        new, old = (_number(request.GET.get(name)) for name in ("new", "old"))
        difference = revisions.difference(article, new, old)
        if difference is None:
            raise Http404
        context = self.admin_site.each_context(request) | {
            "title": _("What changed"),
            "opts": self.opts,
            "original": article,
            "difference": difference,
            "then": revisions.in_words_of(difference.old.version),
            "now": revisions.in_words_of(difference.new.version),
            "may_go_back": roles.may_go_back(request.user, article),
        }
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    @method_decorator(require_POST)
    def forget_view(self, request, pk):
        """Take what a language has said before out of what readers may be shown."""
        article = self._to_read(request, pk)
        if not publishing.allowed(request.user, "forget"):
            raise PermissionDenied
        edition = get_object_or_404(_told(article), language=request.POST.get("language"))
        publishing.forget(edition, by=request.user)
        sentence = _("Readers are not shown any more what %(language)s said before.")
        messages.success(request, sentence % {"language": LANGUAGES[edition.language].name})
        return redirect("admin:articles_article_history", pk)

    def _to_read(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        article = get_object_or_404(Article, pk=_number(str(pk)))
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article


def _told(article):
    """Return the editions of which readers may be shown what they said before."""
    return article.editions.filter(wordings__isnull=False).distinct().order_by("language")


def _number(words):
    return int(words) if words and words.isdecimal() and len(words) < 19 else None
