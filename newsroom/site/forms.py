"""The part of the form of settings that is about the look: each picture is made ready when it comes."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from newsroom.forms.merging import MergingForm
from newsroom.site import colours, pictures
from newsroom.site.widgets import ColourInput, SitePictureInput

FIELDS = (*pictures.PICTURES, *colours.ACCENTS)

BY_NIGHT = {"logo_dark": "logo", "accent_dark": "accent"}
"""What is seen by night -> that by day, without which it is nothing."""

TAKE_AWAY = _("Take the logo by night away, too.")


class PictureField(forms.FileField):
    """A picture of a `kind`: what it gives may be stored."""

    kind = ""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return pictures.prepared(file, self.kind) if isinstance(file, UploadedFile) else file


class ColourField(forms.CharField):
    """A colour, in small letters."""

    def to_python(self, value):
        return super().to_python(value).lower()


class LookForm(MergingForm):
    class Meta:
        fields = FIELDS
        field_classes = dict.fromkeys(pictures.PICTURES, PictureField) | dict.fromkeys(
            colours.ACCENTS, ColourField
        )
        widgets = {
            kind: SitePictureInput(limits.formats) for kind, limits in pictures.LIMITS.items()
        } | {"accent": ColourInput(colours.DAY), "accent_dark": ColourInput(colours.NIGHT)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in pictures.PICTURES:
            # However long the name is that it comes with: it gets another.
            self.fields[kind].kind, self.fields[kind].max_length = kind, None

    def clean(self):
        cleaned = super().clean()
        for night, day in BY_NIGHT.items():
            if cleaned.get(night) and not cleaned.get(day) and day not in self.errors:
                # False is what a picture leaves that is taken away by its box.
                is_taken_away = cleaned.get(day) is False
                sentence = TAKE_AWAY if is_taken_away else _("This needs the one by day, too.")
                self.add_error(night, ValidationError(sentence))
        return cleaned
