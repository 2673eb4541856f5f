"""The form of a translation beside its source: a field for each block, and for the words of each picture."""

from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, gettext_lazy

from articles import body
from articles.admin.article.body_input import BodyInput
from articles.admin.forms import MergedForm
from articles.admin.languages import writing_in
from articles.admin.side_by_side.lines import ALONE, OF
from articles.admin.widgets import PlainField
from articles.comparing.wordings import HEADLINE, STANDFIRST
from articles.models import Article, Edition
from articles.texts import column

WORDS = {"caption": gettext_lazy("Caption"), "alt": gettext_lazy("Alternative text")}
LINES = {HEADLINE: gettext_lazy("Headline"), STANDFIRST: gettext_lazy("Standfirst")}


class SideBySideForm(MergedForm):
    """A field for each block of a language, and for the words of each picture.

    What somebody wrote to a block that is no longer there gets a field of its own at the end.
    """

    class Meta:
        model = Article
        fields = []

    def __init__(self, *args, language, record, lines, uses, **kwargs):
        self.language, self.record, self.lines = language, record, lines
        self.uses = {use.pk: use for use in uses}
        words = {
            f"{name}-{use.pk}": getattr(use, column(name, language))
            for use in uses
            for name in WORDS
        }
        initial = {line.name: line.written for line in lines} | words
        super().__init__(*args, initial=initial, **kwargs)
        for line in lines:
            self.fields[line.name] = self._field_of(line)
        for name in words:
            label = WORDS[name.partition("-")[0]]
            self.fields[name] = PlainField(label=label, required=False, widget=_area(language, 2))
        self.lost = self._lost()
        for name in self.lost:
            self.fields[name] = self._body_field(_("Words of a block that is gone"))

    def _field_of(self, line):
        if line.is_line:
            words = {"label": LINES[line.block.id], "required": False}
            longest = {"max_length": 300} if line.is_headline else {}
            rows = 2 if line.is_headline else 3
            return PlainField(**words, **longest, widget=_area(self.language, rows))
        if line.is_reference:
            return forms.BooleanField(label=_("In this language too"), required=False)
        return self._body_field(_("Translation"))

    def _body_field(self, label):
        widget = BodyInput({"rows": 4, **writing_in(self.language)}, is_one_of_many=True)
        return forms.CharField(label=label, required=False, widget=widget)

    def _lost(self):
        """Name what was sent for blocks that somebody has taken out meanwhile."""
        starts = (f"{OF}-", f"{ALONE}-")
        return [
            name
            for name, words in self.data.items()
            if name.startswith(starts) and name not in self.fields and words not in {"", "on"}
        ]

    # --- Merging ---

    def row_of(self, name):
        kind, _dash, pk = name.partition("-")
        if kind in WORDS:
            return self.uses[int(pk)], column(kind, self.language)
        return super().row_of(name)

    def typed(self, name):
        value = super().typed(name)
        is_body = isinstance(self.fields[name].widget, BodyInput)
        return self._cleaned(value).html if is_body and value != self.saved(name) else value

    def shown(self, name, value):
        if isinstance(self.fields[name].widget, BodyInput):
            # Cleaned, as every body that is shown.
            return mark_safe(self._cleaned(value).html)  # noqa: S308
        return super().shown(name, value)

    def clean(self):
        data = super().clean()
        headline = f"{OF}-{HEADLINE}"
        texts = [data.get(name) for name in self.fields if name.startswith((OF, ALONE))]
        if any(texts) and not data.get(headline) and headline in self.fields:
            self.add_error(headline, _("Give the story a headline in this language."))
        if not self.errors and self.has_other_texts and not self.body() and self._is_published():
            message = _("This language is published: withdraw it first, or give it a text.")
            self.add_error(None, message)
        return data

    def _is_published(self):
        published = {"language": self.language, "status": Edition.Status.PUBLISHED}
        return self.instance.editions.filter(**published).exists()

    # --- What is written ---

    @property
    def has_other_texts(self):
        return any(name.startswith((OF, ALONE)) for name in self.changed_data)

    def texts(self):
        """Return headline and standfirst by their names; what has none in the source stays as it is."""
        own = {block.id: block.html for block in self.record.texts.get(self.language, [])}
        texts = {name: self.cleaned_data.get(f"{OF}-{name}", own.get(name, "")) for name in LINES}
        return texts | {HEADLINE: " ".join(texts[HEADLINE].split())}

    def body(self):
        """Return (HTML, id of the source's block) for each block of the body, what is new behind what it follows in the source."""
        lines = {line.name: line for line in self.lines if not line.is_line}
        places = {line.row.target.id: name for name, line in lines.items() if not line.is_missing}
        own = self.record.texts.get(self.language, [])
        names = [places[block.id] for block in own if block.id in places]
        previous = None
        for name, line in lines.items():
            if line.is_missing and self.cleaned_data[name]:
                names.insert(names.index(previous) + 1 if previous else 0, name)
            previous = name if name in names else previous
        written = [
            (html, lines[name].source) for name in names for html in self._blocks(lines[name])
        ]
        lost = [(block, "") for name in self.lost for block in self._split(self.cleaned_data[name])]
        return written + lost

    def _blocks(self, line):
        value, row = self.cleaned_data[line.name], line.row
        if line.name not in self.changed_data:
            return [row.target.html] if row.target else []
        if line.is_reference:
            return [(row.target or row.source).html] if value else []
        return self._split(value)

    def _split(self, html):
        return [block.html for block in self._cleaned(html).body.blocks]

    def _cleaned(self, html):
        return body.clean(html, language=self.language)

    def changed_uses(self):
        """Return the uses of pictures whose words were changed, with the new ones."""
        changed = {}
        for name in self.changed_data:
            kind, _dash, pk = name.partition("-")
            if kind in WORDS:
                changed[pk] = self.uses[int(pk)]
                setattr(changed[pk], column(kind, self.language), self.cleaned_data[name])
        return list(changed.values())


def _area(language, rows):
    return forms.Textarea({"rows": rows, **writing_in(language)})
