"""Targets: how soon a language should follow, edited as any list."""

from django.contrib import admin
from django.utils.translation import get_language, gettext_lazy as _

from articles.admin.forms import MergedForm
from articles.admin.widgets import indented
from articles.models import Category, Target
from newsroom.forms.merging import MergingAdmin
from newsroom.forms.sent_once import SentOnce
from newsroom.forms.unsaved import ShowsUnsaved


@admin.register(Target)
class TargetAdmin(MergingAdmin, ShowsUnsaved, SentOnce, admin.ModelAdmin):
    section, position = "site", 5
    list_display = ["stories", "language", "source_language", "minutes"]
    list_select_related = ["category", "tag"]
    autocomplete_fields = ["tag"]
    fields = ["category", "tag", "source_language", "language", "minutes"]
    form = MergedForm
    show_facets = admin.ShowFacets.NEVER

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "category":
            nodes = Category.tree(language=get_language()).walk()
            field.choices = [("", "---------"), *((n.pk, indented(n.depth, n)) for n in nodes)]
        return field

    @admin.display(description=_("Stories"))
    def stories(self, target):
        return target.category or target.tag or _("All")
