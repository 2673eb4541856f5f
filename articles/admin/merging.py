"""Choosing rows of a list that are one thing, and which of them stays."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from articles.actions import organising


class MergeAdmin(admin.ModelAdmin):
    """What stories are organised by; its list has the action "merge", which asks which of the chosen to keep, and gives it what the others had."""

    actions = ["merge"]
    merge_question = ""

    def save_model(self, request, obj, form, change):
        organising.save(obj)

    def merge_into(self, kept, others):
        """Do it; raise ValidationError if it cannot be done."""
        raise NotImplementedError

    def stories_of(self, thing):
        """Return in how many stories a thing stands that is asked about."""
        raise NotImplementedError

    @admin.action(description=_("Merge the chosen into one"), permissions=["change", "delete"])
    def merge(self, request, queryset):
        """Ask which to keep, then merge the others into it."""
        chosen = sorted(queryset, key=str)
        kept = next(
            (candidate for candidate in chosen if str(candidate.pk) == request.POST.get("keep")),
            None,
        )
        if len(chosen) < 2:
            messages.error(request, _("Choose two or more."))
        elif kept is None:
            return self._ask_which(request, chosen)
        else:
            self._merge(request, kept, [candidate for candidate in chosen if candidate != kept])
        return HttpResponseRedirect(request.get_full_path())

    def _merge(self, request, kept, others):
        try:
            self.merge_into(kept, others)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            self.log_deletions(request, others)
            self.log_change(request, kept, _("Merged into it: %s") % ", ".join(map(str, others)))
            messages.success(request, _("Merged into “%s”.") % kept)

    def _ask_which(self, request, chosen):
        context = self.admin_site.each_context(request) | {
            "title": _("Merge"),
            "opts": self.opts,
            "question": self.merge_question,
            "choices": [(candidate, self.stories_of(candidate)) for candidate in chosen],
        }
        return TemplateResponse(request, "admin/articles/merge.html", context)
