"""Pages of the admin on which rows are read, and written by nothing but the buttons that stand there."""

from django.contrib import admin


class ReadingAdmin(admin.ModelAdmin):
    """A list of rows for which the admin has no forms."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
