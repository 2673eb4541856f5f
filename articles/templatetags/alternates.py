"""What a page says of the languages that it can be read in, a line or a few for each.

There may be forty of them on a page, each in three places. A template needs a hundred calls for a line, a format one.
"""

from html import escape

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

HREFLANG = '<link rel="alternate" hreflang="{}" href="{}">\n'
LOCALE = '<meta property="og:locale:alternate" content="{}">\n'
SWITCH = """\
<li class="language-switcher__item">
<a class="language-switcher__link" href="{url}" hreflang="{code}"
{relation}
><span lang="{code}" dir="{direction}">{name}</span></a>
</li>
"""


@register.simple_tag
def hreflangs(page):
    """Return a link in the head for each language of a newsroom.page.Page that machines are told of."""
    return _written(HREFLANG.format(code, escape(url)) for code, url in page.hreflangs)


@register.simple_tag
def other_locales(page):
    """Return what Open Graph wants of the other languages of a newsroom.page.Page; an easy-read form is none."""
    own = page.language.open_graph
    languages = (alternate.language for alternate in page.alternates)
    # Portuguese and that of Brazil have one name there.
    told = dict.fromkeys(language.open_graph for language in languages if not language.main)
    return _written(LOCALE.format(name) for name in told if name != own)


@register.simple_tag
def switches(alternates):
    """Return the items of a language switcher, for newsroom.page.Alternates."""
    return _written(map(_switch, alternates))


def _switch(alternate):
    language, url, is_current, is_here = alternate
    return SWITCH.format(
        url=escape(url),
        code=language.code,
        relation=_relation(is_current=is_current, is_here=is_here),
        direction=language.direction,
        name=language.name,
    )


def _relation(*, is_current, is_here):
    if is_here:
        return 'aria-current="page"'
    return 'aria-current="true"' if is_current else 'rel="alternate"'


def _written(lines):
    return mark_safe("".join(lines))  # noqa: S308, addresses are escaped, and all else is of the code
