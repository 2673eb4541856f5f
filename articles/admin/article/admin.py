"""Stories: the list, and the page on which one is written, illustrated, translated and published."""

from contextlib import nullcontext

import js_asset
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.forms.widgets import Script
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy as _
from reversion.admin import VersionAdmin
from reversion.models import Version

from articles import roles
from articles.actions import restoring, writing
from articles.admin import typed
from articles.admin.article import change_list, revisions, search
from articles.admin.article.body_input import BodyInput
from articles.admin.article.byline import BylineInline
from articles.admin.article.events import Record
from articles.admin.article.forms import ArticleForm, tell_what_is_left_out, warn_of_what_is_gone
from articles.admin.article.history import Histories
from articles.admin.article.panels import (
    panels_of,
    press,
    tell_where_readers_see,
    warn_of_what_is_missing,
)
from articles.admin.article.picker import known_references, stories, words_in
from articles.admin.article.previews import Previews
from articles.admin.article.versions import Choice, Comparison
from articles.admin.bulk.page import ChangesMany
from articles.admin.comment import TakesComments
from articles.admin.correction import TellsCorrections
from articles.admin.deleting import SaysConsequences
from articles.admin.image import ImageUseInline
from articles.admin.languages import (
    PANEL,
    LanguageAdmin,
    enabled,
    panels,
    per_page,
)
from articles.admin.refused import missing
from articles.admin.side_by_side.page import SideBySide
from articles.models import Article
from articles.texts import ARTICLE_TEXTS, column
from newsroom.db import locks
from newsroom.db.among import Among
from newsroom.db.handed import HandedOn
from newsroom.forms import joined
from newsroom.forms.merging import as_saved, opened_with

READ = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

_changed = HandedOn[bool]()
"""Whether a request changes anything of its story."""
_brought_back = HandedOn[str]()
"""The id of the version from which a request brings back a story that was deleted."""
_has_more = HandedOn[bool]()
"""Whether there are more stories with the words that a request looks for than its list holds."""


@admin.register(Article)
class ArticleAdmin(
    SideBySide,
    Previews,
    Histories,
    ChangesMany,
    TakesComments,
    TellsCorrections,
    SaysConsequences,
    LanguageAdmin,
    VersionAdmin,
):
    section, position = "write", 1
    list_filter = [
        change_list.LanguageFilter,
        change_list.StateFilter,
        change_list.GapFilter,
        change_list.MineFilter,
        change_list.RegionFilter,
        change_list.SectionFilter,
        change_list.TagFilter,
        change_list.AuthorFilter,
    ]
    list_display_links = [change_list.headline]
    actions = ["change_many", "open_for_comments", "close_for_comments"]
    ordering = ["-modified_at", "-pk"]
    paginator = change_list.CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    search_help_text = _("Words of a story in any language, or how they begin; tags, authors")

    form = ArticleForm
    inlines = [ImageUseInline, BylineInline]
    change_form_template = "admin/articles/article/change_form.html"
    revision_form_template = "admin/articles/article/revision_form.html"
    recover_form_template = "admin/articles/article/recover_form.html"
    history_latest_first = True
    view_on_site = False

    class Media:
        js = [
            Script(f"js/admin-{name}.js", type="module")
            for name in ("tabs", "image-use", "image-order", "category-tree", "count")
        ]

    # --- The list ---

    @property
    def list_per_page(self):
        return per_page()

    def get_list_display(self, request):
        # Of a writer it hangs on the story which languages are theirs: they are led there by its page.
        leads = request.user.has_perms([roles.CHANGE, roles.PUBLISH])
        states = [change_list.state_column(language, leads=leads) for language in enabled()]
        return [change_list.picture, change_list.headline, *states, change_list.changed]

    def get_search_fields(self, request):
        # For Django to show the box: get_search_results asks no column.
        return ["story_words"]

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        ids, has_more = search.matching(search_term)
        _has_more.put(request, has_more)
        return queryset.filter(pk__in=Among(ids)), False

    def get_changelist(self, request, **kwargs):
        return change_list.StoryList

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
        shared = ["source_language", "categories", "tags"]
        if roles.may_change_what_is_shown(request.user, obj):
            shared.append("related")
        return [*texts, (_("Story"), {"fields": shared})]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002, Django's own
        form = super().get_form(request, obj, change=change, **kwargs)
        form.writable, form.by = roles.writable_languages(request.user, obj), request.user
        return form

    def get_readonly_fields(self, request, obj=None):
        if roles.may_change_what_is_shown(request.user, obj):
            return []
        return ["source_language", "categories", "tags"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        original = getattr(db_field, "translated_field", None)
        if original and original.name == "body":
            kwargs["form_class"] = forms.CharField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and original and original.name == "body":
            field.widget = BodyInput(field.widget.attrs)
        elif field and original and original.name == "title":
            field.widget.attrs["data-count"] = _("Characters: {count} of {longest}")
        elif field and original and original.name == "standfirst":
            field.widget.attrs["rows"] = 3
        return field

    def render_change_form(self, request, context, *args, **kwargs):
        form, article = context["adminform"].form, context["original"]
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        typed.put_back(request, article, form)
        lacking = missing.mark(request, form, formsets)
        by_first_field = {
            line.fields[0]: fieldset
            for fieldset in context["adminform"]
            for line in list(fieldset)[:1]
        }
        titles = [column("title", language) for language in enabled()]
        shown = panels_of(
            article or Article(),
            form=form,
            fieldsets=by_first_field,
            user=request.user,
            lacking=lacking,
        )
        context |= {
            "panels": shown,
            "is_live": any(panel.url for panel in shown),
            "written_in": article.source_language if article else form["source_language"].value(),
            "side_fieldsets": [
                fieldset for name, fieldset in by_first_field.items() if name not in titles
            ],
            "record": Record(article, request.user) if article else None,
            "references": known_references(form),
            "opened": opened_with(form, formsets) if article else "",
            "saved": as_saved(form),
            "show_save_and_add_another": False,
            "pressable": self.has_change_permission(request, article),
            "show_save": self._is_writable(request, article),
            "show_save_and_continue": self._is_writable(request, article),
            # The import map of the editor is the one inline script of the newsroom.
            "media": js_asset.Media.from_media(context["media"], nonce=str(request.csp_nonce)),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_object(self, request, object_id, from_field=None):
        """Hold a story that may be changed until the commit: what is saved is compared with it."""
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method in READ or not connection.in_atomic_block:
            return article
        return Article.objects.select_for_update().filter(pk=article.pk).first()

    def save_model(self, request, obj, form, change):
        """Leave it to save_related, which knows whether anything was changed."""

    def save_related(self, request, form, formsets, change):
        article = form.instance
        if _changed.put(request, self._is_changed(request, form, formsets, change)):
            writing.begin(article)
            super().save_related(request, form, formsets, change)
            writing.save(article, slugs=form.wanted_slugs(), told=form.told())
        joined.tell(request, form, *(row for rows in formsets for row in rows))
        tell_what_is_left_out(request, form)
        warn_of_what_is_gone(request, form)
        done = None
        if "_verb" in request.POST:
            done = press(request, article, form.cleaned_data)
        # As it is after the verb: what has just been withdrawn lacks nothing that readers need.
        warn_of_what_is_missing(request, article)
        typed.keep(request, article, done=done)
        if "_verb" not in request.POST:
            typed.warn_of_unused_moments(request, form)

    @staticmethod
    def _is_changed(request, form, formsets, change):
        """Return whether there is anything to save: a save that changes nothing leaves no trace."""
        is_other = not change or _brought_back.read(request) is not None
        return is_other or bool(form.changed_data) or any(rows.has_changed() for rows in formsets)

    def construct_change_message(self, request, form, formsets, add=False):  # noqa: FBT002, Django's own
        return (
            super().construct_change_message(request, form, formsets, add)
            if _changed.read(request)
            else []
        )

    def log_change(self, request, obj, message):
        return super().log_change(request, obj, message) if message else None

    def response_add(self, request, obj, post_url_continue=None):
        return self._back_to(obj, request) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        is_changed = _changed.read(request)
        if is_changed and "_verb" not in request.POST:
            tell_where_readers_see(request, obj)
        if "_verb" in request.POST or is_changed:
            return self._back_to(obj, request) or super().response_change(request, obj)
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def _back_to(self, article, request):
        """Return to the story after a verb, so that its new state is seen."""
        if "_verb" in request.POST:
            return HttpResponseRedirect(missing.page(request, article))
        return None

    # --- Permissions ---

    def _is_writable(self, request, article):
        """Return whether the page has anything to write in."""
        if article and not self.has_change_permission(request, article):
            return False
        writable = roles.writable_languages(request.user, article)
        shared = roles.may_change_what_is_shown(request.user, article)
        return shared or not set(writable).isdisjoint(enabled())

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or roles.may_change(request.user, obj))

    # --- Versions ---

    def create_revision(self, request):
        # Reading makes no revision; on SQLite it would also hold up everybody who writes.
        return nullcontext() if request.method in READ else locks.writing(by=request.user)

    def revision_view(self, request, object_id, version_id, extra_context=None):
        """Show an older version beside the story of today, or go back to parts of it."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        is_allowed = request.method in READ or roles.may_go_back(request.user, article)
        if not (is_allowed and self.has_view_permission(request, article)):
            raise PermissionDenied
        version = get_object_or_404(Version.objects.get_for_object(article), pk=version_id)
        if request.method == "POST":
            return self._go_back(request, article, version)
        return self._show_version(request, article, version)

    def _show_version(self, request, article, version):
        comparison = Comparison(article, version)
        _tell_of_lost(request, comparison.lost)
        context = self.admin_site.each_context(request) | {
            "title": _("As it was on %(moment)s") % {"moment": revisions.in_words_of(version)},
            "opts": self.opts,
            "original": article,
            "comparison": comparison,
            "may_go_back": roles.may_go_back(request.user, article),
        }
        return TemplateResponse(request, self.revision_form_template, context)

    def _go_back(self, request, article, version):
        choice = Choice.of(request.POST)
        if choice.is_empty:
            messages.error(request, _("Choose at least one language."))
            return HttpResponseRedirect(request.get_full_path())
        words = {"moment": revisions.in_words_of(version), "parts": ", ".join(choice.names)}
        sentence = gettext("As on %(moment)s again: %(parts)s.") % words
        told = {"by": request.user, "comment": sentence}
        try:
            lost = restoring.go_back(article, version, **vars(choice), **told)
        except restoring.RestoringError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(request.get_full_path())
        if lost is None:
            messages.info(request, _("Nothing was changed, so nothing was saved."))
            return HttpResponseRedirect(self._address(article))
        _tell_of_lost(request, lost)
        self.log_change(request, article, sentence)
        messages.success(request, sentence)
        warn_of_what_is_missing(request, article)
        return HttpResponseRedirect(self._address(article))

    @staticmethod
    def _address(article):
        return reverse("admin:articles_article_change", args=[article.pk])

    def changelist_view(self, request, extra_context=None):
        # Read by the template of the list for one thing: the link to the deleted stories.
        shown = {"has_change_permission": roles.may_recover(request.user)}
        response = super().changelist_view(request, shown | (extra_context or {}))
        if _has_more.read(request):
            sentence = _("More stories have these words: here are the %d that were changed last.")
            messages.info(request, sentence % search.REACHED)
        return response

    def recoverlist_view(self, request, extra_context=None):
        if not roles.may_recover(request.user):
            raise PermissionDenied
        return super().recoverlist_view(request, extra_context)

    def recover_view(self, request, version_id, extra_context=None):
        if not roles.may_recover(request.user):
            raise PermissionDenied
        _brought_back.put(request, version_id)
        return super().recover_view(request, version_id, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if version := _brought_back.read(request):
            # The rows of that version stand in the database by now, those without another end too.
            _tell_of_lost(request, restoring.let_go(Version.objects.get(pk=version)))
        return super().changeform_view(request, object_id, form_url, extra_context)


def _tell_of_lost(request, lost):
    if lost:
        sentence = _("This no longer exists, so it is not brought back: %s.")
        messages.warning(request, sentence % ", ".join(lost))
