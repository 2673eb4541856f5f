"""One text in several languages on one page: fieldsets that become tabs, fields that know their language."""

from django.conf import settings
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from articles.admin.widgets import PlainField, SlugField
from articles.texts import column, columns
from newsroom.forms.histories import HistoryOfReader
from newsroom.forms.sent_once import SentOnce
from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.forms.widgets import label_in
from newsroom.languages import LANGUAGES

PANEL = "language-panel"
STORIES, CELLS = 50, 400
"""So many stories are on a page, and with many languages so many cells."""


def enabled():
    """Return the codes of the languages that this site uses, in its order."""
    return [code for code, _name in settings.LANGUAGES]


def per_page():
    """Return how many stories are on a page that has a cell for each of their languages."""
    return min(STORIES, max(1, CELLS // len(enabled())))


def writing_in(language):
    """Return the HTML attributes of an input that is written in a language."""
    return {"lang": language, "dir": LANGUAGES[language].direction}


def language_columns(*fields):
    """Return the columns of these fields in every enabled language."""
    return [column(field, language) for language in enabled() for field in fields]


def panels(*fields):
    """Return a fieldset for each enabled language; a script turns them into tabs."""
    return [
        (LANGUAGES[language].name, {"fields": columns(fields, language), "classes": [PANEL]})
        for language in enabled()
    ]


def lines(*fields):
    """Return a line of fields for each enabled language, for texts that are short."""
    return [tuple(columns(fields, language)) for language in enabled()]


class PlainTexts:
    """Take plain words in every field of words; one that holds something else names its `form_class`."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        is_special = isinstance(db_field, (models.SlugField, models.URLField))
        if isinstance(db_field, (models.CharField, models.TextField)) and not is_special:
            kwargs.setdefault("form_class", PlainField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class _NamesLanguages(PlainTexts):
    """Give each translated field its language, for browsers, screen readers and people."""

    formfield_overrides = {
        models.SlugField: {"form_class": SlugField, "widget": AdminTextInputWidget},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        original = getattr(db_field, "translated_field", None)
        if field and original:
            field.widget.attrs |= writing_in(db_field.language)
            field.label = label_in(original.verbose_name, db_field.language)
        if isinstance(field, SlugField):
            field.language = getattr(db_field, "language", None)
        return field


class LanguageAdmin(HistoryOfReader, ShowsUnsaved, SentOnce, _NamesLanguages, TranslationAdmin):
    """An admin whose translated fields know their language."""


class LanguageInline(_NamesLanguages, TranslationStackedInline):
    """The same for rows of a page; stacked, because cells of a table have no labels."""
