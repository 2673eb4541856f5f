"""What cleaning left out of a body or changed in it, told to people."""

from dataclasses import dataclass

from django.utils.translation import ngettext, ngettext_lazy

# How many are named of what was left out, and how much of each.
NAMED, LONGEST = 5, 80

SENTENCES = {
    "picture": ngettext_lazy(
        "%(count)d picture was left out, it is not in the library of this story: %(words)s.",
        "%(count)d pictures were left out, they are not in the library of this story: %(words)s.",
        "count",
    ),
    "caption": ngettext_lazy(
        "Words in a picture, card or embed were left out, it shows its own: %(words)s.",
        "Words in %(count)d pictures, cards or embeds were left out, they show their own: %(words)s.",
        "count",
    ),
    "embed": ngettext_lazy(
        "%(count)d embed without a web address was left out: %(words)s.",
        "%(count)d embeds without a web address were left out: %(words)s.",
        "count",
    ),
    "story": ngettext_lazy(
        "%(count)d card was left out, it leads to no story: %(words)s.",
        "%(count)d cards were left out, they lead to no story: %(words)s.",
        "count",
    ),
    "link": ngettext_lazy(
        "%(count)d link without a usable address or without words was removed: %(words)s.",
        "%(count)d links without a usable address or without words were removed: %(words)s.",
        "count",
    ),
    "deleted": ngettext_lazy(
        "Words that are struck out were left out: %(words)s.",
        "Words that are struck out were left out in %(count)d places: %(words)s.",
        "count",
    ),
    "code": ngettext_lazy(
        "%(count)d element was left out with its content: %(words)s.",
        "%(count)d elements were left out with their content: %(words)s.",
        "count",
    ),
    "shortcode": ngettext_lazy(
        "%(count)d shortcode of another system was left out: %(words)s.",
        "%(count)d shortcodes of another system were left out: %(words)s.",
        "count",
    ),
    "rule": ngettext_lazy(
        "%(count)d dividing line was left out.", "%(count)d dividing lines were left out.", "count"
    ),
    "headings": ngettext_lazy(
        "%(count)d heading now has the same level as those above it: %(words)s.",
        "%(count)d headings now have the same level as those above them: %(words)s.",
        "count",
    ),
}


@dataclass(frozen=True)
class Note:
    """What happened to `count` things of one kind; `words` are the words or addresses of each.

    `str()` is a sentence in the active language. `kind` is a key of SENTENCES.
    """

    kind: str
    words: tuple

    @property
    def count(self):
        return len(self.words)

    def __str__(self):
        return SENTENCES[self.kind] % {"count": self.count, "words": _listed(self.words)}


def _listed(words):
    named = [word for word in words[:NAMED] if word]
    more = max(0, len(words) - NAMED)
    return ", ".join([*named, ngettext("%d more", "%d more", more) % more] if more else named)


class Notes:
    """Collects what happened while one body is cleaned."""

    def __init__(self):
        self._words = {}

    def add(self, kind, *words):
        """Remember one more of a kind by its words, or by an address where it has none."""
        named = [shortened(word) for word in words if word.strip()]
        self._words.setdefault(kind, []).append(" ".join(named))

    def all(self):
        return tuple(Note(kind, tuple(words)) for kind, words in self._words.items())


def quoted(words):
    """Return words in quotation marks, "" for none."""
    return f"“{shortened(words)}”" if words.strip() else ""


def shortened(words):
    words = " ".join(words.split())
    return words if len(words) <= LONGEST + 2 else f"{words[:LONGEST].rstrip()}…"
