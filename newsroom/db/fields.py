"""Fields of models that Django has no such ones of."""

import re

from django import forms
from django.core.validators import RegexValidator, validate_unicode_slug
from django.db import models

# Signs of the scripts of India and of Thai, which are no letters to Python: without them half of a word is left.
LETTERS = r"[-\w\u0900-\u0dff\u0e00-\u0e7f]+"


class SlugField(models.SlugField):
    """A slug of any script. To migrations it is Django's own, which refuses words of Hindi, Tamil or Thai."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        whole = re.compile(rf"\A{LETTERS}\Z")
        self.default_validators = [RegexValidator(whole, validate_unicode_slug.message)]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs


def with_small_scheme(address):
    """Return an address with its scheme in small letters, as all that reads addresses expects it."""
    scheme, colon, rest = address.partition(":")
    return f"{scheme.lower()}{colon}{rest}"


class WebAddressInput(forms.URLField):
    """The field of a form for an address: without a scheme it is https, as Django 6 will have it."""

    def __init__(self, **options):
        super().__init__(**{"assume_scheme": "https"} | options)

    def to_python(self, value):
        return with_small_scheme(super().to_python(value))


class WebAddressField(models.URLField):
    """A URLField for the address of a page, with its scheme in small letters."""

    def to_python(self, value):
        return value and with_small_scheme(super().to_python(value))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": WebAddressInput} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
