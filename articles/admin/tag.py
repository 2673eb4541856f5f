"""Tags: a concept with a label per language and every spelling that means it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles import merging
from articles.admin.languages import LanguageAdmin, enabled, lines
from articles.admin.widgets import NewsroomForm
from articles.models import Tag, TagAlias
from articles.texts import fold, text

SUGGESTED = 20


class Spellings(forms.BaseInlineFormSet):
    """New spellings; one that the tag has already is passed over."""

    def save_new(self, form, commit=True):  # noqa: FBT002, Django's own
        words = form.cleaned_data["text"]
        self.instance.learn(words)
        return TagAlias.objects.get(key=TagAlias.key_of(words))


class TagAliasInline(admin.StackedInline):
    model = TagAlias
    formset = Spellings
    extra = 2
    classes = ["spellings"]
    fields = ["text"]

    def has_change_permission(self, request, obj=None):
        # A spelling is added or taken away; changing one would make it another.
        return False


@admin.register(Tag)
class TagAdmin(LanguageAdmin):
    list_display = ["name", "labels", "spellings", "used"]
    list_per_page = 100
    ordering = ["name"]
    search_fields = ["name", "aliases__text"]
    search_help_text = _("Any spelling, in any language")
    show_full_result_count = False
    actions = ["merge"]

    form = NewsroomForm
    inlines = [TagAliasInline]

    def get_urls(self):
        view = self.admin_site.admin_view(self.words_view)
        return [path("words/", view, name="articles_tag_words"), *super().get_urls()]

    def words_view(self, request):
        """Answer the tag field: tags by a part of any spelling, keyed by name.

        The one that the words mean comes first, then those that begin with them: "us" is a part of
        more words than there is room for.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = fold(request.GET.get("term", ""))
        spellings = TagAlias.objects.filter(tag=OuterRef("pk"))
        found = (
            Tag.objects.filter(Exists(spellings.filter(key__contains=key)))
            .annotate(
                exact=Exists(spellings.filter(key=key)),
                begins=Exists(spellings.filter(key__startswith=key)),
            )
            .order_by("-exact", "-begins", "name")[:SUGGESTED]
        )
        results = [
            {
                "id": tag.name,
                "name": tag.name,
                "text": " · ".join(dict.fromkeys(tag.spellings())),
                "exact": tag.exact,
            }
            for tag in found
        ]
        return JsonResponse({"results": results, "pagination": {"more": False}})

    def get_queryset(self, request):
        spellings = Prefetch("aliases", TagAlias.objects.order_by("text"))
        found = super().get_queryset(request).prefetch_related(spellings)
        return found.annotate(uses_count=Count("items", distinct=True))

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": [("name", "slug")]}),
            (_("What readers see"), {"fields": lines("label", "label_slug")}),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            field.required = False  # Tag.save makes it from the name
        return field

    @admin.display(description=_("Labels"))
    def labels(self, tag):
        return " · ".join(filter(None, (text(tag, "label", code) for code in enabled())))

    @admin.display(description=_("Spellings"))
    def spellings(self, tag):
        return ", ".join(alias.text for alias in tag.aliases.all())

    @admin.display(description=_("Stories"), ordering="uses_count")
    def used(self, tag):
        return tag.uses_count

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for words in form.instance.spellings():
            # The name and the labels mean the tag, even when their spelling was taken away.
            form.instance.learn(words)

    @admin.action(description=_("Merge the chosen tags into one"), permissions=["change", "delete"])
    def merge(self, request, queryset):
        """Ask which of the tags to keep, then give it the stories and spellings of the others."""
        tags = list(queryset.order_by("name"))
        kept = next((tag for tag in tags if str(tag.pk) == request.POST.get("keep")), None)
        if len(tags) < 2:
            messages.error(request, _("Choose two tags or more."))
            return None
        if kept is None:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Merge tags"),
                "opts": self.opts,
                "tags": tags,
            }
            return TemplateResponse(request, "admin/articles/tag/merge.html", context)
        merging.merge_tags([tag for tag in tags if tag != kept], into=kept)
        messages.success(request, _("Merged into “%s”.") % kept.name)
        return HttpResponseRedirect(request.get_full_path())
