"""What cleaning left out of a body or changed in it, told to people."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# How many are named of what was left out, and how much of each.
NAMED, LONGEST = 5, 80

SENTENCES = {
    "picture": _("Pictures left out, because the story does not have them (%(count)d): %(words)s."),
    "caption": _(
        "Words in pictures, cards or embeds left out, because these show their own (%(count)d): "
        "%(words)s."
    ),
    "embed": _("Embeds left out, because they have no web address (%(count)d): %(words)s."),
    "story": _("Cards left out, because they lead to no story (%(count)d): %(words)s."),
    "link": _(
        "Links removed, because they have no usable address or no words (%(count)d): %(words)s."
    ),
    "language": _(
        "Words no longer marked as another language, because it is not known here (%(count)d): %(words)s."
    ),
    "deleted": _("Words left out, because they are struck out (%(count)d): %(words)s."),
    "code": _("Elements left out with their content (%(count)d): %(words)s."),
    "shortcode": _("Shortcodes of another system left out (%(count)d): %(words)s."),
    "rule": _("Dividing lines left out (%(count)d)."),
    "headings": _("Headings that now have the level of those above them (%(count)d): %(words)s."),
}


@dataclass(frozen=True)
class Note:
    """What happened to `count` things of one kind; `words` are the words or addresses of each.

    `str()` is a sentence in the active language. `kind` is a key of SENTENCES.
    """

    kind: str
    words: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.words)

    def __str__(self) -> str:
        return str(SENTENCES[self.kind]) % {"count": self.count, "words": _listed(self.words)}


def _listed(words: tuple[str, ...]) -> str:
    named = [word for word in words[:NAMED] if word]
    return ", ".join([*named, "…"] if len(words) > NAMED else named)


class Notes:
    """Collects what happened while one body is cleaned."""

    def __init__(self) -> None:
        self._words: dict[str, list[str]] = {}

    def add(self, kind: str, *words: str) -> None:
        """Remember one more of a kind by its words, or by an address where it has none."""
        named = [shortened(word) for word in words if word.strip()]
        self._words.setdefault(kind, []).append(" ".join(named))

    def all(self) -> tuple[Note, ...]:
        return tuple(Note(kind, tuple(words)) for kind, words in self._words.items())


def quoted(words: str) -> str:
    """Return words in quotation marks, "" for none."""
    return f"“{shortened(words)}”" if words.strip() else ""


def shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST + 2 else f"{words[:LONGEST].rstrip()}…"
