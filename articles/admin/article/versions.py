"""An older version of a story beside the story of today, in words."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext as _
from reversion.models import Version

from articles.actions import restoring
from articles.admin.languages import enabled
from articles.texts import ARTICLE_TEXTS, columns, is_blank, text, text_or_default
from newsroom.languages import LANGUAGES, choices, with_columns

SHARED = "shared"


@dataclass(frozen=True)
class Difference:
    """One thing that a version has otherwise: its name, and how it is now and was then."""

    label: str
    now: str
    then: str


@dataclass(frozen=True)
class Part:
    """What can be chosen to go back: a language, or what all languages share."""

    value: str
    name: str
    is_chosen: bool
    differences: list

    @property
    def direction(self):
        return LANGUAGES[self.value].direction if self.value in with_columns() else ""


class Comparison:
    """A story beside one of its versions. `parts` are those that would change."""

    def __init__(self, article, version):
        self.version = version
        self.now = restoring.Held(article)
        self.then, self.lost = restoring.look_back(article, version)

    @cached_property
    def parts(self):
        compared = {
            code: differences(_words(self.now, code), _taken(_words(self.then, code)))
            for code in enabled()
            # A language that began later is no part of that version, and is not emptied by it.
            if code in self.then.article.languages()
        }
        compared[SHARED] = differences(_shared(self.now), _shared(self.then))
        changed = self._changed_next()
        names = dict(choices()) | {SHARED: _("What all languages share")}
        return [
            Part(value, names[value], value in changed or len(compared) == 1, differences)
            for value, differences in compared.items()
            if differences
        ]

    def _changed_next(self):
        """Return the languages of the first change after the version: it is what people want to undo."""
        old = self.version.field_dict
        later = Version.objects.get_for_object(self.now.article).filter(pk__gt=self.version.pk)
        for version in later.order_by("pk").iterator():
            changed = {
                code
                for code in enabled()
                for name in columns(ARTICLE_TEXTS, code)
                if (version.field_dict.get(name) or "") != (old.get(name) or "")
            }
            if changed:
                return changed
        return {
            code
            for code in enabled()
            for name in columns(ARTICLE_TEXTS, code)
            if (getattr(self.now.article, name) or "") != (old.get(name) or "")
        }


def _words(held, language):
    """Return key -> (label, text) of everything that is said in a language."""
    labels = {"title": _("Headline"), "standfirst": _("Standfirst"), "body": _("Body")}
    texts = {name: (labels[name], text(held.article, name, language)) for name in labels}
    for image, use in held.uses.items():
        for name, label in (("caption", _("Caption: %s")), ("alt", _("Alternative text: %s"))):
            texts[f"{name} {image}"] = (label % use.image, text(use, name, language))
    return texts


def _taken(words):
    """Return what is taken of the words of a version: an alternative text that it had not empties none."""
    return {
        key: said
        for key, said in words.items()
        if not (key.startswith("alt ") and is_blank(said[1] or ""))
    }


def _shared(held):
    """Return key -> (label, words) of what all languages share."""
    here = get_language()
    uses = sorted(held.uses.values(), key=lambda use: (not use.is_lead, use.position, use.pk))
    categories = (text_or_default(category, "name", here) for category in held.categories)
    return {
        "source": (_("Written in"), LANGUAGES[held.article.source_language].name),
        "images": (_("Images"), ", ".join(map(_image, uses))),
        "bylines": (_("Bylines"), ", ".join(map(str, held.bylines))),
        "categories": (_("Categories"), ", ".join(categories)),
        "tags": (_("Tags"), ", ".join(tag.name for tag in held.tags)),
    }


def _image(use):
    return _("%s (leads)") % use.image if use.is_lead else str(use.image)


def differences(now, then):
    """Return a Difference for each (label, text) of both sides that is another; compare what both sides name; a picture that one of them has not is told with what all share."""
    return [
        Difference(label, _shown(key, words), _shown(key, then[key][1]))
        for key, (label, words) in now.items()
        if key in then and words != then[key][1]
    ]


def _shown(key, words):
    if not words:
        return "—"
    # Every body in the database has been cleaned, and linebreaks escapes.
    return mark_safe(words if key == "body" else linebreaks(words, autoescape=True))  # noqa: S308
