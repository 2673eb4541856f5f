"""Authors: what each is called and says of itself in every language, and whose login writes as it."""

from collections import Counter

from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.db.models import Count
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import roles
from articles.actions import organising
from articles.admin.author.colleague import InvitesColleagues
from articles.admin.deleting import SaysConsequences
from articles.admin.forms import MergedForm
from articles.admin.languages import LanguageAdmin, enabled, language_columns, panels
from articles.admin.merging import MergeAdmin
from articles.models import Author
from articles.texts import column
from newsroom.forms.merging import MergingAdmin


def author_page(author):
    return reverse("admin:articles_author_change", args=[author.pk])


def with_slug(author):
    return f"{author} ({author.slug})"


class AuthorForm(MergedForm):
    class Meta:
        model = Author
        fields = "__all__"

    def clean(self):
        data = super().clean()
        names = [column("name", language) for language in enabled()]
        if not any(data.get(name) for name in names):
            name = column("name", settings.LANGUAGE_CODE)
            self.add_error(name, _("Give the name in one language at least."))
        return data


@admin.register(Author)
class AuthorAdmin(InvitesColleagues, MergingAdmin, MergeAdmin, SaysConsequences, LanguageAdmin):
    section, position = "organise", 3
    list_display = ["__str__", "slug", "kind", "credits"]
    list_filter = ["kind"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    merge_question = _(
        "Which author should stay? It gets the credits, the login and the addresses of the others, "
        "which are deleted."
    )

    form = AuthorForm

    class Media:
        js = [Script("js/admin-tabs.js", type="module")]

    def get_ordering(self, request):
        return [column("name", settings.LANGUAGE_CODE), "pk"]

    def get_search_fields(self, request):
        return language_columns("name")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(credited=Count("bylines"))

    def get_fieldsets(self, request, obj=None):
        login = ["user"] if roles.may_give_logins(request.user) else []
        return [*panels("name", "bio"), (_("Author"), {"fields": ["kind", "slug", *login]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 5
        return field

    @admin.display(description=_("Credits"), ordering="credited")
    def credits(self, author):
        return author.credited

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if {column("name", language) for language in enabled()} & {*form.changed_data}:
            self._tell_namesakes(request, obj)

    def named(self, authors):
        """Return the words by which a list offers authors, by id: of those who share a name with the part of the address that they have alone."""
        names = {author.pk: str(author) for author in authors}
        others = Author.objects.called(set(names.values()), languages=enabled())
        number = Counter(map(str, others)) if names else {}
        return {
            author.pk: with_slug(author) if number[names[author.pk]] > 1 else names[author.pk]
            for author in authors
        }

    def _tell_namesakes(self, request, author):
        """Say which others have a name of this author: in a byline nobody could tell them apart."""
        for other in Author.objects.namesakes(author, languages=enabled()):
            words = _(
                "Another author has this name, too: {}. Merge the two in the list, or give one another name."
            )
            link = format_html('<a href="{}">{}</a>', author_page(other), with_slug(other))
            messages.warning(request, format_html(words, link))

    def merge_into(self, kept, others):
        organising.merge_authors(others, into=kept)

    def stories_of(self, thing):
        return thing.bylines.values("article").distinct().count()
