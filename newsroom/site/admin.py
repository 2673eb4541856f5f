from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsroom import moments
from newsroom.forms.histories import HistoryOfReader
from newsroom.forms.merging import MergingAdmin, hold
from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.forms.widgets import label_in
from newsroom.http import address
from newsroom.i18n import numerals
from newsroom.languages import LANGUAGES, enabled, with_columns
from newsroom.site import actions, digits
from newsroom.site.forms import FIELDS, LookForm
from newsroom.site.models import ONLY, SiteSettings, SiteTexts
from newsroom.site.reading import POLICY

PANEL = "language-panel"
MOST_ACCOUNTS = 30


def _addresses(words):
    """Return the addresses on the web that a field holds, each once; raise ValidationError for what is none."""
    return list(dict.fromkeys(address.read(line) for line in words.split()))


def _text_fields():
    """Return the fields of the texts in every language that this process has: name_es."""
    return {
        f"{name}_{code}": _text_field(name, LANGUAGES[code])
        for code in with_columns()
        for name in SiteTexts.WORDS
    }


def _text_field(name, language):
    column = SiteTexts._meta.get_field(name)
    field = column.formfield(label=label_in(column.verbose_name, language.code))
    field.widget.attrs |= {"lang": language.code, "dir": language.direction, "class": "vTextField"}
    return field


TextsForm = type("TextsForm", (forms.Form,), _text_fields())


def columns(code):
    """Return the names of the fields of a language."""
    return [f"{name}_{code}" for name in SiteTexts.WORDS]


class SettingsForm(TextsForm, LookForm):
    """The settings with the texts of every language of the site; `texts` are its SiteTexts as the form has them."""

    own_digits = forms.MultipleChoiceField(
        label=capfirst(SiteSettings._meta.get_field("own_digits").verbose_name),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=SiteSettings._meta.get_field("own_digits").help_text,
    )

    class Meta(LookForm.Meta):
        model = SiteSettings
        fields = (
            "contact",
            "accounts",
            "zone",
            "own_digits",
            "shows_changes",
            "counts_comments",
            *POLICY,
            *FIELDS,
        )
        widgets = LookForm.Meta.widgets | {
            "accounts": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "zone": forms.Select,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {language.code: actions.texts_in(language.code) for language in enabled()}
        for code in with_columns():
            for name in SiteTexts.WORDS:
                if code in self.rows:
                    self.initial[f"{name}_{code}"] = getattr(self.rows[code], name)
                else:
                    del self.fields[f"{name}_{code}"]
        self.fields["zone"].widget.choices = moments.zones(settings.TIME_ZONE)
        if digits.languages():
            self.fields["own_digits"].choices = self._digits()
        else:
            del self.fields["own_digits"]

    def _digits(self):
        """Return the choices of languages with digits of their own, each with some of them."""
        here = [language.code for language in digits.languages()]
        # A language that the site has left is one that somebody chose.
        languages = [LANGUAGES[code] for code in dict.fromkeys([*here, *self.instance.own_digits])]
        return [
            (language.code, f"{language.name}: {numerals.digits_of(language)[1:4]}")
            for language in languages
        ]

    def clean_accounts(self):
        accounts = _addresses(self.cleaned_data["accounts"])
        if len(accounts) > MOST_ACCOUNTS:
            raise ValidationError(_("These are more than %d accounts.") % MOST_ACCOUNTS)
        return "\n".join(accounts)

    def clean_licence(self):
        licences = _addresses(self.cleaned_data["licence"])
        if len(licences) > 1:
            raise ValidationError(_("Name one licence: it is that of every text."))
        return "".join(licences)

    @property
    def texts(self):
        for code, row in self.rows.items():
            for name in SiteTexts.WORDS:
                setattr(row, name, self.cleaned_data[f"{name}_{code}"])
        return list(self.rows.values())


@admin.register(SiteSettings)
class SettingsAdmin(HistoryOfReader, MergingAdmin, ShowsUnsaved, admin.ModelAdmin):
    section, position = "site", 0
    form = SettingsForm

    class Media:
        js = [Script("js/admin-tabs.js", type="module")]

    def get_fieldsets(self, request, obj=None):
        panels = [
            (language.name, {"fields": columns(language.code), "classes": [PANEL]})
            for language in enabled()
        ]
        own_digits = ["own_digits"] if digits.languages() else []
        shared = ["contact", "accounts", "zone", *own_digits, "shows_changes", "counts_comments"]
        return [
            *panels,
            (_("Look"), {"fields": FIELDS}),
            (_("In all languages"), {"fields": shared}),
            (_("Robots and licence"), {"fields": POLICY}),
        ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        """Show the form to those who may fill it in: for whoever may only look it has no fields."""
        return self.has_change_permission(request, obj)

    def changelist_view(self, request, extra_context=None):
        """Lead to the one form that there is."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:site_sitesettings_change", args=[ONLY]))

    def get_object(self, request, object_id, from_field=None):
        hold(request)
        return actions.settings_row() if object_id == str(ONLY) else None

    def save_model(self, request, obj, form, change):
        actions.save(obj, form.texts, by=request.user)
