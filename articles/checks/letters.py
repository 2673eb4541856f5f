"""Spaces that nobody wanted."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side

_DOUBLED = re.compile(r"\S[ \u00a0]{2,}\S")
_BEFORE_COMMA = re.compile(r"\w +[,.،](?=\s|\Z)")


def doubled_space(_source: Side, target: Side) -> Iterator[Check]:
    if _DOUBLED.search(target.text):
        yield Check("spaces", _("Two spaces stand side by side."))
    if _BEFORE_COMMA.search(target.text):
        yield Check("spaces", _("A space stands before a comma or a full stop."))
