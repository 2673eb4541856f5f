"""Promotions: what is shown in a place of the site, in each language, and for how long."""

from datetime import UTC
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.widgets import Script
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from articles.actions import promoting
from articles.admin.article.panels import in_words
from articles.admin.deleting import SaysConsequences
from articles.admin.forms import MergedForm
from articles.admin.languages import PANEL, LanguageAdmin, enabled, label_in, language_columns
from articles.admin.widgets import indented
from articles.models import Category, Image, Origin, Promotion, PromotionEdition
from articles.pages import promotion as promotions
from articles.texts import columns, text
from articles.views.preview import preview
from newsroom import moments
from newsroom.forms.merging import MergingAdmin
from newsroom.forms.widgets import MinuteInput, MomentField, MomentInput
from newsroom.languages import LANGUAGES, with_columns
from newsroom.site import reading

OWN = ("is_published", "image", "link")
"""What a promotion has for one language alone: the fields of a PromotionEdition."""


class WallClockField(forms.DateTimeField):
    """A moment as a clock on the wall there shows it. Its value is what the clock in Greenwich shows then."""

    widget = MinuteInput

    def prepare_value(self, value):
        with timezone.override(UTC):
            return super().prepare_value(value)

    def to_python(self, value):
        with timezone.override(UTC):
            return super().to_python(value)


def _zones():
    return moments.zones(_("Here (%s)") % reading.zone())


def _panel_fields(language):
    """Return the fields of a language's panel that are not the promotion's own."""
    picture = AutocompleteSelect(PromotionEdition._meta.get_field("image"), admin.site)
    return {
        f"image_{language}": forms.ModelChoiceField(
            label=label_in(gettext_lazy("Another picture"), language),
            queryset=Image.objects.all(),
            required=False,
            widget=picture,
            help_text=gettext_lazy("A poster with words in this language, say."),
        ),
        f"link_{language}": PromotionEdition._meta.get_field("link").formfield(
            label=label_in(gettext_lazy("Another link"), language),
            widget=forms.URLInput({"class": "vURLField"}),
        ),
        f"is_published_{language}": forms.BooleanField(
            label=label_in(pgettext_lazy("state", "Published"), language),
            required=False,
            help_text=gettext_lazy("Readers of this language see it between its two moments."),
        ),
    }


PanelForm = type(
    "PanelForm",
    (forms.Form,),
    {name: field for code in with_columns() for name, field in _panel_fields(code).items()},
)


class PromotionForm(PanelForm, MergedForm):
    """A promotion with every language of the site; `editions` are its PromotionEditions as the form has them."""

    event_zone = forms.ChoiceField(
        label=gettext_lazy("In the time of"), choices=_zones, required=False
    )

    class Meta:
        model = Promotion
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {code: promoting.edition_of(self.instance, code) for code in enabled()}
        for code in with_columns():
            for name in OWN:
                self._begin(name, code)
        if self.instance.event_at:
            wall = self.instance.event_at.astimezone(_zone(self.instance.event_zone))
            self.initial["event_at"] = wall.replace(tzinfo=UTC)

    def _begin(self, name, code):
        field = f"{name}_{code}"
        if code not in self.rows:
            self.fields.pop(field, None)
        elif field in self.fields:
            self.initial[field] = PromotionEdition._meta.get_field(name).value_from_object(
                self.rows[code]
            )

    @cached_property
    def changed_data(self):
        names = super().changed_data
        # The same hands on another clock are another moment.
        is_elsewhere = "event_zone" in names and "event_at" not in names
        return [*names, "event_at"] if is_elsewhere else names

    def clean(self):
        data = super().clean()
        if data.get("event_at"):
            data["event_at"] = data["event_at"].replace(tzinfo=_zone(data.get("event_zone")))
        return data

    def _post_clean(self):
        super()._post_clean()
        for edition in self.editions:
            for field, sentence in promoting.obstacles(self.instance, edition):
                own = f"image_{edition.language}"
                self.add_error(own if field == "image" and edition.image else field, sentence)

    @property
    def editions(self):
        for code, row in self.rows.items():
            for name in OWN:
                if (field := f"{name}_{code}") in self.cleaned_data:
                    setattr(row, name, self.cleaned_data[field])
        return list(self.rows.values())


def _zone(name):
    return ZoneInfo(name) if name else reading.zone()


def state_in(promotion, language, *, at):
    """Say what readers of a language see of a promotion at a moment, or why not."""
    if not text(promotion, "title", language):
        return _("Not in this language")
    if not promoting.edition_of(promotion, language).is_published:
        return _("Draft")
    if at < promotion.starts_at:
        return _("Starts on %s") % in_words(promotion.starts_at)
    if at >= promotion.ends_at:
        return _("Ended on %s") % in_words(promotion.ends_at)
    shown = promotions.proposed(promotion, language=language, at=at)
    there = promotions.read(shown.place, shown.owner, language=language, at=at).promotion
    if there.pk == promotion.pk:
        return _("Readers see it now")
    return _("Not seen: “%s” stands there") % there.title


@admin.register(Promotion)
class PromotionAdmin(MergingAdmin, SaysConsequences, LanguageAdmin):
    section, position = "write", 2
    list_display = ["__str__", "where", "states", "starts_at", "ends_at", "priority"]
    list_filter = ["place"]
    list_per_page = 50
    ordering = ["-ends_at", "-pk"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    form = PromotionForm
    readonly_fields = ["seen"]
    formfield_overrides = {models.DateTimeField: {"form_class": MomentField, "widget": MomentInput}}

    class Media:
        js = [Script("js/admin-tabs.js", type="module")]

    def get_search_fields(self, request):
        return language_columns("title")

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        name = "articles_promotion_preview"
        of_page = self.admin_site.admin_view(self.of_page_view)
        return [
            path("<path:object_id>/preview/<slug:language>/", view, name=name),
            path(
                "of-page/<int:origin>/<slug:language>/", of_page, name="articles_promotion_of_page"
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def of_page_view(self, request, origin, language):
        """Make a draft of what an imported page promotes, and lead to it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        page_origin = get_object_or_404(Origin, pk=origin)
        made = promoting.make_of_page(page_origin, language, by=request.user)
        if made is None:
            raise Http404
        messages.success(
            request, _("Look over this promotion, say where it stands, and publish it.")
        )
        return HttpResponseRedirect(self._address(made))

    @staticmethod
    def _address(promotion):
        return reverse("admin:articles_promotion_change", args=[promotion.pk])

    def preview_view(self, request, object_id, language):
        """Show the page on which a promotion stands, with it in its place, whatever its state."""
        promotion = self.get_object(request, unquote(object_id))
        if promotion is None or language not in enabled():
            raise Http404
        if not self.has_view_permission(request, promotion):
            raise PermissionDenied
        if response := preview(request, promotion, language, at=timezone.now()):
            return response
        messages.warning(
            request,
            _("There is no page in %s yet on which it could stand.") % LANGUAGES[language].name,
        )
        return HttpResponseRedirect(self._address(promotion))

    # --- The form ---

    def get_fieldsets(self, request, obj=None):
        seen = [(_("Where readers see it"), {"fields": ["seen"]})] if obj else []
        where = ["place", "category", "tag", ("starts_at", "ends_at"), "priority"]
        return [
            *seen,
            (_("Where and when"), {"fields": where}),
            *(
                (
                    LANGUAGES[code].name,
                    {
                        "fields": [
                            *columns(promotions.TEXTS, code),
                            *(f"{name}_{code}" for name in ("image", "link", "is_published")),
                        ],
                        "classes": [PANEL],
                    },
                )
                for code in enabled()
            ),
            (_("Event"), {"fields": [("event_at", "event_zone")]}),
            (_("In all languages"), {"fields": ["image", "link"]}),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "event_at":
            kwargs["form_class"] = WallClockField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 3
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in {"image", "tag"}:
            kwargs["widget"] = AutocompleteSelect(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "category":
            tree = Category.tree(language=get_language())
            nodes = tree.walk()
            field.choices = [("", "---------"), *((n.pk, indented(n.depth, n)) for n in nodes)]
        return field

    def save_model(self, request, obj, form, change):
        promoting.save(obj, by=request.user, editions=form.editions)

    # --- What is shown ---

    @admin.display(description=gettext_lazy("Place"))
    def where(self, promotion):
        owner = promotion.category or promotion.tag
        place = promotion.get_place_display()
        return f"{place}: {owner}" if owner else place

    @admin.display(description=gettext_lazy("Languages"))
    def states(self, promotion):
        published = promotion.editions.filter(is_published=True).values_list("language", flat=True)
        return " ".join(code.upper() for code in enabled() if code in published)

    @admin.display(description=gettext_lazy("Now"))
    def seen(self, promotion):
        now = timezone.now()
        rows = (
            (
                code,
                LANGUAGES[code].name,
                state_in(promotion, code, at=now),
                reverse("admin:articles_promotion_preview", args=[promotion.pk, code]),
                _("See it on its page"),
            )
            for code in enabled()
            if text(promotion, "title", code)
        )
        line = '<li><strong lang="{}">{}</strong>: {}. <a href="{}">{}</a></li>'
        return format_html("<ul>{}</ul>", format_html_join("", line, rows))
