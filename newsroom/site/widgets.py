"""Inputs of the settings: a picture that is there is shown, and a colour as it will be read."""

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.translation import get_language

from newsroom.site import colours
from newsroom.site.reading import current


class SitePictureInput(AdminFileWidget):
    """A file input, behind the picture that is there."""

    def __init__(self, formats, attrs=None):
        suffixes = ",".join(f".{image_format}" for image_format in formats)
        super().__init__({"accept": suffixes.lower(), **(attrs or {})})

    def render(self, name, value, attrs=None, renderer=None):
        shown = render_to_string("admin/widgets/site_picture.html", {"picture": value})
        return shown + super().render(name, value, attrs, renderer)


class ColourInput(forms.TextInput):
    """A colour in hexadecimal digits, and under it a masthead, a label and a link that have it: js/admin-accent.js."""

    def __init__(self, grounds, attrs=None):
        self.grounds = grounds
        super().__init__({"size": 9, "spellcheck": "false", "autocomplete": "off", **(attrs or {})})

    def render(self, name, value, attrs=None, renderer=None):
        context = {
            "id": (attrs or {}).get("id", ""),
            "name": current(get_language()).name,
            "grounds": " ".join(self.grounds),
            "least": str(colours.LEAST),
            "is_night": self.grounds == colours.NIGHT,
        }
        shown = render_to_string("admin/widgets/colour.html", context)
        return super().render(name, value, attrs, renderer) + shown

    @property
    def media(self):
        return forms.Media(js=[Script("js/admin-accent.js", type="module")])
