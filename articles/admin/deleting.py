"""The pages that ask whether something should be deleted, in the words of consequences.py."""

from contextlib import nullcontext

from django.contrib import admin

from newsroom.db import locks


class SaysConsequences(admin.ModelAdmin):
    """Asks before it deletes what readers and stories lose by it, one thing or a selection."""

    def consequences_of(self, things):
        """Return a consequences.Consequence for each thing."""
        raise NotImplementedError

    def delete_view(self, request, object_id, extra_context=None):
        with locks.writing() if request.method == "POST" else nullcontext():
            return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        """Return Django's four answers; the first is a list of Consequences, which the templates show."""
        told = self.consequences_of(list(objs))
        refused = [each for each in told if each.is_refused]
        barred = {
            self.opts.verbose_name
            for thing in objs
            if not self.has_delete_permission(request, thing)
        }
        return told, {}, barred, refused
