"""The input of a story's body: an editor over a textarea."""

import json

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django_prose_editor.widgets import importmap
from js_asset import ImportMap, Media

from articles.body.body import WORDS_A_MINUTE
from articles.body.notes import SENTENCES
from articles.body.vocabulary import EMBED_HOSTS
from newsroom.i18n.quotation_marks import quotation_marks
from newsroom.languages import choices

# What the editor's scripts say. Keys are names in static/js/admin-body*.js.
EDITOR_WORDS = {
    "toolbar": _("Text tools"),
    "paragraph": _("Paragraph"),
    "heading": _("Heading"),
    "subheading": _("Subheading"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "lowered": _("Subscript"),
    "raised": _("Superscript"),
    "link": _("Link"),
    "bullets": _("Bulleted list"),
    "numbers": _("Numbered list"),
    "quote": _("Quotation"),
    "pull": _("Pull quote"),
    "speaker": _("Who said it"),
    "quoteOriginal": _("The words in the original"),
    "quoteHint": _("Readers see it under the translated words."),
    "quoteLanguage": _("Original language"),
    "quoteRemove": _("No quotation any more"),
    "menu": _("Insert here"),
    "length": _("Words: {words} · Minutes to read: {minutes}"),
    "sheet": _("Shortcuts"),
    "close": _("Close"),
    "keyControl": pgettext_lazy("key", "Ctrl"),
    "language": _("Other language"),
    "languageOf": _("Language of these words"),
    "languageChoose": _("Choose…"),
    "languageNone": _("Choose the language of these words."),
    "languageOwn": _("That of the story"),
    "languageName": _("A name, number or formula that keeps its own direction"),
    "apply": _("Apply"),
    "figure": _("Image"),
    "card": _("Read: card"),
    "embed": _("Embed"),
    "table": _("Table"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "rowAfter": _("Add row"),
    "columnAfter": _("Add column"),
    "deleteRow": _("Delete row"),
    "deleteColumn": _("Delete column"),
    "headerCell": _("Header cell"),
    "deleteTable": _("Delete table"),
    "caption": _("Caption of the table"),
    "search": _("Search"),
    "cancel": _("Cancel"),
    "insert": _("Insert"),
    "remove": _("Remove link"),
    "nothing": _("Nothing found."),
    "searching": _("Searching…"),
    "failed": _("The list could not be loaded. Try again."),
    "chooseImage": _("Choose an image"),
    "chooseArticle": _("Choose a story"),
    "linkTitle": _("Link"),
    "linkAddress": _("Web address"),
    "linkInvalid": _(
        "This is no address. Write example.org, me@example.org, or a path that begins with /."
    ),
    "linkInside": _("Readers do not come into the newsroom. Choose the story below."),
    "linkStory": _("or a story of ours"),
    "embedTitle": _("Embed"),
    "embedAddress": _("Address of the video, post or map"),
    "embedName": _("What it shows, in a few words"),
    "embedPicture": _("A picture of what is there"),
    "embedHint": _(
        "Readers see a link to it, and go there only if they follow it. The code that a site offers works, too."
    ),
    "embedInvalid": _("This is no web address, and no code that holds one."),
    "gap": _("The file is missing:"),
    "upload": _("upload it"),
    "uploadOther": _("Upload a picture"),
    "uploadTitle": _("Upload a picture"),
    "uploadAndInsert": _("Upload and insert"),
    "uploading": _("Being uploaded…"),
    "alreadyThere": _(
        "The library has this picture already. Choose it here, or upload yours all the same."
    ),
    "notSent": _("It could not be sent. Try again."),
    "file": _("File"),
    "alt": _("Alternative text"),
    "altHint": _("What the picture shows, for those who do not see it."),
    "creator": _("Creator"),
    "credit": _("Credit line"),
    "creditHint": _("As it stands under the picture, if not the creator alone."),
    "unknown": _("Not found"),
    "read": _("Read:"),
    "waits": _("Waits for:"),
    "rows": _("Rows"),
    "columns": _("Columns"),
}


# What the editor says of a paste: kinds of static/js/admin-body-paste.js.
LEFT_OUT = {
    **{kind: SENTENCES[kind] for kind in ("deleted", "embed", "headings", "link", "rule")},
    "picture": _("Pictures left out, put them in from the library (%(count)d): %(words)s."),
    "hidden": _("Words left out, because they were hidden (%(count)d): %(words)s."),
    "comments": _("Comments left out (%(count)d): %(words)s."),
    "files": _("Files that are no pictures, or that this text cannot have (%(count)d): %(words)s."),
    "footnotes": _("Footnotes that stand in brackets now (%(count)d)."),
}

# Names under which the editor's scripts import each other, so that each keeps its hashed address.
SCRIPTS = (
    *(
        "addresses",
        "clipboard",
        "commands",
        "icons",
        "keys",
        "length",
        "menu",
        "nodes",
        "paste",
        "picker",
    ),
    *("quotes", "sheet", "text", "toolbar", "tools", "upload"),
)
EDITOR_SCRIPTS = importmap | ImportMap(
    {f"newsroom/{name}": f"js/admin-body-{name}.js" for name in SCRIPTS}
)


class BodyInput(forms.Textarea):
    """The body of a story, or of a page without pictures: an editor over a textarea, which works without it too.

    Of many on a page, each is told what all need to know by an element around them: see `surroundings`.
    """

    holds_blocks = True
    """What forms.py merges a value by."""

    def __init__(self, attrs=None, *, has_pictures=True, is_one_of_many=False):
        self.has_pictures, self.is_one_of_many = has_pictures, is_one_of_many
        super().__init__({"class": "vLargeTextField body-input", "rows": 24, **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        told = {} if self.is_one_of_many else surroundings(has_pictures=self.has_pictures)
        marks = json.dumps(quotation_marks(context["widget"]["attrs"].get("lang", "")))
        context["widget"]["attrs"] |= {"data-body": "", "data-quotation-marks": marks, **told}
        return context

    @property
    def media(self):
        return Media(importmap=EDITOR_SCRIPTS, js=[Script("js/admin-body.js", type="module")])


def surroundings(*, has_pictures):
    """Return what an editor needs to know, as attributes of its textarea or of an element around it."""
    images = reverse("admin:articles_image_library")
    return {
        "data-words": json.dumps(_said(EDITOR_WORDS) | {"left": _said(LEFT_OUT)}),
        "data-hosts": json.dumps(EMBED_HOSTS),
        "data-languages": json.dumps(choices()),
        "data-words-a-minute": WORDS_A_MINUTE,
        **({"data-images": images} if has_pictures else {}),
        "data-articles": reverse("admin:articles_article_library"),
    }


def _said(words):
    return {key: str(said) for key, said in words.items()}
