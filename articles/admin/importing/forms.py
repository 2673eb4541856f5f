"""The forms of imports: the upload, and where to file what this site has no category for."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from articles import roles
from articles.admin.languages import enabled
from articles.importers.formats import NAMES
from articles.importers.identity import MAX_SOURCE, is_source_name
from articles.importers.run import jobs
from articles.importers.run.mapping import TAG, parse
from articles.importers.writer.topics import reference
from articles.models import Category
from newsroom.languages import LANGUAGES

OPEN, NOTHING = "open", "nothing"
"""What may be chosen for a name besides a category: not decided yet, and that it is left out."""

MOST_BYTES = 5_000_000
"""A mapping of more bytes is none."""

MOST_ROWS = 200
"""So many names can be decided in the page; the file of the mapping holds all."""


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A WordPress export, a feed, a table, JSON Lines, saved pages or agency files; several of them as a .zip, with their pictures."
        ),
        error_messages={
            "required": gettext_lazy("Choose the file that holds the stories."),
            "empty": gettext_lazy("This file is empty. Save or download it again."),
        },
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of texts that do not tell it"), required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Name of the source"),
        max_length=MAX_SOURCE,
        required=False,
        help_text=gettext_lazy(
            "A short name that you keep: by it and their ids stories are known again. Empty: the name of the format."
        ),
    )
    publish = forms.ChoiceField(
        label=gettext_lazy("Stories"), widget=forms.RadioSelect, initial="", required=False
    )
    create_categories = forms.BooleanField(
        label=gettext_lazy("Create the categories of an archive that this site lacks"),
        required=False,
    )
    fetch_media = forms.BooleanField(
        label=gettext_lazy("Fetch missing pictures from their source"), required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["format"].choices = [("", _("as the file says")), *((name, name) for name in NAMES)]
        fields["language"].choices = [
            ("", _("as the file says, else %s") % LANGUAGES[settings.LANGUAGE_CODE].name),
            *((code, LANGUAGES[code].name) for code in enabled()),
        ]
        fields["publish"].choices = [("", _("all come as drafts"))]
        if user.has_perm(roles.PUBLISH):
            fields["publish"].choices += [("yes", _("published there is published here"))]

    def clean_source(self):
        words = self.cleaned_data["source"]
        if not is_source_name(words):
            raise ValidationError(_("A name of a source has no colon."))
        return words

    def receive(self, user):
        """Keep the file and have it read; return its batch."""
        data = dict(self.cleaned_data)
        file, data["publish"] = data.pop("file"), bool(data["publish"])
        return jobs.receive(file, {name: value for name, value in data.items() if value}, by=user)


class MappingForm:
    """Where to file each name for which this site has no category: a choice a row, or the whole as a file."""

    def __init__(self, batch, data=None, files=None):
        self.data, self.files = data, files
        proposed = dict(batch.plan.get("categories", []))
        self.proposals = proposed | batch.options.get("mapping", {})
        self.more = max(len(self.proposals) - MOST_ROWS, 0)

    def rows(self):
        """Return (name, its choices as (value, words, whether chosen)) for each name."""
        known = [(reference(category), str(category)) for category in Category.objects.all()]
        return [(name, _choices(name, where, known)) for name, where in self._shown()]

    def _shown(self):
        return list(self.proposals.items())[:MOST_ROWS]

    def decided(self):
        """Return name -> reference, tag or ""; those that are open are not in it. A file wins. Raise ValidationError for one that is none."""
        if file := (self.files or {}).get("mapping"):
            try:
                return parse(file.read(MOST_BYTES).decode())
            except ValueError as error:
                raise ValidationError(_("The file of the mapping holds %s") % error) from error
        names, chosen = self.data.getlist("name"), self.data.getlist("choice")
        shown = dict(zip(names, chosen, strict=False))
        hidden = {name: where for name, where in self.proposals.items() if where is not None}
        decided = {name: where for name, where in hidden.items() if name not in shown}
        return decided | {name: _where(choice) for name, choice in shown.items() if choice != OPEN}


def _choices(name, where, known):
    chosen = OPEN if where is None else where or NOTHING
    choices = [
        (OPEN, _("not decided")),
        (f"{TAG}{name}", _("a tag of this name")),
        (NOTHING, _("nothing: leave it out")),
        *known,
    ]
    if chosen not in {value for value, _words in choices}:
        choices.append((chosen, chosen))
    return [(value, words, value == chosen) for value, words in choices]


def _where(choice):
    if choice == NOTHING:
        return ""
    if "/" in choice or choice.startswith(TAG):
        return choice
    raise ValidationError(_("There is no such choice."))
