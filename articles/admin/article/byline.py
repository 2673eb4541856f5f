"""The rows of credits in a story."""

from django.contrib import admin

from articles.admin.forms import RowForm, SharedRows
from articles.admin.widgets import LoadedAutocomplete
from articles.models import Byline
from newsroom.forms.deleted import NamedChoiceField
from newsroom.forms.merging_rows import MergingRows


class BylineForm(RowForm):
    loaded_field = "author"


class BylineInline(SharedRows, admin.StackedInline):
    model = Byline
    form = BylineForm
    formset = MergingRows
    extra = 0
    classes = ["bylines"]
    fields = [("author", "role", "language", "position")]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "author":
            kwargs["widget"] = LoadedAutocomplete(db_field, self.admin_site)
            kwargs["form_class"] = NamedChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
