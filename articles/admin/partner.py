"""Partners, who read by the API: their scope and their tokens; and what each was given."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from articles.actions.access import partnering
from articles.admin.article.panels import in_words
from articles.admin.forms import MergedForm
from articles.admin.languages import PlainTexts, enabled, language_columns, writing_in
from articles.admin.widgets import CategoriesField
from articles.models import Article, Category, Delivery, Partner
from articles.texts import text, text_or_default
from newsroom.db.handed import HandedOn
from newsroom.forms.merging import MergingAdmin
from newsroom.forms.reading import ReadingAdmin
from newsroom.forms.sent_once import SentOnce
from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.i18n.plain import isolated
from newsroom.languages import LANGUAGES

MAKE = "make"
"""What the button says that makes a token; the others name the token that they revoke."""


class PartnerForm(MergedForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: all languages, those that are added later as well."),
    )
    categories = CategoriesField(
        label=gettext_lazy("Regions and sections"), queryset=Category.objects.all(), required=False
    )

    class Meta:
        model = Partner
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            self.fields["languages"].choices = [(code, LANGUAGES[code].name) for code in enabled()]

    def clean(self):
        data = super().clean()
        if data.get("is_limited") and not data.get("categories"):
            self.add_error(
                "categories", _("Choose one or more: without any, the partner would get nothing.")
            )
        return data


@admin.register(Partner)
class PartnerAdmin(MergingAdmin, PlainTexts, ShowsUnsaved, SentOnce, admin.ModelAdmin):
    section, position = "site", 3
    form = PartnerForm
    list_display = ["name", "is_active", "reads", "keys", "last_used"]
    list_per_page = 100
    ordering = ["name"]
    readonly_fields = ["access"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["name", "contact", "is_active", "access"]}),
        (
            gettext_lazy("What it gets"),
            {"fields": ["languages", "is_limited", "categories", "per_minute"]},
        ),
    ]

    class Media:
        css = {"all": ["css/admin/article.css"]}
        js = [Script("js/admin-category-tree.js", type="module")]

    def get_urls(self):
        view = self.admin_site.admin_view(self.tokens_view)
        return [path("<int:pk>/tokens/", view, name="articles_partner_tokens"), *super().get_urls()]

    def get_queryset(self, request):
        valid = Count("tokens", filter=Q(tokens__revoked_at=None))
        partners = super().get_queryset(request)
        return partners.annotate(valid_count=valid, used_at=Max("tokens__used_at"))

    def tokens_view(self, request, pk):
        """Show the tokens of a partner; make one, which is shown this once, or revoke one."""
        partner = get_object_or_404(Partner, pk=pk)
        if not self.has_view_permission(request, partner):
            raise PermissionDenied
        secret = ""
        if request.method == "POST":
            secret = self._press(request, partner, request.POST.get("token", ""))
            if not secret:
                return HttpResponseRedirect(request.get_full_path())
        context = self.admin_site.each_context(request) | {
            "title": _("Tokens of “%s”") % isolated(partner),
            "opts": self.opts,
            "partner": partner,
            "secret": secret,
            "tokens": [_told(token) for token in partner.tokens.order_by("-pk")],
            "may_change": self.has_change_permission(request, partner),
            "make": MAKE,
        }
        response = TemplateResponse(request, "admin/articles/partner/tokens.html", context)
        add_never_cache_headers(response)
        return response

    def _press(self, request, partner, asked):
        """Do what a button says; return the new secret, or "" where there is none."""
        now = timezone.now()
        token = partner.tokens.filter(pk=asked).first() if asked.isdecimal() else None
        if token:
            partnering.revoke(token, by=request.user, now=now)
            words = _("The token that begins with “%s” is not valid any more.") % token.hint
            self.log_change(request, partner, words)
            messages.success(request, words)
        elif asked == MAKE:
            try:
                secret = partnering.make_token(partner, by=request.user, now=now)
            except partnering.TooManyTokens as error:
                messages.error(request, str(error))
            else:
                self.log_change(request, partner, _("A token was made."))
                return secret
        return ""

    # --- Columns ---

    @admin.display(description=gettext_lazy("Gets"))
    def reads(self, partner):
        codes = [code for code in enabled() if code in (partner.languages or enabled())]
        words = " ".join(code.upper() for code in codes)
        return _("%s, not all stories") % words if partner.is_limited else words

    @admin.display(description=gettext_lazy("Valid tokens"))
    def keys(self, partner):
        return partner.valid_count

    @admin.display(description=gettext_lazy("Last used"))
    def last_used(self, partner):
        return in_words(partner.used_at) if partner.used_at else ""

    @admin.display(description=gettext_lazy("Access"))
    def access(self, partner):
        if not partner.pk:
            return _("Save the partner; then you can make a token for it.")
        given = reverse("admin:articles_delivery_changelist")
        return format_html(
            '<a href="{}">{}</a> · <a href="{}?partner__id__exact={}">{}</a>',
            *(reverse("admin:articles_partner_tokens", args=[partner.pk]), _("Tokens")),
            *(given, str(partner.pk), _("What it was given")),
        )


def _told(token):
    return {
        "pk": token.pk,
        "hint": token.hint,
        "made": in_words(token.created_at),
        "used": in_words(token.used_at) if token.used_at else _("never"),
        "revoked": in_words(token.revoked_at) if token.revoked_at else "",
    }


_stories = HandedOn()


class Deliveries(ChangeList):
    """A page of the log, with the stories of which there still are; they are found by one query."""

    def get_results(self, request):
        super().get_results(request)
        titles = ("pk", "source_language", *language_columns("title"))
        stories = Article.objects.only(*titles).in_bulk(
            {row.article_id for row in self.result_list}
        )
        for row in self.result_list:
            _stories.put(row, stories.get(row.article_id))


class PartnerFilter(admin.RelatedFieldListFilter):
    """By partner, which is worth asking for from the first one on."""

    def has_output(self):
        return len(self.lookup_choices) > 0


@admin.register(Delivery)
class DeliveryAdmin(ReadingAdmin):
    """What partners were given: nobody changes it."""

    section, position = "site", 4
    list_display = ["at", "partner", "story", "in_language", "what"]
    list_display_links = None
    list_filter = [("partner", PartnerFilter)]
    list_per_page = 100
    list_select_related = ["partner"]
    ordering = ["-at", "-pk"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return Deliveries

    @admin.display(description=gettext_lazy("Story"))
    def story(self, delivery):
        story = _stories.take(delivery)
        if story is None:
            return _("story %d, which is deleted") % delivery.article_id
        code = delivery.language
        title = text(story, "title", code)
        attributes = writing_in(code) if title else {"lang": "", "dir": "auto"}
        words = title or text_or_default(story, "title", code)
        return format_html('<bdi lang="{lang}" dir="{dir}">{}</bdi>', words, **attributes)

    @admin.display(description=gettext_lazy("Language"))
    def in_language(self, delivery):
        return LANGUAGES[delivery.language].name

    @admin.display(description=gettext_lazy("What"))
    def what(self, delivery):
        if delivery.is_cancellation:
            return _("that it is canceled")
        return _("version %d") % delivery.version
