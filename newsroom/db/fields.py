"""Fields of models that Django has no such ones of."""

import re

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


class WebAddressField(models.URLField):
    """A URLField whose form takes an address without a scheme for https, as Django 6 will."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https"} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
