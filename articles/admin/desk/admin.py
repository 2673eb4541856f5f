"""The page of the desk: its filters, its cells, what is claimed there, and its table for a spreadsheet."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms.widgets import Script
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import roles
from articles.actions import assigning
from articles.admin.desk import table
from articles.admin.desk.board import rows
from articles.admin.desk.filters import Asked, stories
from articles.admin.languages import enabled, per_page
from articles.models import Article, Assignment, Target
from newsroom.forms.reading import ReadingAdmin
from newsroom.languages import LANGUAGES

CELL = re.compile(r"([0-9]{1,18}):([A-Za-z-]+)")
SHORTCUTS = [
    ("", _("All")),
    ("who=me", _("Mine")),
    ("who=nobody&state=waiting", _("Nobody has it")),
    ("state=submitted", _("For review")),
    ("state=behind", _("Behind its source")),
    ("state=late&order=late", _("Late")),
]
"""Filters that are asked for every day, as addresses."""
UNCREDITED = _(
    "It is in your hands. You will not be named as its translator: no author has your login. Ask an editor to choose it in yours, "
    "under Authors."
)
VERBS = {"claim": assigning.claim, "release": assigning.release}


@admin.register(Assignment)
class DeskAdmin(ReadingAdmin):
    """The desk, where Django would list assignments; they are made there and on the page for many stories."""

    section, position = "write", 0

    class Media:
        css = {"all": ["css/admin/desk.css"]}
        js = [Script("js/admin-desk.js", type="module")]

    def get_urls(self):
        view = self.admin_site.admin_view(self.table_view)
        return [path("table/", view, name="articles_assignment_table"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        self._require(request)
        if request.method == "POST":
            return self._press(request)
        now = timezone.now()
        asked, targets = Asked(request.GET), list(Target.objects.all())
        filtered = stories(asked, user=request.user, targets=targets, at=now)
        page = Paginator(filtered, per_page()).get_page(request.GET.get("page"))
        shown = rows(page, user=request.user, targets=targets, tree=asked.tree, at=now)
        others = request.GET.copy()
        others.pop("page", None)
        context = self.admin_site.each_context(request) | {
            "title": _("The desk"),
            "opts": self.opts,
            "asked": asked,
            "rows": shown,
            "page": page,
            "now": now,
            "query": others.urlencode(),
            "languages": [LANGUAGES[code] for code in enabled()],
            "shortcuts": SHORTCUTS,
            "may_claim": roles.may_claim(request.user),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/articles/desk.html", context)

    def table_view(self, request):
        """Answer the stories that the filters leave as CSV, a line for each language of each."""
        self._require(request)
        now = timezone.now()
        asked, targets = Asked(request.GET), list(Target.objects.all())
        filtered = stories(asked, user=request.user, targets=targets, at=now)
        lines = table.lines(filtered, user=request.user, targets=targets, tree=asked.tree, at=now)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="desk.csv"'
        return response

    def _require(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _press(self, request):
        """Do what the button in a cell says, and lead back to that cell."""
        verb = next((verb for verb in VERBS if verb in request.POST), "")
        cell = CELL.fullmatch(request.POST.get(verb, ""))
        article = Article.objects.filter(pk=cell[1]).first() if cell else None
        if article is None or cell[2] not in enabled():
            messages.error(request, _("There is no such button."))
            return HttpResponseRedirect(request.get_full_path())
        try:
            VERBS[verb](article, cell[2], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            if verb == "claim" and not assigning.is_credited(request.user):
                messages.warning(request, UNCREDITED)
        return HttpResponseRedirect(f"{request.get_full_path()}#cell-{cell[1]}-{cell[2]}")
