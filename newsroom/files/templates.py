"""Templates as readers need them: what only makes them easy to read is left out when they are loaded."""

import re

from django.template.loaders import filesystem

CONTROL = (
    *("block", "endblock", "comment", "endcomment", "extends", "load", "with", "endwith"),
    *("if", "elif", "else", "endif", "for", "empty", "endfor"),
    *("hreflangs", "other_locales", "switches", "include", "navigation", "picture"),
)
"""Tags that write nothing themselves, or whole lines."""

TAG = rf"\{{%\s*(?:{'|'.join(CONTROL)})\b(?:(?!%\}}).)*%\}}"
ONLY_TAGS = re.compile(rf"^({TAG}(?:[ \t]*{TAG})*)[ \t]*\n", re.MULTILINE)
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def compact(source):
    """Return a template without its indentation, and without the ends of lines of control tags only."""
    return ONLY_TAGS.sub(r"\1", INDENTATION.sub("", source))


class Loader(filesystem.Loader):
    """Loads the site's own templates, compact."""

    def get_contents(self, origin):
        return compact(super().get_contents(origin))
