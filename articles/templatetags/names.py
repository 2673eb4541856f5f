"""What the pages of the admin need to name a thing: its name may be in any language, and theirs is another."""

from django import template
from django.utils.html import format_html
from django.utils.text import Truncator

from newsroom.languages import LANGUAGES

register = template.Library()


@register.filter
def named(thing, most=None):
    """Return what a thing is called as an element of its own, with its language where that is known; of `most` words."""
    name = str(thing)
    language = LANGUAGES.get(getattr(name, "language", ""))
    shown = Truncator(name).words(most) if most else name
    if language is None:
        return format_html("<bdi>{}</bdi>", shown)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language.code, language.direction, shown)
