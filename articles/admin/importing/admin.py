"""Imports: what was brought in, with its receipt; and the pages by which somebody uploads a file, and takes an import back."""

import math
from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from articles import fetching, roles
from articles.actions import taking_back
from articles.admin.article.panels import in_words
from articles.admin.importing.forms import MappingForm, UploadForm
from articles.importers.run import jobs
from articles.importers.run.mapping import written
from articles.models import ImportBatch, Origin
from newsroom.forms.sent_once import FIELD, make_once, new_key
from newsroom.management import worker

State = ImportBatch.State
ON_A_PAGE = 50

OUTCOMES = {
    "created": gettext_lazy("new"),
    "updated": gettext_lazy("updated"),
    "unchanged": gettext_lazy("unchanged"),
    "kept": gettext_lazy("kept as they are here"),
    "left out": gettext_lazy("left out"),
    "failed": gettext_lazy("failed"),
}


def _counted(counts, *names):
    return [(OUTCOMES[name], counts[name]) for name in names or OUTCOMES if counts.get(name)]


@admin.register(ImportBatch)
class ImportBatchAdmin(admin.ModelAdmin):
    """The list of imports, and the page of each."""

    section, position = "organise", 9
    list_display = ["what", "condition", "became", "when", "who"]
    list_per_page = 50
    list_select_related = ["by"]
    ordering = ["-pk"]
    show_full_result_count = False
    actions = None

    def has_module_permission(self, request):
        return roles.may_import(request.user)

    def has_view_permission(self, request, obj=None):
        return roles.may_import(request.user)

    def has_add_permission(self, request):
        return roles.may_import(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("plan", "receipt", "options")

    def get_urls(self):
        pages = (("take-back", self.take_back_view), ("mapping", self.mapping_view))
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"articles_importbatch_{name.replace('-', '_')}",
                )
                for name, view in pages
            ),
            *super().get_urls(),
        ]

    # --- Pages ---

    def add_view(self, request, form_url="", extra_context=None):
        """Take a file, and have it read."""
        self._require_import(request)
        form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
        if request.method == "POST" and form.is_valid():
            try:
                pk, is_new = make_once(request, lambda: form.receive(request.user))
            except ValidationError as error:
                form.add_error("file", error)
            else:
                if not is_new:
                    messages.warning(request, _("This form was sent twice. There is one import."))
                return HttpResponseRedirect(reverse("admin:articles_importbatch_change", args=[pk]))
        context = {
            "title": _("Import stories"),
            "form": form,
            FIELD: request.POST.get(FIELD) or new_key(),
        }
        return self._answer(request, "upload", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a batch, and do what its buttons say."""
        self._require_import(request)
        batch = get_object_or_404(ImportBatch, pk=object_id if object_id.isdecimal() else 0)
        mapping = MappingForm(batch, request.POST or None, request.FILES or None)
        if request.method == "POST":
            return self._press(request, batch, request.POST.get("verb", ""), mapping)
        context = {
            "title": _("Import %s") % batch.pk,
            "batch": batch,
            "facts": self._facts(batch),
            "progress": progress(batch),
            "mapping": mapping,
            **self._receipt(request, batch),
        }
        return self._answer(request, "batch", context)

    def take_back_view(self, request, pk):
        """Say what taking a batch back does, and have it done."""
        batch = get_object_or_404(ImportBatch, pk=pk)
        if not roles.may_take_back(request.user):
            raise PermissionDenied
        if request.method == "POST":
            return self._press(request, batch, "take_back", None)
        kept = taking_back.kept(batch)
        new = batch.changes.filter(is_new=True).count()
        context = {
            "title": _("Take back import %s") % pk,
            "batch": batch,
            "new": new,
            "changed": batch.changes.count() - new,
            "kept": [(change.origin.article, reason) for change, reason in kept[:ON_A_PAGE]],
            "kept_number": len(kept),
        }
        return self._answer(request, "take_back", context)

    def mapping_view(self, request, pk):
        """Give the mapping as a file."""
        self._require_import(request)
        batch = get_object_or_404(ImportBatch, pk=pk)
        words = written(MappingForm(batch).proposals)
        response = HttpResponse(words, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="mapping-{pk}.json"'
        add_never_cache_headers(response)
        return response

    def _require_import(self, request):
        if not roles.may_import(request.user):
            raise PermissionDenied

    def _answer(self, request, name, context):
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "may_take_back": roles.may_take_back(request.user),
            **context,
        }
        response = TemplateResponse(request, f"admin/articles/importbatch/{name}.html", context)
        add_never_cache_headers(response)
        return response

    def _press(self, request, batch, verb, mapping):
        """Do what a button says, and lead to where one sees it."""
        batch_page = reverse("admin:articles_importbatch_change", args=[batch.pk])
        try:
            if verb in {"decide", "start"}:
                getattr(jobs, verb)(batch, mapping.decided(), by=request.user)
            elif verb in {"take_back", "go_on", "try_again"}:
                getattr(jobs, verb)(batch, by=request.user)
            elif verb == "discard":
                jobs.discard(batch, by=request.user)
                messages.success(request, _("The file is deleted; nothing was imported."))
                return HttpResponseRedirect(reverse("admin:articles_importbatch_changelist"))
            elif verb == "fetch":
                self._tell_fetched(request, jobs.fetch_pictures(batch, by=request.user))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(batch_page)

    def _tell_fetched(self, request, number):
        if number:
            words = ngettext(
                "%d picture is being fetched. Look again in a minute.",
                "%d pictures are being fetched. Look again in a minute.",
                number,
            )
            messages.success(request, words % number)
        else:
            messages.warning(request, _("None of these is missing and has a source address."))

    # --- What a page shows ---

    def _facts(self, batch):
        return [
            (_("When"), in_words(batch.started_at)),
            (_("File"), self.what(batch)),
            (_("By"), self.who(batch)),
            (_("Options"), ", ".join(_options(batch))),
            (_("Stories"), self.became(batch)),
            (_("State"), self.condition(batch)),
        ]

    def _receipt(self, request, batch):
        # What the step at work will change is not told meanwhile.
        kept = {} if batch.state in jobs.AT_WORK else batch.receipt or batch.plan
        told = _page(request, "told", kept.get("items", []))
        _name_stories(told, sources=kept.get("sources", []))
        changes = batch.changes.select_related("origin__article").order_by("pk")
        gaps = jobs.gaps(batch)
        return {
            "receipt": kept,
            "items": told,
            "stories": _page(request, "stories", changes),
            "gaps": _page(request, "gaps", gaps),
            "can_fetch": fetching.fetchable(gaps).exists(),
        }

    # --- Columns ---

    @admin.display(description=gettext_lazy("When"))
    def when(self, batch):
        return in_words(batch.started_at)

    @admin.display(description=gettext_lazy("File"))
    def what(self, batch):
        return format_html("<bdi>{}</bdi>", " ".join(batch.sources))

    @admin.display(description=gettext_lazy("By"))
    def who(self, batch):
        return batch.by or _("the command on the server")

    @admin.display(description=gettext_lazy("Stories"))
    def became(self, batch):
        return ", ".join(
            f"{number_format(number)} {name}" for name, number in _counted(batch.counts)
        )

    @admin.display(description=gettext_lazy("State"))
    def condition(self, batch):
        if batch.taken_back_at and batch.state == State.DONE:
            return _("taken back on %s") % in_words(batch.taken_back_at)
        return batch.get_state_display()


def _options(batch):
    told = batch.options
    yield told.get("source") or _("the format is the name of the source")
    if told.get("language"):
        yield told["language"]
    yield _("published") if told.get("publish") else _("as drafts")


def _page(request, name, things):
    """Return the page of a list that the address asks for."""
    page = Paginator(things, ON_A_PAGE).get_page(request.GET.get(name))
    page.name = name
    return page


def _name_stories(items, *, sources):
    """Give what is told of on a page the story that it became, and its outcome in words."""
    names = [item["name"] for item in items]
    origins = Origin.objects.filter(source__in=sources, external_id__in=names)
    stories = {origin.external_id: origin.article for origin in origins.select_related("article")}
    for item in items:
        item["story"] = stories.get(item["name"])
        item["outcome"] = OUTCOMES.get(item["outcome"], item["outcome"])


def progress(batch):
    """Return how far a step is, None where none is at work."""
    if batch.state not in jobs.AT_WORK:
        return None
    total = sum(batch.plan.get("counts", {}).values()) if batch.state == State.RUNNING else 0
    if batch.state == State.RETURNING:
        total = batch.handled + batch.changes.count()
    return {
        "handled": batch.handled,
        "total": max(total, batch.handled) if total else 0,
        "left": _left(batch, total),
        "waits": batch.heard_at is None,
        "has_stopped": jobs.has_stopped(batch),
        "is_missing": worker.is_missing(),
    }


def _left(batch, total):
    """Return in words how long a step goes on, at the pace that it had so far; "" while that is not known."""
    if not (batch.handled and total and batch.heard_at and batch.state == State.RUNNING):
        return ""
    passed = batch.heard_at - batch.started_at
    left = passed / batch.handled * max(total - batch.handled, 0)
    if left < timedelta(minutes=1):
        return _("less than a minute")
    minutes = math.ceil(left / timedelta(minutes=1))
    return ngettext("about %d minute", "about %d minutes", minutes) % minutes
