"""Stories: the list, and the page on which one is written, illustrated, translated and published."""

from contextlib import nullcontext

import js_asset
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.forms.widgets import Script
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _, ngettext
from reversion.admin import VersionAdmin
from reversion.models import Version

from articles import body, roles, turns, writing
from articles.admin import columns, typed
from articles.admin.byline import BylineInline
from articles.admin.edition import panels_of, press, warn_of_what_is_missing
from articles.admin.forms import ArticleForm
from articles.admin.going_back import Present
from articles.admin.image import ImageUseInline
from articles.admin.languages import PANEL, LanguageAdmin, enabled, language_columns, panels
from articles.admin.library import known_references, stories, words_in
from articles.admin.lost import let_go
from articles.admin.record import Record
from articles.admin.widgets import BodyInput
from articles.models import Article
from articles.texts import ARTICLE_TEXTS, column
from newsroom.languages import LANGUAGES
from newsroom.merging import opened_with

READ = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@admin.register(Article)
class ArticleAdmin(LanguageAdmin, VersionAdmin):
    list_filter = [
        columns.LanguageFilter,
        columns.StateFilter,
        columns.GapFilter,
        columns.CategoryFilter,
    ]
    list_display_links = [columns.headline]
    list_per_page = 50
    ordering = ["-modified_at", "-pk"]
    paginator = columns.CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    search_help_text = _("Words of a headline, in any language")

    form = ArticleForm
    inlines = [ImageUseInline, BylineInline]
    change_form_template = "admin/articles/article/change_form.html"
    revision_form_template = "admin/articles/article/revision_form.html"
    recover_form_template = "admin/articles/article/recover_form.html"
    history_latest_first = True
    view_on_site = False

    class Media:
        js = [
            Script("js/admin-tabs.js", type="module"),
            Script("js/admin-image-use.js", type="module"),
            Script("js/admin-category-tree.js", type="module"),
            Script("js/admin-unsaved.js", type="module"),
        ]

    # --- The list ---

    def get_list_display(self, request):
        states = [columns.state_column(language) for language in enabled()]
        return [columns.picture, columns.headline, *states, columns.changed]

    def get_search_fields(self, request):
        return language_columns("title")

    def get_changelist(self, request, **kwargs):
        return columns.StoryList

    # --- The page of a story ---

    def get_urls(self):
        view = self.admin_site.admin_view(self.library_view)
        return [path("library/", view, name="articles_article_library"), *super().get_urls()]

    def library_view(self, request):
        """Answer the editor's search for a story to link to, as JSON."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        language = request.GET.get("language", "")
        return JsonResponse({"results": stories(words_in(request), language=language)})

    def get_fieldsets(self, request, obj=None):
        writable = roles.writable_languages(request.user, obj)
        texts = [
            (name, {"fields": [*options["fields"], f"slug_{language}"], "classes": [PANEL]})
            for language, (name, options) in zip(enabled(), panels(*ARTICLE_TEXTS), strict=True)
            if language in writable
        ]
        return [*texts, (_("Story"), {"fields": ["source_language", "categories", "tags"]})]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002, Django's own
        form = super().get_form(request, obj, change=change, **kwargs)
        form.writable = roles.writable_languages(request.user, obj)
        return form

    def get_readonly_fields(self, request, obj=None):
        if roles.may_change_what_is_shown(request.user, obj):
            return []
        return ["source_language", "categories", "tags"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        original = getattr(db_field, "translated_field", None)
        if field and original and original.name == "body":
            field.widget = BodyInput(field.widget.attrs)
        elif field and original and original.name == "standfirst":
            field.widget.attrs["rows"] = 3
        return field

    def render_change_form(self, request, context, *args, **kwargs):
        form, article = context["adminform"].form, context["original"]
        formsets = [each.formset for each in context["inline_admin_formsets"]]
        typed.put_back(request, article, form)
        by_first_field = {
            line.fields[0]: fieldset
            for fieldset in context["adminform"]
            for line in list(fieldset)[:1]
        }
        titles = [column("title", language) for language in enabled()]
        context |= {
            "panels": panels_of(
                article or Article(), form=form, fieldsets=by_first_field, user=request.user
            ),
            "side_fieldsets": [
                fieldset for name, fieldset in by_first_field.items() if name not in titles
            ],
            "record": Record(article) if article else None,
            "references": known_references(form),
            "opened": opened_with(form, formsets) if article else "",
            "show_save_and_add_another": False,
            "pressable": not self._goes_back(request)
            and self.has_change_permission(request, article),
            # The import map of the editor is the one inline script of the newsroom.
            "media": js_asset.Media.from_media(context["media"], nonce=str(request.csp_nonce)),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_object(self, request, object_id, from_field=None):
        """Hold a story that may be changed until the commit: what is saved is compared with it."""
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method in READ or not connection.in_atomic_block:
            return article
        turns.take()  # before the row: the owner of the turn may need it
        return Article.objects.select_for_update().filter(pk=article.pk).first()

    def save_model(self, request, obj, form, change):
        """Leave it to save_related, which knows whether anything was changed."""

    def save_related(self, request, form, formsets, change):
        article = form.instance
        request.is_changed = self._is_changed(request, form, formsets, change)
        if request.is_changed:
            article.save()
            super().save_related(request, form, formsets, change)
            writing.settle(article, slugs=form.wanted_slugs())
        warn_of_what_is_missing(request, article)
        _tell_what_is_left_out(request, form)
        _warn_of_lost_categories(request, form.fields.get("categories"))
        if self._goes_back(request):
            return
        done = None
        if "_verb" in request.POST:
            done = press(request, article, form.cleaned_data)
        if {"_verb", "_continue"} & request.POST.keys():
            typed.keep(request, article, done=done)

    @staticmethod
    def _is_changed(request, form, formsets, change):
        """Return whether there is anything to save: a save that changes nothing leaves no trace."""
        is_other = not change or hasattr(request, "brings_back")
        return is_other or bool(form.changed_data) or any(rows.has_changed() for rows in formsets)

    def construct_change_message(self, request, form, formsets, add=False):  # noqa: FBT002, Django's own
        return (
            super().construct_change_message(request, form, formsets, add)
            if request.is_changed
            else []
        )

    def log_change(self, request, obj, message):
        return super().log_change(request, obj, message) if message else None

    def response_add(self, request, obj, post_url_continue=None):
        return self._back_to(obj, request) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if "_verb" in request.POST or request.is_changed:
            return self._back_to(obj, request) or super().response_change(request, obj)
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def _back_to(self, article, request):
        """Return to the story after a verb, so that its new state is seen."""
        if "_verb" in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        return None

    # --- Permissions ---

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or roles.may_change(request.user, obj))

    # --- Versions ---

    def create_revision(self, request):
        # Reading makes no revision; on SQLite it would also hold up everybody who writes.
        return nullcontext() if request.method in READ else super().create_revision(request)

    def revision_view(self, request, object_id, version_id, extra_context=None):
        """Show an older text, or go back to it. The state of each language stays as it is.

        So does the text of one that did not exist then: see going_back.py.
        """
        article = self.get_object(request, object_id)
        if article and not roles.may_change_what_is_shown(request.user, article):
            raise PermissionDenied
        request.goes_back = Present(article) if article else None
        request.brings_back = version_id
        with transaction.atomic():
            return super().revision_view(request, object_id, version_id, extra_context)

    def recover_view(self, request, version_id, extra_context=None):
        request.brings_back = version_id
        return super().recover_view(request, version_id, extra_context)

    @staticmethod
    def _goes_back(request):
        """Return whether this request shows or takes an older version."""
        return hasattr(request, "goes_back")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if version := getattr(request, "brings_back", None):
            # The rows of that version stand in the database by now, those without another end too.
            lost = let_go(Version.objects.get(pk=version))
            if lost:
                sentence = _("This no longer exists, so it is not brought back: %s.")
                messages.warning(request, sentence % ", ".join(lost))
        if present := getattr(request, "goes_back", None):
            present.put_back()
        return super().changeform_view(request, object_id, form_url, extra_context)


def _warn_of_lost_categories(request, field):
    """Tell of categories that somebody deleted while they were ticked: the story is saved without them."""
    if lost := getattr(field, "lost", 0):
        sentence = ngettext(
            "%d category that was ticked here has been deleted meanwhile: the story is saved without it.",
            "%d categories that were ticked here have been deleted meanwhile: the story is saved without them.",
            lost,
        )
        messages.warning(request, sentence % lost)


def _tell_what_is_left_out(request, form):
    """Tell what of a body that was sent is not stored, a message for each kind and language."""
    for language in form.languages():
        for note in body.clean(form[column("body", language)].data).notes:
            messages.warning(request, f"{LANGUAGES[language]}: {note}")
