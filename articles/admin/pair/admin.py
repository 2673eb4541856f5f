"""Pairs of stories: a queue in which a person says whether two stories are one in two languages."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from articles import roles
from articles.actions import pairing
from articles.admin.pair.side import Side, told
from articles.models import Join, Pair
from newsroom.forms.reading import ReadingAdmin

RECENT = 5
"""So many of the last joins can be undone on the page of the queue."""

VERBS = {
    "same": (_("One story"), "s"),
    "other": (_("Two stories"), "n"),
    "later": (_("Later"), "l"),
}
"""What the buttons say, and the keys that press them (static/js/admin-pairs.js)."""


@admin.register(Pair)
class PairAdmin(ReadingAdmin):
    """The queue: one pair at a time, with its buttons, and the last joins, which can be undone."""

    section, position = "write", 3

    class Media:
        css = {"all": ["css/admin/pairs.css"]}
        js = [Script("js/admin-pairs.js", type="module")]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._press(request, *request.POST.get("verb", "").partition(":")[::2])
            return HttpResponseRedirect(request.get_full_path())
        pair = Pair.objects.open().select_related("one", "other").first()
        may_join = roles.may_join(request.user)
        context = self.admin_site.each_context(request) | {
            "title": _("Pairs of stories"),
            "opts": self.opts,
            "pair": pair,
            "sides": [Side(pair.one), Side(pair.other)] if pair else [],
            "told": list(told(pair)) if pair else [],
            "obstacle": pairing.obstacle(pair.one, pair.other) if pair else "",
            "number": Pair.objects.filter(is_refused=False).count(),
            "verbs": VERBS.items() if may_join else (),
            "joins": Join.objects.select_related("article").order_by("-at", "-pk")[:RECENT],
            "may_join": may_join,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/articles/pair/change_list.html", context)

    def _press(self, request, verb, pk):
        """Do what a button says: to a pair, or to undo a join."""
        model = Join if verb == "part" else Pair
        row = model.objects.filter(pk=pk).first() if re.fullmatch("[0-9]{1,18}", pk) else None
        if row is None or verb not in {*VERBS, "part"}:
            messages.error(request, _("Somebody has answered this already."))
            return
        try:
            said = _done(verb, row, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, said)


def _done(verb, row, *, by):
    """Do a verb; return what to say."""
    if verb == "part":
        return _("“%s” is a story of its own again.") % pairing.part(row, by=by)
    if verb == "same":
        joined = pairing.confirm(row, by=by)
        return _("“%(other)s” is a language of “%(story)s” now.") % {
            "other": joined.headline,
            "story": joined.article,
        }
    if verb == "other":
        pairing.refuse(row, by=by)
        return _("They stay two stories.")
    pairing.put_off(row, by=by)
    return _("It comes again after all others.")
