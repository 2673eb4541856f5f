"""Inputs of the newsroom's forms."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.widgets import Script
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext_lazy as _

from articles.models import IMAGE_FORMATS, Article, Byline, Category, Tag, TagAlias
from articles.texts import column, fold, plain, separated, slug_from
from newsroom.forms import deleted
from newsroom.forms.merging import with_plain_line_ends
from newsroom.languages import with_columns


class PictureInput(forms.FileInput):
    """A file input that offers pictures only."""

    def __init__(self, attrs=None):
        suffixes = ",".join(f".{suffix}" for suffix in IMAGE_FORMATS)
        super().__init__({"accept": suffixes, **(attrs or {})})


class LoadedAutocomplete(AutocompleteSelect):
    """An autocomplete that is told the chosen object, so that ten rows do not cost ten queries."""

    loaded = None

    def optgroups(self, name, value, attr=None):
        if self.loaded is None or value != [str(self.loaded.pk)]:
            return super().optgroups(name, value, attr)
        option = self.create_option(name, self.loaded.pk, str(self.loaded), selected=True, index=0)
        return [(None, [option], 0)]


class PlainField(forms.CharField):
    """Plain words: what cannot be seen is no text. Too long a text is told, and never cut by the browser."""

    def to_python(self, value):
        return plain(super().to_python(value) or "") or self.empty_value

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        if longest := attrs.pop("maxlength", None):
            attrs["data-longest"] = longest
        return attrs


class SlugField(PlainField):
    """The last part of an address in `language`. Whatever is typed becomes one: "Été!" is "ete".

    The slug that a form opens with stays when nothing was typed, however it was once made.
    """

    default_error_messages = {"empty": _("“%(words)s” holds no letter or digit.")}

    def __init__(self, *, language=None, allow_unicode=True, **kwargs):
        super().__init__(**kwargs)
        self.language = language
        self.opened_with = ""

    def clean(self, value):
        words = super().clean(value)
        if not words or words == self.opened_with:
            return words
        if slug := slug_from(words, language=self.language):
            return slug
        raise forms.ValidationError(self.error_messages["empty"], "empty", {"words": words})


class NewsroomForm(forms.ModelForm):
    """A form whose labels end without a colon: many of them end with a language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        for name, field in self.fields.items():
            # A browser would cut what is pasted, without a word: here it is refused with both lengths.
            field.widget.attrs.pop("maxlength", None)
            if isinstance(field, SlugField):
                field.opened_with = self.get_initial_for_field(field, name)

    @cached_property
    def changed_data(self):
        """Name the fields that were changed. The line ends of form posts are no change of words."""
        return [name for name in super().changed_data if not self._differs_in_line_ends(name)]

    def _differs_in_line_ends(self, name):
        typed = self[name].data
        return isinstance(typed, str) and with_plain_line_ends(typed) == (self[name].initial or "")


class StoriesSelect(AutocompleteSelectMultiple):
    """Stories, found by their words, in the order in which they are chosen."""

    def __init__(self, attrs=None):
        super().__init__(Byline._meta.get_field("article"), admin.site, attrs=attrs)

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return ",".join(values)

    def optgroups(self, name, value, attr=None):
        chosen = [
            self.create_option(name, pk, headline, selected=True, index=index)
            for index, (pk, headline) in enumerate(_headlines(",".join(value)).items())
        ]
        return [(None, chosen, 0)]


class StoriesField(forms.Field):
    """The ids of stories in an order, as one value: who changes the order changes it."""

    widget = StoriesSelect

    def prepare_value(self, value):
        return value if isinstance(value, str) else ",".join(map(str, value or []))

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or "")

    def as_read(self, value):
        """Return the headlines of the stories, each on a line of its own."""
        return linebreaksbr("\n".join(_headlines(value).values()))

    def clean(self, value):
        ids = ids_of(value)
        there = set(Article.objects.filter(pk__in=ids).values_list("pk", flat=True))
        return list(dict.fromkeys(pk for pk in ids if pk in there)) or None


def _headlines(value):
    """Return id -> headline of the stories that are there, in their order."""
    titles = [column("title", code) for code in with_columns()]
    ids = ids_of(value)
    stories = Article.objects.only("source_language", *titles).in_bulk(ids)
    return {pk: str(stories[pk]) for pk in ids if pk in stories}


def ids_of(value):
    """Return the ids that the value of a StoriesField names."""
    return [int(key) for key in (value or "").split(",") if key.isdecimal() and len(key) < 19]


class WordsSelect(AutocompleteSelectMultiple):
    """Tags, chosen by any of their spellings; a word that is typed and unknown becomes a tag.

    `asked` holds the words of which the editor was told before that they resemble a tag, `asking` those
    of which the page tells now; a second time they are taken.
    """

    asked = asking = ()

    def __init__(self, attrs=None):
        super().__init__(Article._meta.get_field("tags"), admin.site, attrs=attrs)

    @property
    def media(self):
        return super().media + forms.Media(js=[Script("js/admin-tags.js", type="module")])

    def get_url(self):
        return reverse("admin:articles_tag_words")

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        # One click that clears all is a trap, and its cross is no part of a list.
        own = {"data-tags": "true", "data-allow-clear": "false"}
        return attrs | own

    def value_from_datadict(self, data, files, name):
        self.asked = data.getlist(f"{name}-asked") if hasattr(data, "getlist") else ()
        return super().value_from_datadict(data, files, name)

    def render(self, name, value, attrs=None, renderer=None):
        rows = [(f"{name}-asked", words) for words in self.asking]
        asked = format_html_join("", '<input type="hidden" name="{}" value="{}">', rows)
        return super().render(name, value, attrs, renderer) + asked

    def optgroups(self, name, value, attr=None):
        chosen = [
            self.create_option(name, words, words, selected=True, index=index)
            for index, words in enumerate(filter(None, value))
        ]
        return [(None, chosen, 0)]


class WordsField(forms.Field):
    """Tags as words. Two spellings of one word are one; a new word that resembles a tag is asked about."""

    widget = WordsSelect
    default_error_messages = {
        "empty": _("“%(words)s” holds no letter or digit."),
        "resembles": _(
            "“%(words)s” resembles the tag “%(tag)s”. Use that tag, or save again to keep both."
        ),
        "long": _("“%(words)s” is too long: a tag has at most 100 characters."),
    }

    def prepare_value(self, value):
        return [getattr(tag, "name", tag) for tag in value or []]

    def has_changed(self, initial, data):
        return set(self.prepare_value(initial)) != set(data or [])

    def clean(self, value):
        by_key = {}
        for words in self._divided(value or []):
            ProhibitNullCharactersValidator()(words)
            if not fold(words):
                raise self._error("empty", words)
            if len(words) > 100:
                raise self._error("long", words)
            by_key.setdefault(TagAlias.key_of(words), words)
        self._ask(by_key)
        return list(by_key.values())

    @staticmethod
    def _divided(values):
        """Return the words of values that hold several, as a list that was pasted does, unless a tag is called just so."""
        parts = {words: separated(words) for words in map(plain, values)}
        keys = {words: TagAlias.key_of(words) for words, own in parts.items() if len(own) > 1}
        known = TagAlias.objects.filter(key__in=keys.values()) if keys else TagAlias.objects.none()
        whole = set(known.values_list("key", flat=True))
        return [
            part
            for words, own in parts.items()
            for part in (own if words in keys and keys[words] not in whole else [words])
        ]

    def _ask(self, by_key):
        """Raise ValidationError for new words that resemble a tag, once for each word."""
        known = set(TagAlias.objects.filter(key__in=by_key).values_list("key", flat=True))
        asked = set(self.widget.asked)
        alike = {
            words: tag.name
            for key, words in by_key.items()
            if key not in known and words not in asked
            if (tag := Tag.objects.resembling(words).order_by("name").first())
        }
        self.widget.asking = [*asked, *alike]
        if alike:
            raise forms.ValidationError(
                [self._error("resembles", words, tag=tag) for words, tag in alike.items()]
            )

    def _error(self, code, words, **params):
        return forms.ValidationError(self.error_messages[code], code, {"words": words} | params)


def indented(depth, words):
    """Return a line of a select, set in by the depth of its node in the tree."""
    return "\u2003" * depth + str(words)


class _TreeIterator(forms.models.ModelChoiceIterator):
    def __iter__(self):
        tree = Category.tree(language=get_language())
        for kind in Category.Kind:
            yield kind.label, [self._choice(node) for node in tree.walk() if node.kind == kind]

    def _choice(self, node):
        return forms.models.ModelChoiceIteratorValue(node.pk, node), str(node)


class TreeInput(forms.CheckboxSelectMultiple):
    """Every category as a checkbox, in the order and with the indents of the tree; ticked ones on top."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"depth": value.instance.depth}

    def render(self, name, value, attrs=None, renderer=None):
        # By the site's template engine: that of forms does not know the project's folder.
        context = self.get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        chosen = [
            option for _kind, options, _index in groups for option in options if option["selected"]
        ]
        return render_to_string("admin/widgets/category_tree.html", context | {"chosen": chosen})


class CategoriesField(forms.ModelMultipleChoiceField):
    """Categories as a tree of checkboxes. `lost` names those that were deleted while they were ticked."""

    widget = TreeInput
    iterator = _TreeIterator
    lost = ()

    def clean(self, value):
        ids = {key for key in value or [] if str(key).isdecimal()}
        there = set(map(str, self.queryset.filter(pk__in=ids).values_list("pk", flat=True)))
        if missing := ids - there:
            self.lost = deleted.names(Category, sorted(missing))
        return super().clean([key for key in value or [] if key not in missing])
