import pytest
from django.template import Context, Template

from newsroom.files.templates import compact


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<ul>\n  <li>a</li>\n</ul>\n", "<ul>\n<li>a</li>\n</ul>\n"),
        ("{% if a %}\n  <b>x</b>\n{% endif %}\n", "{% if a %}<b>x</b>\n{% endif %}"),
        ("  {% for a in b %} {% if a %}\n  x\n", "{% for a in b %} {% if a %}x\n"),
        (
            "{% comment %}\nWhat it is.\n{% endcomment %}\n",
            "{% comment %}What it is.\n{% endcomment %}",
        ),
        ('{% extends "a" %}\n{% load i18n %}\n', '{% extends "a" %}{% load i18n %}'),
        # A part ends its own last line.
        ('{% include "a" only %}\n  b\n', '{% include "a" only %}b\n'),
        # What writes words keeps its line, and words keep the space between them.
        ("{% published at %}\n  b\n", "{% published at %}\nb\n"),
        ("By\n  {% if a %}<i>A</i>{% endif %}\n  C\n", "By\n{% if a %}<i>A</i>{% endif %}\nC\n"),
        ("no  indent", "no  indent"),
    ],
)
def test_a_template_loses_its_indentation_and_the_ends_of_lines_of_tags(source, kept):
    assert compact(source) == kept


def test_a_compact_template_means_the_same():
    source = (
        "<p>\n  {% for word in words %}\n    {% if word %}\n      <b>{{ word }}</b>\n"
        "    {% else %}\n      none\n    {% endif %}\n  {% endfor %}\n</p>\n"
    )

    html = Template(compact(source)).render(Context({"words": ["a", ""]}))

    assert html == "<p>\n<b>a</b>\nnone\n</p>\n"
