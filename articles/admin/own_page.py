"""The site's own pages: words, address and state in every language, and their older versions."""

from contextlib import nullcontext
from functools import cache

import js_asset
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from reversion.admin import VersionAdmin
from reversion.models import Version

from articles import body, roles
from articles.actions import own_pages, skeletons
from articles.admin.article.body_input import BodyInput
from articles.admin.article.picker import known_references
from articles.admin.article.revisions import in_words_of
from articles.admin.article.versions import Part, differences, emptied
from articles.admin.deleting import SaysConsequences
from articles.admin.forms import MergedForm
from articles.admin.languages import (
    PANEL,
    PlainTexts,
    enabled,
    label_in,
    writing_in,
)
from articles.admin.widgets import PlainField, SlugField
from articles.models import OwnPage, OwnPageEdition
from articles.texts import column, columns
from newsroom.db import locks
from newsroom.forms.histories import HistoryOfReader
from newsroom.forms.merging import as_saved, opened_with, with_plain_line_ends
from newsroom.forms.sent_once import SentOnce
from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.languages import LANGUAGES

READ = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN = ("title", "slug", "body", "is_published")
"""What a page has for one language alone: the fields of an OwnPageEdition."""


class OwnPageForm(MergedForm):
    """A page with every language of the site; `editions` are its OwnPageEditions as the form has them."""

    class Meta:
        model = OwnPage
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        page = kwargs.get("instance") or OwnPage()
        self.rows = {code: own_pages.edition_of(page, code) for code in enabled()}
        began = {
            column(name, code): getattr(row, name)
            for code, row in self.rows.items()
            for name in OWN
        }
        super().__init__(*args, **kwargs | {"initial": began | (kwargs.get("initial") or {})})

    def row_of(self, name):
        """What a page has for one language stands in the row of that."""
        for code, row in self.rows.items():
            if name in columns(OWN, code):
                return row, name.removesuffix(column("", code))
        return super().row_of(name)

    def typed(self, name):
        """Take a body as it would be stored: an editor may have written the same in other words."""
        value = super().typed(name)
        return _stored(name, value) if _is_body(name) and value != self.saved(name) else value

    def shown(self, name, value):
        # Cleaned, as every body that is shown.
        return mark_safe(_stored(name, value)) if _is_body(name) else super().shown(name, value)  # noqa: S308

    def _post_clean(self):
        super()._post_clean()
        for edition in self.editions:
            for field, sentence in own_pages.obstacles(self.instance, edition):
                self.add_error(column(field, edition.language), sentence)

    @property
    def editions(self):
        """The editions of which the form holds everything, those that lack a slug with that of their title."""
        editions = []
        for code, row in self.rows.items():
            values = {name: self.cleaned_data.get(column(name, code)) for name in OWN}
            if None not in values.values():
                for name, value in values.items():
                    setattr(row, name, value)
                row.body = with_plain_line_ends(row.body)
                row.clean_body()
                own_pages.name(row)
                editions.append(row)
        return editions


def columns_of(field):
    """Return the names of the fields that hold this one of each language, with its code."""
    return {column(field, code): code for code in enabled()}


def _is_body(name):
    return name in columns_of("body")


def _stored(name, html):
    return body.clean(html, language=columns_of("body")[name]).html


def _fields(language):
    """Return the fields of a language's panel."""

    def label(words):
        return label_in(words, language)

    line = {"class": "vTextField", **writing_in(language)}
    names = columns(OWN, language)
    title, slug, text, published = names
    return {
        title: PlainField(
            label=label(gettext_lazy("Title")),
            max_length=200,
            required=False,
            widget=forms.TextInput(line),
        ),
        slug: SlugField(
            language=language,
            label=label(gettext_lazy("Slug")),
            max_length=100,
            required=False,
            help_text=gettext_lazy(
                "The last part of the address. Leave empty to make it from the title."
            ),
            widget=forms.TextInput(line),
        ),
        text: forms.CharField(
            label=label(gettext_lazy("Body")),
            required=False,
            widget=BodyInput(writing_in(language), has_pictures=False),
        ),
        published: forms.BooleanField(
            label=label(pgettext_lazy("state", "Published")),
            required=False,
            help_text=gettext_lazy("Readers of this language see it."),
        ),
    }


@cache
def form_in(codes):
    """Return the form for these languages, those of the site."""
    fields = {name: field for code in codes for name, field in _fields(code).items()}
    return type("OwnPageForm", (OwnPageForm,), fields)


def _skeletons():
    """Return (address of the form, name) of each kind that a new page can begin with the questions of."""
    there = set(OwnPage.objects.values_list("kind", flat=True))
    address = reverse("admin:articles_ownpage_add")
    return [
        (f"{address}?kind={kind.value}", kind.label)
        for kind in skeletons.QUESTIONS
        if kind not in there
    ]


def compared(page, version):
    """Return a Part for each language in which a version says something else than the page of today."""
    labels, then = {"title": _("Title"), "body": _("Body")}, own_pages.words_of(version)
    parts = []
    for code in (code for code in enabled() if code in then):
        row = own_pages.edition_of(page, code)
        now = {name: (labels[name], getattr(row, name)) for name in own_pages.WORDS}
        other = {name: (labels[name], then[code][name]) for name in own_pages.WORDS}
        changes, lost = differences(now, other), emptied(now, other) if row.is_published else ()
        parts.append(Part(code, LANGUAGES[code].name, False, changes, lost))  # noqa: FBT003, whether it is ticked
    return [part for part in parts if part.differences]


@admin.register(OwnPage)
class OwnPageAdmin(
    HistoryOfReader, PlainTexts, ShowsUnsaved, SentOnce, SaysConsequences, VersionAdmin
):
    section, position = "site", 2
    list_display = ["__str__", "kind", "languages", "in_foot", "position"]
    list_per_page = 100
    ordering = ["position", "pk"]
    search_fields = ["editions__title"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    view_on_site = False
    history_latest_first = True

    change_form_template = "admin/articles/ownpage/change_form.html"
    revision_form_template = "admin/articles/article/revision_form.html"

    class Media:
        js = [Script("js/admin-tabs.js", type="module")]

    def get_queryset(self, request):
        rows = OwnPageEdition.objects.defer("body")
        return super().get_queryset(request).prefetch_related(Prefetch("editions", rows))

    # --- The form ---

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": ["kind", ("in_foot", "position")]}),
            *(
                (LANGUAGES[code].name, {"fields": columns(OWN, code), "classes": [PANEL]})
                for code in enabled()
            ),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002, Django's own
        form = super().get_form(
            request, obj, change=change, **kwargs | {"form": form_in(tuple(enabled()))}
        )
        form.by = request.user
        if not roles.may_publish_pages(request.user):
            for name in columns_of("is_published"):
                form.base_fields[name].disabled = True
        return form

    def get_changeform_initial_data(self, request):
        given = super().get_changeform_initial_data(request)
        begun = {
            column(name, code): words(given.get("kind"), language=code)
            for name, words in (("title", skeletons.title), ("body", skeletons.body))
            for code in enabled()
        }
        return begun | given

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        context |= {
            "skeletons": [] if context["original"] else _skeletons(),
            "opened": opened_with(form) if context["original"] else "",
            "saved": as_saved(form),
            "references": known_references(form),
            "seen": [
                (code, LANGUAGES[code].name, row.url)
                for code, row in form.rows.items()
                if row.pk and OwnPageEdition.objects.live(language=code).filter(pk=row.pk).exists()
            ]
            if hasattr(form, "rows")
            else [],
            # The import map of the editor is the one inline script of the newsroom.
            "media": js_asset.Media.from_media(context["media"], nonce=str(request.csp_nonce)),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def create_revision(self, request):
        # Reading makes no revision; what the form compares is still so when it is saved.
        return nullcontext() if request.method in READ else locks.writing(by=request.user)

    def save_model(self, request, obj, form, change):
        own_pages.save(obj, by=request.user, editions=form.editions)
        _tell_what_is_left_out(request, form)

    # --- Versions ---

    def revision_view(self, request, object_id, version_id, extra_context=None):
        """Show an older version beside the page of today, or go back to its words in some languages."""
        page = self.get_object(request, unquote(object_id))
        if page is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        may = self.has_change_permission(request, page)
        if not (may or (request.method in READ and self.has_view_permission(request, page))):
            raise PermissionDenied
        version = get_object_or_404(Version.objects.get_for_object(page), pk=version_id)
        if request.method == "POST":
            return self._go_back(request, page, version)
        context = self.admin_site.each_context(request) | {
            "title": _("As it was on %(moment)s") % {"moment": in_words_of(version)},
            "opts": self.opts,
            "original": page,
            "comparison": {"parts": compared(page, version)},
            "may_go_back": may,
        }
        return TemplateResponse(request, self.revision_form_template, context)

    def _go_back(self, request, page, version):
        languages = [code for code in enabled() if code in request.POST.getlist("part")]
        if not languages:
            messages.error(request, _("Choose at least one language."))
            return HttpResponseRedirect(request.get_full_path())
        names = ", ".join(LANGUAGES[code].name for code in languages)
        words = {"moment": in_words_of(version), "parts": names}
        sentence = _("As on %(moment)s again: %(parts)s.") % words
        told = {"languages": languages, "by": request.user, "comment": sentence}
        if own_pages.go_back(page, version, **told):
            self.log_change(request, page, sentence)
            messages.success(request, sentence)
        else:
            messages.info(request, _("Nothing was changed, so nothing was saved."))
        return HttpResponseRedirect(reverse("admin:articles_ownpage_change", args=[page.pk]))

    # --- What is shown ---

    @admin.display(description=gettext_lazy("Languages"))
    def languages(self, page):
        live = {row.language for row in page.editions.all() if row.is_published}
        return " ".join(code.upper() for code in enabled() if code in live)


def _tell_what_is_left_out(request, form):
    """Tell what of a text that was sent is not stored, a message for each kind and language."""
    for code in enabled():
        cleaned = body.clean(form[column("body", code)].data, language=code)
        for note in cleaned.notes:
            messages.warning(request, f"{LANGUAGES[code].name}: {note}")
        if cleaned.body.references.images:
            sentence = _("%(language)s: pictures are left out, they belong to stories.")
            messages.warning(request, sentence % {"language": LANGUAGES[code].name})
