"""Tags: a concept with a label per language and every spelling that means it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.actions import organising
from articles.admin.deleting import SaysConsequences
from articles.admin.forms import MergedForm
from articles.admin.languages import LanguageAdmin, PlainTexts, enabled, lines
from articles.admin.merging import MergeAdmin
from articles.models import Tag, TagAlias
from articles.texts import text
from newsroom.forms.merging import MergingAdmin

SUGGESTED = 20


class TagForm(MergedForm):
    """A tag. What resembles another tag is asked about once: it may be the same, or another word."""

    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Tag
        fields = "__all__"

    def clean(self):
        data = super().clean()
        typed = {name: data.get(name) for name in self.changed_data if self._is_spelling(name)}
        asked = " ".join(TagAlias.key_of(words) for words in typed.values() if words)
        if asked and asked != data.get("asked"):
            for name, words in typed.items():
                self._ask(name, words)
            if self.errors:
                self.data = self.data.copy()
                self.data["asked"] = asked
        return data

    @staticmethod
    def _is_spelling(name):
        return name == "name" or (name.startswith("label_") and "slug" not in name)

    def _ask(self, name, words):
        alike = Tag.objects.resembling(words or "").exclude(pk=self.instance.pk)
        if other := alike.order_by("name").first():
            message = _(
                "“%(words)s” resembles the tag “%(tag)s”. Use that tag, or save again to keep both."
            )
            words = {"words": words, "tag": other.name}
            self.add_error(name, forms.ValidationError(message, "resembles", words))
            # It is asked about, not wrong: what else is checked must find it.
            self.cleaned_data[name] = words["words"]


class Spellings(forms.BaseInlineFormSet):
    """New spellings, of which one that the tag has already is passed over, and those that are taken away."""

    def save_new(self, form, commit=True):  # noqa: FBT002, Django's own
        words = form.cleaned_data["text"]
        organising.learn(self.instance, words)
        return TagAlias.objects.get(key=TagAlias.key_of(words))

    def delete_existing(self, obj, commit=True):  # noqa: FBT002, Django's own
        organising.forget(self.instance, obj)


class TagAliasInline(PlainTexts, admin.StackedInline):
    model = TagAlias
    formset = Spellings
    extra = 2
    classes = ["spellings"]
    fields = ["text"]

    def has_change_permission(self, request, obj=None):
        # A spelling is added or taken away; changing one would make it another.
        return False


@admin.register(Tag)
class TagAdmin(MergingAdmin, MergeAdmin, SaysConsequences, LanguageAdmin):
    section, position = "organise", 2
    list_display = ["name", "labels", "spellings", "used"]
    list_per_page = 100
    ordering = ["name"]
    search_fields = ["name", "aliases__text"]
    search_help_text = _("Any spelling, in any language")
    show_full_result_count = False
    merge_question = _(
        "Which tag should stay? It gets the stories, the spellings and the addresses of the others, "
        "which are deleted."
    )

    form = TagForm
    inlines = [TagAliasInline]

    def get_urls(self):
        view = self.admin_site.admin_view(self.words_view)
        return [path("words/", view, name="articles_tag_words"), *super().get_urls()]

    def words_view(self, request):
        """Answer the tag field: tags by a part of any spelling, keyed by name.

        The one that the words mean comes first, then those that resemble them, then those that begin
        with them: "us" is a part of more words than there is room for.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        term = request.GET.get("term", "")
        key, folded = TagAlias.key_of(term), TagAlias.folded_of(term)
        spellings = TagAlias.objects.filter(tag=OuterRef("pk"))
        tags = (
            Tag.objects.filter(Exists(spellings.filter(folded__contains=folded)))
            .annotate(
                exact=Exists(spellings.filter(key=key)),
                alike=Exists(spellings.filter(folded=folded)),
                begins=Exists(spellings.filter(folded__startswith=folded)),
            )
            .order_by("-exact", "-alike", "-begins", "name")[:SUGGESTED]
        )
        results = [
            {
                "id": tag.name,
                "name": tag.name,
                "text": " · ".join(dict.fromkeys(tag.spellings())),
                "exact": tag.exact,
            }
            for tag in tags
        ]
        return JsonResponse({"results": results, "pagination": {"more": False}})

    def get_search_results(self, request, queryset, search_term):
        """Find tags by a part of any spelling, without regard to accents."""
        if not (folded := TagAlias.folded_of(search_term)):
            return super().get_search_results(request, queryset, search_term)
        spellings = TagAlias.objects.filter(tag=OuterRef("pk"), folded__contains=folded)
        return queryset.filter(Exists(spellings)), False

    def get_queryset(self, request):
        spellings = Prefetch("aliases", TagAlias.objects.order_by("text"))
        tags = super().get_queryset(request).prefetch_related(spellings)
        return tags.annotate(uses_count=Count("items", distinct=True))

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": [("name", "slug"), "kind", "asked"]}),
            (_("What readers see"), {"fields": lines("label", "label_slug")}),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"slug", "kind"}:
            field.required = False  # Tag.save makes it from the name; a kind has a default
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

    def merge_into(self, kept, others):
        organising.merge_tags(others, into=kept)

    def stories_of(self, thing):
        return thing.uses_count
