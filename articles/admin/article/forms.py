"""The form of a story: its text in every language."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy as _

from articles import body
from articles.admin.forms import MergedForm
from articles.admin.languages import enabled, label_in, writing_in
from articles.admin.widgets import (
    CategoriesField,
    PlainField,
    SlugField,
    StoriesField,
    WordsField,
    ids_of,
)
from articles.comparing.wordings import NOTHING
from articles.models import Article, Category, Edition, TagAlias
from articles.texts import column
from newsroom.forms import deleted
from newsroom.forms.marks import opened_in
from newsroom.forms.merging import with_plain_line_ends
from newsroom.forms.widgets import MomentField
from newsroom.languages import LANGUAGES, with_columns

ASKED = ("moment_", "reason_", "mended_")
"""How the fields begin that are no part of a story: they belong to a button, or say how a save is meant."""


def _panel_fields(language):
    """Return the fields of a language's panel that are not the article's own."""
    return {
        f"slug_{language}": SlugField(
            language=language,
            label=label_in(_("Slug"), language),
            max_length=100,
            required=False,
            help_text=_("The last part of the address. Leave empty to make it from the headline."),
            widget=forms.TextInput({"class": "vTextField", **writing_in(language)}),
        ),
        f"moment_{language}": MomentField(
            label=label_in(_("Publish at"), language), required=False
        ),
        f"mended_{language}": forms.BooleanField(
            label=_("I have only put words right: what is behind stays behind"), required=False
        ),
        f"reason_{language}": PlainField(
            label=label_in(_("Reason of withdrawal"), language),
            required=False,
            widget=forms.TextInput({"class": "vTextField", **writing_in(language)}),
        ),
    }


PanelForm = type(
    "PanelForm",
    (forms.Form,),
    {name: field for code in with_columns() for name, field in _panel_fields(code).items()},
)


class ArticleForm(PanelForm, MergedForm):
    """A story with every language. `form.editions` maps a language to its Edition.

    A language that is not among `writable` (an attribute that the admin sets) has no fields.
    """

    writable = with_columns()

    categories = CategoriesField(
        label=_("Categories"), queryset=Category.objects.all(), required=False
    )
    tags = WordsField(
        label=_("Tags"),
        required=False,
        help_text=_("Any spelling in any language finds its tag; a new word becomes a new tag."),
    )

    related = StoriesField(
        label=_("Related stories"),
        required=False,
        help_text=_(
            "They stand in the order in which you choose them; the first topic fills the rest."
        ),
    )

    class Meta:
        model = Article
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.editions = {}
        if self.instance.pk:
            self.editions = {edition.language: edition for edition in self.instance.editions.all()}
        self._drop_fields_of_other_languages()
        for language, edition in self.editions.items():
            if slug := self.fields.get(f"slug_{language}"):
                slug.initial = slug.opened_with = edition.slug
            self._offer_date(edition)
        self._offer_languages_of_the_site()
        self.lost_stories = self._lose_stories() if "related" in self.fields else []

    def merged_fields(self):
        """Leave out what is no part of the story."""
        return [name for name in super().merged_fields() if not name.startswith(ASKED)]

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if not name.startswith(ASKED)]

    def typed(self, name):
        """Take a body as it would be stored: an editor may have written the same in other words."""
        value = super().typed(name)
        if name == "related":
            return self._without_lost(value)
        language = self._bodies().get(name)
        return (
            body.clean(value, language=language).html
            if language and value != self.saved(name)
            else value
        )

    def shown(self, name, value):
        if language := self._bodies().get(name):
            # Cleaned, as every body that is shown.
            return mark_safe(body.clean(value, language=language).html)  # noqa: S308
        field = self.fields[name]
        return field.as_read(value) if name == "related" else super().shown(name, value)

    def clean(self):
        data = super().clean()
        self._normalise_line_ends(data)
        self._choose_source(data)
        for language in self.languages():
            self._check_headline(language, data)
            self._check_body(language, data)
            self._check_slug(language, data)
        return data

    def languages(self):
        """Return the enabled languages that can be written with this form."""
        return [code for code in enabled() if column("title", code) in self.fields]

    def told(self):
        """Return what its writer says of the translations."""
        mended = {code for code in self.languages() if self.cleaned_data.get(f"mended_{code}")}
        return NOTHING._replace(mended=frozenset(mended))

    def wanted_slugs(self):
        """Return language -> slug for those that were changed; an emptied one follows the headline."""
        return {
            language: self.cleaned_data[name] or self.cleaned_data[column("title", language)]
            for language in self.languages()
            if (name := f"slug_{language}") in self.changed_data
        }

    def lost_tags(self, sent):
        """Return the tags that were sent as the form was opened with them, and that somebody deleted meanwhile."""
        opened = opened_in(self.data).get("tags")
        if "tags" not in self.fields or not isinstance(opened, list):
            return []
        kept = [words for words in sent.getlist("tags") if words in opened]
        keys = {words: TagAlias.key_of(words) for words in kept}
        known = set(TagAlias.objects.filter(key__in=keys.values()).values_list("key", flat=True))
        return [words for words, key in keys.items() if key not in known]

    def _lose_stories(self):
        """Leave out the related stories that somebody has deleted; return the names of those that were sent.

        What this page had among the stored ones when it was opened is still one of them: it is no change of somebody else's.
        """
        stored, sent = self.instance.related or [], ids_of(self["related"].data)
        asked = Article.objects.filter(pk__in={*stored, *sent})
        there = set(asked.values_list("pk", flat=True)) if stored or sent else set()
        self.initial["related"] = [pk for pk in stored if pk in there or pk in sent]
        lost = [pk for pk in sent if pk not in there]
        self._new_lost = {pk for pk in lost if pk not in stored}
        return deleted.names(Article, lost) if lost else []

    def _without_lost(self, value):
        """Leave out what was chosen here and is gone: it changes nothing of the story."""
        return ",".join(str(pk) for pk in ids_of(value) if pk not in self._new_lost)

    def _drop_fields_of_other_languages(self):
        kept = {code for code in enabled() if code in self.writable}
        for language in set(with_columns()) - kept:
            for name in _panel_fields(language):
                self.fields.pop(name, None)

    def _offer_date(self, edition):
        """Let the date of what readers see be corrected where the moment of the others is chosen."""
        field = self.fields.get(f"moment_{edition.language}")
        if field and edition.is_out(at=timezone.now()):
            field.label = label_in(_("Another date"), edition.language)

    def _offer_languages_of_the_site(self):
        if field := self.fields.get("source_language"):
            current = self.instance.source_language
            codes = enabled() if current in enabled() else [*enabled(), current]
            field.choices = [(code, LANGUAGES[code].name) for code in codes]
            if not self.instance.pk:
                here = get_language()
                field.initial = here if here in enabled() else settings.LANGUAGE_CODE

    def _normalise_line_ends(self, data):
        """Undo the line ends of form posts, which would count as a change of words."""
        for language in self.languages():
            for name in (column("standfirst", language), column("body", language)):
                data[name] = with_plain_line_ends(data.get(name) or "")

    def _check_headline(self, language, data):
        name = column("title", language)
        if data.get(name) or name in self.errors:
            return
        has_text = self._has_text(language, data)
        is_source = language == data.get("source_language")
        if not (has_text or is_source or language in self.editions):
            return
        message = _("Give the story a headline in this language.")
        if is_source and not has_text and (written := self._with_headline(data)):
            sentence = _("Give the story a headline in this language, or set “Written in” to %s.")
            message = sentence % LANGUAGES[written[0]].name
        self.add_error(name, message)

    def _choose_source(self, data):
        """Let a new story be written in the language that it is written in, where nobody chose one."""
        source, written = data.get("source_language"), self._with_headline(data)
        if self.instance.pk or "source_language" in self.changed_data or source in written:
            return
        if written and source in self.languages() and not self._has_text(source, data):
            data["source_language"] = written[0]

    def _with_headline(self, data):
        return [code for code in self.languages() if data.get(column("title", code))]

    def _has_text(self, language, data):
        return bool(
            data[column("standfirst", language)]
            or body.clean(data[column("body", language)], language=language).body.text
        )

    def _check_body(self, language, data):
        """Refuse to empty a text that readers see, or will see at its minute."""
        edition, name = self.editions.get(language), column("body", language)
        released = edition and edition.status == Edition.Status.PUBLISHED
        if (
            released
            and name in self.changed_data
            and not body.clean(data[name], language=language).body.text
        ):
            self.add_error(
                name, _("This language is published: withdraw it first, or give it a text.")
            )

    def _check_slug(self, language, data):
        slug = data.get(f"slug_{language}")
        others = Edition.objects.filter(language=language).exclude(article=self.instance.pk)
        if slug and f"slug_{language}" in self.changed_data and others.filter(slug=slug).exists():
            self.add_error(f"slug_{language}", _("Another story has this address."))

    def _bodies(self):
        return {column("body", language): language for language in self.languages()}


def warn_of_what_is_gone(request, form):
    """Tell of categories, tags and stories that somebody deleted while they were chosen: the story is saved without them."""
    categories = getattr(form.fields.get("categories"), "lost", ())
    lost = [*categories, *form.lost_tags(request.POST), *form.lost_stories]
    if lost:
        sentence = _("Deleted meanwhile, so that the story is saved without it: %s.")
        messages.warning(request, sentence % ", ".join(f"“{name}”" for name in lost))


def tell_what_is_left_out(request, form):
    """Tell what of a body that was sent is not stored, a message for each kind and language."""
    for language in form.languages():
        name = column("body", language)
        sent = form.normal(name, form[name].data)
        # Nothing is left out of what is stored, and that is most of forty.
        notes = body.clean(sent, language=language).notes if sent != form.saved(name) else ()
        for note in notes:
            messages.warning(request, f"{LANGUAGES[language].name}: {note}")
