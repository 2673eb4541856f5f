"""Whether a block is translated at all, and to its end."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side

LONG = 80
"""Of a shorter text the length says nothing."""
SHORTER = 4
"""What is this many times shorter than its source lacks something; in a script without spaces, more times."""
SHORTER_WITHOUT_SPACES = 9
SEVERAL = 2

WITHOUT_SPACES = frozenset({"Han", "Kana", "Thai"})
WITHOUT_FULL_STOP = frozenset({"Thai"})

_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|XXX|TKTK|TK)\b|\?\?\?|\[\s*(?:…|\.\.\.)\s*\]")
_END = re.compile(r"[.!?…。！？؟۔।;։՞፧።]\W*\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")


def nothing() -> Check:
    return Check("unfinished", _("Nothing is written here yet."))


def unfinished(source: Side, target: Side) -> Iterator[Check]:
    """Ask about placeholders, a sentence without its end, and a text that is far shorter."""
    placeholder = _PLACEHOLDER.search(target.text)
    if placeholder and placeholder[0] not in source.text:
        yield Check("unfinished", _("“%(words)s” is left in it.") % {"words": placeholder[0]})
    has_end = target.language.script not in WITHOUT_FULL_STOP
    if has_end and _END.search(source.text) and not _END.search(target.text):
        yield Check("unfinished", _("The source ends its sentence, and this does not."))
    is_spaceless = target.language.script in WITHOUT_SPACES
    times = SHORTER_WITHOUT_SPACES if is_spaceless else SHORTER
    if len(source.text) > LONG and len(target.text) * times < len(source.text):
        yield Check("unfinished", _("It is much shorter than the source."))


def same(source: Side, target: Side) -> Iterator[Check]:
    """Ask about words that are those of the source, which another form of one language may share."""
    is_same = source.text.strip() == target.text.strip()
    several = len(_WORD.findall(source.text)) >= SEVERAL
    if is_same and several and source.base != target.base:
        yield Check("same", _("It is the same as the source."))
