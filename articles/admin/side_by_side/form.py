"""The form of a translation beside its source: a field for each block, and for the words of each picture."""

from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, gettext_lazy

from articles import body
from articles.admin.article.body_input import BodyInput
from articles.admin.forms import MergedForm
from articles.admin.languages import writing_in
from articles.admin.side_by_side.lines import ALONE, EMBED, OF, TITLE, embed_of, sources_of
from articles.admin.widgets import PlainField
from articles.comparing.wordings import HEADLINE, STANDFIRST, Block
from articles.models import Article, Edition
from articles.texts import column
from newsroom.forms.marks import fingerprint

WORDS = {"caption": gettext_lazy("Caption"), "alt": gettext_lazy("Alternative text")}
TEXTS = (f"{OF}-", f"{ALONE}-", f"{EMBED}-")
"""How the fields of what is text begin."""

LINES = {HEADLINE: gettext_lazy("Headline"), STANDFIRST: gettext_lazy("Standfirst")}
COLUMNS = {f"{OF}-{HEADLINE}": "title", f"{OF}-{STANDFIRST}": "standfirst"}


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
        titles = {line.title_name: line.title for line in lines if line.is_embed}
        self.sources = {line.source_name: line for line in lines if line.source_name}
        of_source = dict(sources_of(record))
        made_from = {
            name: target.source if target.source in of_source else ""
            for name, target in ((name, line.row.target) for name, line in self.sources.items())
        }
        initial = {line.name: line.written for line in lines} | titles | made_from | words
        super().__init__(*args, initial=initial, **kwargs)
        for line in lines:
            self.fields[line.name] = self._field_of(line)
        for name in titles:
            self.fields[name] = self._title_field()
        choices = [("", _("no block of the source")), *of_source.items()]
        for name in made_from:
            self.fields[name] = self._source_field(choices)
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

    def _title_field(self):
        widget = forms.TextInput(writing_in(self.language))
        label = _("What it shows, in a few words")
        return PlainField(label=label, required=False, max_length=200, widget=widget)

    def _source_field(self, choices):
        widget = forms.Select(writing_in(self.record.source))
        label = _("Made from")
        return forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)

    def _body_field(self, label):
        widget = BodyInput({"rows": 4, **writing_in(self.language)}, is_one_of_many=True)
        return forms.CharField(label=label, required=False, widget=widget)

    def _lost(self):
        """Name what was sent for blocks that somebody has taken out meanwhile."""
        return [
            name
            for name, words in self.data.items()
            if name.startswith(TEXTS) and name not in self.fields and words not in {"", "on"}
        ]

    # --- Merging ---

    def row_of(self, name):
        kind, _dash, pk = name.partition("-")
        if kind in WORDS:
            return self.uses[int(pk)], column(kind, self.language)
        if name in COLUMNS:
            return self.instance, column(COLUMNS[name], self.language)
        if name.startswith(TEXTS):
            return self.instance, column("body", self.language)
        return super().row_of(name)

    def parts_of(self, name, value):
        """Take a body apart: a field holds one of its blocks, or the title of one that is an embed."""
        if name in COLUMNS or not name.startswith(TEXTS):
            return super().parts_of(name, value)
        blocks = [block.html for block in body.parsed(value).blocks]
        is_title = name.startswith(f"{EMBED}-")
        return [embed_of(Block("", html)).get(TITLE, "") for html in blocks] if is_title else blocks

    def base_of(self, name, was, mine, theirs):
        base = super().base_of(name, was, mine, theirs)
        # A block that nobody had written yet stands in no version.
        is_new = base is None and name.startswith(TEXTS) and was == fingerprint("")
        return "" if is_new else base

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
        texts = [data.get(name) for name in self.fields if name.startswith(TEXTS)]
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

    def told_sources(self):
        """Return the id of each block of which another source was chosen -> the id of that, or ""."""
        return {
            line.row.target.id: self.cleaned_data[name]
            for name, line in self.sources.items()
            if name in self.changed_data
        }

    @property
    def has_words(self):
        """Return whether anything but a source was changed."""
        return not set(self.changed_data) <= self.sources.keys()

    @property
    def has_other_texts(self):
        return any(name.startswith(TEXTS) for name in self.changed_data)

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
            if line.is_missing and self._is_written(line):
                names.insert(names.index(previous) + 1 if previous else 0, name)
            previous = name if name in names else previous
        written = [
            (html, self._source_of(lines[name]))
            for name in names
            for html in self._blocks(lines[name])
        ]
        lost = [(block, "") for name in self.lost for block in self._split(self.cleaned_data[name])]
        return written + lost

    def _source_of(self, line):
        return self.cleaned_data.get(line.source_name, line.source)

    def _is_written(self, line):
        """Return whether a block stands in the translation; a title that somebody writes puts its embed there."""
        new_title = line.title_name in self.changed_data and self.cleaned_data[line.title_name]
        return bool(self.cleaned_data[line.name] or new_title)

    def _blocks(self, line):
        row = line.row
        if not {line.name, line.title_name} & set(self.changed_data):
            return [row.target.html] if row.target else []
        if not line.is_reference:
            return self._split(self.cleaned_data[line.name])
        html = (row.target or row.source).html
        if line.is_embed:
            html = self._titled(html, self.cleaned_data[line.title_name])
        return [html] if self._is_written(line) else []

    def _titled(self, html, title):
        return self._cleaned(body.parsed(html).titled([title]).html).html

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
