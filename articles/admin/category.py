"""The tree of regions and the sections."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy as _

from articles.actions import deleting, organising
from articles.admin.deleting import SaysConsequences
from articles.admin.forms import MergedForm
from articles.admin.languages import LanguageAdmin, enabled, language_columns, panels
from articles.admin.merging import MergeAdmin
from articles.admin.widgets import indented
from articles.models import Category
from articles.texts import column, slug_from
from newsroom.forms.histories import MOVED
from newsroom.forms.merging import MergingAdmin
from newsroom.i18n.plain import isolated
from newsroom.languages import LANGUAGES


class CategoryForm(MergedForm):
    class Meta:
        model = Category
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and (parent := self.fields.get("parent")):
            # Not out of its queryset: who chooses one all the same is told why it cannot be.
            inside = {node.pk for node in self.instance.node().subtree()}
            parent.widget.choices = [
                (value, label)
                for value, label in parent.choices
                if getattr(value, "value", value) not in inside
            ]

    def clean(self):
        data = super().clean()
        name = column("name", settings.LANGUAGE_CODE)
        if not data.get(name):
            language = LANGUAGES[settings.LANGUAGE_CODE].name
            self.add_error(name, _("The name in %s is missing.") % language)
        for language in enabled():
            self._fill_slug(language, data)
        return data

    def _fill_slug(self, language, data):
        name = column("slug", language)
        if not data.get(name) and data.get(column("name", language)):
            data[name] = slug_from(data[column("name", language)], language=language)
            self.filled.add(name)
        # Not left to the constraint: its error would name no field.
        others = Category.objects.filter(kind=data.get("kind")).exclude(pk=self.instance.pk)
        if data.get(name) and others.filter(**{name: data[name]}).exists():
            self.add_error(name, _("Another category has this slug."))


class DeletionForm(forms.Form):
    """Where the stories, subcategories and addresses of a category go that is deleted."""

    into = forms.ModelChoiceField(
        label=_("Move what is in it, and lead its addresses, to"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("Nowhere: its addresses answer that it is gone (410)"),
    )
    nowhere = forms.BooleanField(label=_("Take its stories out of it"), required=False)

    def __init__(self, *args, category, **kwargs):
        super().__init__(*args, **kwargs)
        self.category = category
        self.stories = category.articles.count()
        self.fields["into"].queryset = organising.targets_of(category)
        if not self.stories:
            del self.fields["nowhere"]

    def clean(self):
        data = super().clean()
        is_told, nowhere = data.get("into") or "into" in self.errors, data.get("nowhere")
        if not is_told and (reason := deleting.left_open(self.category, nowhere=nowhere)):
            self.add_error("into", reason)
        return data


@admin.register(Category)
class CategoryAdmin(MergingAdmin, MergeAdmin, SaysConsequences, LanguageAdmin):
    section, position = "organise", 1
    list_display = ["place", "kind", "languages", "position"]
    list_filter = ["kind"]
    list_per_page = 500
    show_facets = admin.ShowFacets.NEVER
    sortable_by = []

    actions = ["merge", "move_up", "move_down"]
    merge_question = _(
        "Which category should stay? It gets the stories, the subcategories and the addresses of the others, "
        "which are deleted."
    )

    form = CategoryForm

    class Media:
        js = [Script("js/admin-tabs.js", type="module")]

    def get_search_fields(self, request):
        return language_columns("name")

    def get_queryset(self, request):
        """Order as the tree is read, with the depth of each node."""
        nodes = list(Category.tree(language=get_language()).walk())
        places = [When(pk=node.pk, then=Value(place)) for place, node in enumerate(nodes)]
        depths = [When(pk=node.pk, then=Value(node.depth)) for node in nodes]
        categories = super().get_queryset(request)
        if not nodes:
            return categories
        return categories.annotate(
            place=Case(*places, default=Value(len(nodes)), output_field=IntegerField()),
            depth=Case(*depths, default=Value(0), output_field=IntegerField()),
        ).order_by("place", "pk")

    def get_fieldsets(self, request, obj=None):
        return [
            (_("Category"), {"fields": ["kind", "parent", "position", "is_genre"]}),
            *panels("name", "slug", "description"),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "parent":
            field.queryset = self.get_queryset(request).filter(kind=Category.Kind.REGION)
            field.label_from_instance = lambda node: indented(node.depth, node)
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 3
        if field and db_field.name == "parent":
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    @admin.display(description=_("Category"))
    def place(self, category):
        return format_html(
            '<span class="tree-node tree-node--{}">{}</span>', category.depth, category
        )

    @admin.display(description=_("Languages"))
    def languages(self, category):
        named = [code for code in enabled() if getattr(category, column("name", code))]
        return " ".join(code.upper() for code in named)

    # --- Order ---

    @admin.action(description=_("Move the chosen up by one place"), permissions=["change"])
    def move_up(self, request, queryset):
        self._move(request, queryset, up=True)

    @admin.action(description=_("Move the chosen down by one place"), permissions=["change"])
    def move_down(self, request, queryset):
        self._move(request, queryset, up=False)

    def _move(self, request, queryset, *, up):
        moved = organising.move_categories(queryset, up=up)
        for category in queryset:
            if category.pk in moved:
                self.log_change(request, category, MOVED)

    # --- Merging ---

    def merge_into(self, kept, others):
        organising.merge_categories(others, into=kept)

    def stories_of(self, thing):
        return thing.articles.count()

    # --- Deleting ---

    def ask_or_delete(self, request, object_id, extra_context):
        """Ask where what is in the category goes, and lead its addresses there."""
        category = self.get_object(request, object_id)
        if category is None or not self.has_delete_permission(request, category):
            return super().ask_or_delete(request, object_id, extra_context)
        form = DeletionForm(request.POST or None, category=category)
        if form.is_valid():
            return self._delete(request, category, form.cleaned_data)
        context = self.admin_site.each_context(request) | {
            "title": _("Delete “%s”") % isolated(category),
            "opts": self.opts,
            "form": form,
            "original": category,
        }
        return TemplateResponse(request, "admin/articles/category/delete.html", context)

    def _delete(self, request, category, data):
        name, into = str(category), data["into"]
        self.log_deletions(request, Category.objects.filter(pk=category.pk))
        deleting.delete_category(category, into=into, nowhere=data.get("nowhere"))
        if into:
            messages.success(
                request, _("“%(name)s” is now part of “%(into)s”.") % {"name": name, "into": into}
            )
        else:
            messages.success(request, _("“%s” is deleted.") % name)
        return HttpResponseRedirect(reverse("admin:articles_category_changelist"))
