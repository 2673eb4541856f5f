"""The menu of every page: a list in its order, and a form for each entry."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy as _

from articles.actions import menu
from articles.admin.deleting import SaysConsequences
from articles.admin.forms import MergedForm
from articles.admin.languages import LanguageAdmin, enabled, panels
from articles.admin.widgets import indented
from articles.models import Category, MenuEntry
from newsroom.forms.histories import MOVED
from newsroom.forms.merging import MergingAdmin
from newsroom.languages import LANGUAGES

FIRST = _(
    "The first entry of a language takes the place of all regions and sections in its menu: from then on it holds what "
    "you choose here, and nothing else. “Start from today's menu”, above the list, makes entries of them first."
)


class MenuEntryForm(MergedForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=MenuEntry._meta.get_field("languages").help_text,
    )

    class Meta:
        model = MenuEntry
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            # A language that the site has left is one that somebody chose.
            codes = dict.fromkeys([*enabled(), *self.instance.languages])
            self.fields["languages"].choices = [(code, LANGUAGES[code].name) for code in codes]

    def _get_validation_exclusions(self):
        # All constraints ask for the link; they name no field, as the verb does.
        return super()._get_validation_exclusions() | {"link"}

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            for field, sentence in menu.obstacles(self.instance):
                self.add_error(field, sentence)


@admin.register(MenuEntry)
class MenuEntryAdmin(MergingAdmin, SaysConsequences, LanguageAdmin):
    section, position = "site", 1
    list_display = ["__str__", "leads_to", "shown_in", "position"]
    list_per_page = 200
    ordering = ["position", "pk"]
    sortable_by = []
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    actions = ["move_up", "move_down"]
    form = MenuEntryForm

    class Media:
        js = [Script("js/admin-tabs.js", type="module")]

    def get_queryset(self, request):
        entries = super().get_queryset(request)
        return entries.select_related("category").prefetch_related("page__editions")

    # --- The menu that there is, as entries ---

    def get_urls(self):
        view = self.admin_site.admin_view(self.begin_view)
        return [path("begin/", view, name="articles_menuentry_begin"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        codes = menu.without_entries() if self.has_add_permission(request) else []
        without = {"without_entries": [LANGUAGES[code] for code in codes]}
        return super().changelist_view(request, (extra_context or {}) | without)

    def begin_view(self, request):
        """Let the menu of a language, or of all that have none of their own, begin with what it holds today."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        # Who comes back to this address by hand, or after a login, finds the button in the list.
        if request.method == "POST":
            self._begin(request, request.POST.get("language"))
        return HttpResponseRedirect(reverse("admin:articles_menuentry_changelist"))

    def _begin(self, request, asked):
        if asked and asked not in enabled():
            messages.error(request, _("The site has no such language."))
            return
        made = menu.begin([asked] if asked else enabled())
        for entry in made:
            self.log_addition(request, entry, [{"added": {}}])
        if made:
            messages.success(request, _("The menu has entries now: change what you like."))
        else:
            messages.warning(request, _("No entry was added: the menu had some before."))

    # --- The form ---

    def get_fieldsets(self, request, obj=None):
        return [
            (_("One of these"), {"fields": list(MenuEntry.PLACES), "description": FIRST}),
            *panels("label"),
            (_("Where it stands"), {"fields": ["languages", "position"]}),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "category":
            nodes = Category.tree(language=get_language()).walk()
            field.choices = [("", "---------"), *((n.pk, indented(n.depth, n)) for n in nodes)]
        elif db_field.name == "page":
            field.queryset = field.queryset.prefetch_related("editions")
        return field

    def save_model(self, request, obj, form, change):
        menu.save(obj)

    # --- The list ---

    @admin.display(description=_("leads to"))
    def leads_to(self, entry):
        return entry.link or entry.category or entry.page

    @admin.display(description=_("Languages"))
    def shown_in(self, entry):
        return " ".join(code.upper() for code in entry.languages) or _("All")

    @admin.action(description=_("Move the chosen up by one place"), permissions=["change"])
    def move_up(self, request, queryset):
        self._move(request, queryset, up=True)

    @admin.action(description=_("Move the chosen down by one place"), permissions=["change"])
    def move_down(self, request, queryset):
        self._move(request, queryset, up=False)

    def _move(self, request, queryset, *, up):
        for entry, passed in menu.move(queryset, up=up):
            if passed:
                self.log_change(request, entry, MOVED)
            messages.info(request, menu.told_of_move(entry, passed, up=up))
