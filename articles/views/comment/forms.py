"""What readers fill in to write a comment, to change one, and to be sent a link by mail."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import NAME_LENGTH, WORDS_LENGTH
from articles.texts import plain
from newsroom.forms.open import OpenForm

TOO_LONG = _("This has %(show_value)d characters; there is room for %(limit_value)d.")


class WordsForm(OpenForm):
    """The words of a comment."""

    words = forms.CharField(
        label=_("Your comment"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea,
        error_messages={"required": _("Write your comment first."), "max_length": TOO_LONG},
    )

    def clean_words(self):
        words = self.cleaned_data["words"].replace("\r\n", "\n")
        return _visible(words, self.fields["words"])


class AddressForm(OpenForm):
    """The address to which a link to all its comments goes."""

    email = forms.EmailField(
        label=_("Your mail address"),
        error_messages={
            "required": _("Write the mail address that you gave with your comments."),
            "invalid": _("This is no mail address. Please correct it."),
        },
    )


class CommentForm(WordsForm):
    """A new comment. Without mail nobody is asked for an address: nothing could be done with it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        error_messages={
            "required": _("Write your name, or another one that readers may see."),
            "max_length": TOO_LONG,
        },
    )
    email = forms.EmailField(
        label=_("Your mail address (optional)"),
        required=False,
        error_messages={
            "invalid": _("This is no mail address. Correct it, or leave it empty."),
            "max_length": TOO_LONG,
        },
    )
    field_order = ["name", "email", "words"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.SENDS_MAIL:
            del self.fields["email"]

    def clean_name(self):
        return _visible(self.cleaned_data["name"], self.fields["name"])


def _visible(words, field):
    if not plain(words):
        raise ValidationError(field.error_messages["required"])
    return plain(words)
