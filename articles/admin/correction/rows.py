"""The rows of corrections on the page of a story: a note in each language, that of the open tab in sight."""

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from articles import roles
from articles.actions import correcting
from articles.admin.article.panels import in_words
from articles.admin.forms import MergedForm
from articles.admin.languages import LanguageInline, enabled, lines
from articles.models import Correction
from articles.texts import column
from newsroom.forms.merging_rows import MergingRows
from newsroom.languages import LANGUAGES


class CorrectionForm(MergedForm):
    """A correction with its notes; `by` is who writes them."""

    def notes(self):
        """Return language -> note of each language that the page shows."""
        names = {code: column("note", code) for code in enabled()}
        return {
            code: self.cleaned_data[name] or ""
            for code, name in names.items()
            if name in self.cleaned_data
        }

    def clean(self):
        data = super().clean()
        row = Correction(pk=self.instance.pk, article_id=self.instance.article_id)
        for sentence in correcting.obstacles(row, self.notes(), now=timezone.now()):
            self.add_error(None, sentence)
        return data


class CorrectionRows(MergingRows):
    """Rows that the verbs write."""

    def save_new(self, form, commit=True):  # noqa: FBT002, Django's own
        return self._written(form)

    def save_existing(self, form, obj, commit=True):  # noqa: FBT002, Django's own
        return self._written(form)

    def delete_existing(self, obj, commit=True):  # noqa: FBT002, Django's own
        correcting.take_back(obj, by=self.form.by)

    def _written(self, form):
        form.instance.article = self.instance
        return correcting.save(form.instance, form.notes(), by=self.form.by)


class CorrectionInline(LanguageInline):
    """For whoever may tell readers of a mistake; others see what they were told."""

    model = Correction
    form = CorrectionForm
    formset = CorrectionRows
    extra = 0
    classes = ["corrections"]
    readonly_fields = ["told"]

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": ["told", "kind"]}),
            (None, {"fields": lines("note"), "classes": ["use-words"]}),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by").newest_first()

    def get_formset(self, request, *args, **kwargs):
        formset = super().get_formset(request, *args, **kwargs)
        formset.form.by = request.user
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 2
        return field

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self._may(request)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request)

    @staticmethod
    def _may(request):
        return roles.may_correct(request.user)

    @admin.display(description=_("told readers"))
    def told(self, correction):
        """Say when readers were told, by whom, and in which languages they were told nothing."""
        if not correction.pk:
            return gettext("As soon as you save: in each language that has a note.")
        words = in_words(correction.published_at)
        if correction.by:
            words = f"{words}, {correction.by}"
        if lacking := correcting.lacking(correction, at=timezone.now()):
            names = ", ".join(LANGUAGES[code].name for code in lacking)
            missing = gettext("There is no note yet in: %s.") % names
            words = f"{words}. {missing}"
        return words


class TellsCorrections:
    """Shows the rows of corrections on the page of a story that readers have read, or that has some."""

    def get_inlines(self, request, obj):
        inlines = super().get_inlines(request, obj)
        is_shown = obj is not None and (
            correcting.is_read(obj, at=timezone.now()) or obj.corrections.exists()
        )
        return [*inlines, CorrectionInline] if is_shown else inlines
