from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db import models

from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.forms.widgets import MomentInput
from newsroom.users.models import User


@admin.register(User)
class PersonAdmin(ShowsUnsaved, UserAdmin):
    section, position = "site", 1
    # Two inputs for one moment would leave each without a label.
    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}
    }

    def get_fieldsets(self, request, obj=None):
        """Leave the password, which is a link to another, to whoever may change the person."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, options | {"fields": [each for each in options["fields"] if each != "password"]})
            for name, options in fieldsets
        ]


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ShowsUnsaved, GroupAdmin):
    """Groups, whose words wait as those of all other forms."""

    section, position = "site", 2
