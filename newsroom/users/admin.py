from contextlib import nullcontext

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsroom.db import locks
from newsroom.forms.merging import MergingAdmin, MergingForm
from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.forms.widgets import MomentField, MomentInput
from newsroom.models import Autosave, OpenForm
from newsroom.users import last, passwords
from newsroom.users.forms import PersonForm
from newsroom.users.models import User

UNTOLD = (Autosave, OpenForm)
"""What the site notes of open forms: nobody has made it, so nobody is told that it goes."""


def _told(things):
    """Yield what stands in Django's nested list of what is deleted, without what is UNTOLD."""
    names = tuple(f"{capfirst(model._meta.verbose_name)}: " for model in UNTOLD)
    for thing in things:
        if isinstance(thing, list):
            if inside := list(_told(thing)):
                yield inside
        elif not str(thing).startswith(names):
            yield thing


def with_language(fieldsets):
    """Return Django's fieldsets of a person, with the language of mails behind their address."""
    return [
        (
            name,
            options
            | {"fields": [*options["fields"], *["language"] * ("email" in options["fields"])]},
        )
        for name, options in fieldsets
    ]


@admin.register(User)
class PersonAdmin(MergingAdmin, ShowsUnsaved, UserAdmin):
    section, position = "administration", 1
    form = PersonForm
    # Two inputs for one moment would leave each without a label.
    formfield_overrides = {models.DateTimeField: {"form_class": MomentField, "widget": MomentInput}}

    actions = ["give_link"]

    def save_model(self, request, obj, form, change):
        """Let whoever is added here log in here: that is what they are added for."""
        obj.is_staff |= not change
        super().save_model(request, obj, form, change)

    def changelist_view(self, request, extra_context=None):
        # Two who delete all superusers but one each would leave none.
        with locks.writing() if request.method == "POST" else nullcontext():
            return super().changelist_view(request, extra_context)

    def get_deleted_objects(self, objs, request):
        """Return Django's four answers; where one has to stay, only why, which the templates show."""
        if sentence := last.refusal(objs):
            return [], {}, set(), [sentence]
        things, counts, *barred = super().get_deleted_objects(objs, request)
        for model in UNTOLD:
            counts.pop(model._meta.verbose_name_plural, None)
        return list(_told(things)), counts, *barred

    @admin.action(description=_("Give a link to set a new password"), permissions=["change"])
    def give_link(self, request, queryset):
        """Show the link of one person, for them to be given it by hand: once, and only here."""
        if queryset.count() != 1 or not queryset.filter(is_active=True).exists():
            messages.error(request, _("Choose one person who may log in."))
            return
        person = queryset.get()
        words = {"name": person, "link": passwords.link_for(person)}
        sentence = _("Give this link to %(name)s alone: whoever has it logs in as them. %(link)s")
        messages.success(request, sentence % words)

    def get_fieldsets(self, request, obj=None):
        """Leave the password, which is a link to another, to whoever may change the person."""
        fieldsets = with_language(super().get_fieldsets(request, obj))
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                name,
                options | {"fields": [field for field in options["fields"] if field != "password"]},
            )
            for name, options in fieldsets
        ]


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(MergingAdmin, ShowsUnsaved, GroupAdmin):
    """Groups, whose words wait as those of all other forms."""

    section, position = "administration", 2
    form = MergingForm
