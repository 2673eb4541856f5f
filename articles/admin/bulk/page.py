"""The page on which many stories are given one verb, for the list of stories and the desk."""

import hashlib
import json
import re
from types import SimpleNamespace

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from articles.admin.bulk import verbs
from articles.admin.bulk.forms import BulkForm
from newsroom.forms import sent_once
from newsroom.forms.sent_once import FIELD, new_key

MANY = 500
"""So many stories are changed in one go."""


UNASKED = frozenset({"csrfmiddlewaretoken", "do", "seen", FIELD})
"""What stands in the form beside the question."""


class ChangesMany:
    """For the list of stories: an action that leads to that page."""

    @admin.action(
        description=gettext_lazy("Publish, withdraw, assign, file …"), permissions=["change"]
    )
    def change_many(self, request, queryset):
        return self._page(request, list(queryset.values_list("pk", flat=True)[: MANY + 1]))

    def get_urls(self):
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("bulk/", view, name="articles_article_bulk"), *super().get_urls()]

    def bulk_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.POST.getlist("story")
        return self._page(request, [int(pk) for pk in asked if re.fullmatch("[0-9]{1,18}", pk)])

    def _page(self, request, ids):
        """Ask for a verb; say what it will do; or, where the button of that was pressed, do it."""
        if not 0 < len(ids) <= MANY:
            sentence = _("Choose at least one story, and %d at most.") % MANY
            messages.error(request, sentence)
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        articles = verbs.loaded(ids)
        form = BulkForm(request.POST if "verb" in request.POST else None, user=request.user)
        context = self.admin_site.each_context(request) | {
            "title": _("Change many stories"),
            "opts": self.opts,
            "articles": articles,
            "form": form,
            "key": new_key(),
            "form_key": FIELD,
        }
        if form.is_valid():
            context |= _outcome(request, articles, form)
        return TemplateResponse(request, "admin/articles/bulk.html", context)


def _outcome(request, articles, form):
    """Return the changes that will be done and those that will not, or that were done and were not."""
    asked, by = form.cleaned_data, request.user
    verb, now = asked["verb"], timezone.now()
    changes = verbs.planned(verb, articles, asked=asked, by=by, at=now)
    possible = [change for change in changes if not change.reasons]
    refused = [change for change in changes if change.reasons]
    seen = _digest(request)
    # Who asks for something else after the answer is answered anew, and nothing is done.
    is_done = "do" in request.POST and request.POST.get("seen") == seen
    context = {"verb": verbs.VERBS[verb], "is_done": is_done, "seen": seen}
    if not is_done:
        told = _counted(possible, _("%d will be done"), refused, _("%d will not"))
        return context | {"possible": possible, "refused": refused, "told": told}
    if not _is_first(request, verb, possible):
        return context | {"is_again": True}
    done = []
    for change in possible:
        if reasons := verbs.do(verb, change, asked=asked, by=by):
            refused.append(verbs.Change(change.article, change.languages, tuple(reasons)))
        else:
            done.append(change)
    if possible and not done:
        sent_once.forget(request)
    told = _counted(done, _("%d done"), refused, _("%d not done"))
    return context | {"possible": done, "refused": refused, "told": told}


def _is_first(request, verb, possible):
    """Tell whether a form is sent for the first time; it is remembered where there is anything to do."""
    if not possible:
        return not sent_once.was_made(request)
    return sent_once.make_once(request, lambda: SimpleNamespace(pk=verb))[1]


def _counted(possible, words, refused, other_words):
    parts = [words % len(possible)]
    if refused:
        parts.append(other_words % len(refused))
    return ", ".join(parts)


def _digest(request):
    """Return what is the same for the same question."""
    asked = {name: values for name, values in request.POST.lists() if name not in UNASKED}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
