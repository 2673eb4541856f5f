"""The pages that ask whether something should be deleted, in the words of actions/deleting.py."""

from contextlib import nullcontext

from django.contrib import admin
from django.utils import timezone

from articles.actions import deleting
from newsroom.db import locks


class SaysConsequences(admin.ModelAdmin):
    """Asks before it deletes what readers and stories lose by it, one thing or a selection.

    What is asked and what is done stand in one transaction: nobody uses meanwhile what is about to go.
    """

    def delete_view(self, request, object_id, extra_context=None):
        with _writing(request):
            return self.ask_or_delete(request, object_id, extra_context)

    def ask_or_delete(self, request, object_id, extra_context):
        return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        with _writing(request):
            return super().changelist_view(request, extra_context)

    def get_deleted_objects(self, objs, request):
        """Return Django's four answers; the first is a list of Consequences, which the templates show."""
        told = deleting.consequences(self.model, list(objs), at=timezone.now())
        refused = [consequence for consequence in told if consequence.is_refused]
        barred = {
            self.opts.verbose_name
            for thing in objs
            if not self.has_delete_permission(request, thing)
        }
        return told, {}, barred, refused

    def delete_model(self, request, obj):
        deleting.delete([obj])

    def delete_queryset(self, request, queryset):
        deleting.delete(queryset)


def _writing(request):
    """Open a writing transaction for what a page of the admin does; showing it needs none."""
    return locks.writing() if request.method == "POST" else nullcontext()
