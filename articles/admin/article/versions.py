"""An older version of a story beside the story of today, in words."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _
from reversion.models import Version

from articles.actions import restoring
from articles.admin.forms import words_of_block
from articles.admin.languages import enabled
from articles.comparing.differences import blocks_of, compared, on_side
from articles.comparing.words import ADDED, REMOVED
from articles.texts import ARTICLE_TEXTS, columns, is_blank, text, text_or_default
from newsroom.languages import LANGUAGES, choices, with_columns

SHARED = "shared"
PICTURES = "pictures-"
"""Before the code of a language: what is said in it of the pictures."""


@dataclass(frozen=True)
class Difference:
    """One thing that a version has otherwise: its name, and how it is now and was then, block by block."""

    label: str
    now: list
    then: list


@dataclass(frozen=True)
class Part:
    """What can be chosen to go back: a language, what is said in it of the pictures, or what all languages share.

    `emptied` names what is live and would be empty; with the choice is sent that this was said.
    """

    value: str
    name: str
    is_chosen: bool
    differences: list
    emptied: tuple = ()

    @property
    def is_of_pictures(self):
        return self.value.startswith(PICTURES)

    @property
    def language(self):
        code = self.value.removeprefix(PICTURES)
        return code if code in with_columns() else ""

    @property
    def direction(self):
        return LANGUAGES[self.language].direction if self.language else ""


@dataclass(frozen=True)
class Choice:
    """What somebody chose of a version, and of which languages the page had said that they would be emptied."""

    languages: list
    pictures: list
    shared: bool
    warned: list

    @classmethod
    def of(cls, posted):
        parts = posted.getlist("part")
        languages = [code for code in enabled() if code in parts]
        pictures = [code for code in enabled() if PICTURES + code in parts]
        return cls(languages, pictures, SHARED in parts, posted.getlist("warned"))

    @property
    def is_empty(self):
        return not (self.languages or self.pictures or self.shared)

    @property
    def names(self):
        names = [LANGUAGES[code].name for code in self.languages]
        of_pictures = _("%s (captions and alternative texts)")
        names += [of_pictures % LANGUAGES[code].name for code in self.pictures]
        return [*names, _("What all languages share")] if self.shared else names


class Comparison:
    """A story beside one of its versions. `parts` are those that would change."""

    def __init__(self, article, version):
        self.version = version
        self.now = restoring.Held(article)
        self.then, self.lost = restoring.look_back(article, version)

    @cached_property
    def parts(self):
        # A language that began later is no part of that version, and is not emptied by it.
        codes = [code for code in enabled() if code in self.then.article.languages()]
        changed, published = self._changed_next(), restoring.published(self.now.article)
        names = dict(choices())
        parts = []
        for code in codes:
            now, then = _texts(self.now, code), _texts(self.then, code)
            lost = emptied(now, then) if code in published else ()
            is_chosen = code in changed and not lost
            parts.append(Part(code, names[code], is_chosen, differences(now, then), lost))
            told = differences(_said(self.now, code), _taken(_said(self.then, code)))
            parts.append(Part(PICTURES + code, names[code], is_chosen=False, differences=told))
        told = differences(_shared(self.now), _shared(self.then))
        parts.append(Part(SHARED, _("What all languages share"), not codes, told))
        return [part for part in parts if part.differences]

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


def _texts(held, language):
    """Return key -> (label, text) of what a story says in a language."""
    labels = {"title": _("Headline"), "standfirst": _("Standfirst"), "body": _("Body")}
    return {name: (labels[name], text(held.article, name, language)) for name in labels}


def _said(held, language):
    """Return key -> (label, text) of what is said in a language of the pictures."""
    labels = {"caption": _("Caption: %s"), "alt": _("Alternative text: %s")}
    return {
        f"{name} {image}": (labels[name] % use.image, text(use, name, language))
        for image, use in held.uses.items()
        for name in labels
    }


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
        _difference(key, label, words or "", then[key][1] or "")
        for key, (label, words) in now.items()
        if key in then and words != then[key][1]
    ]


def _difference(key, label, now, then):
    if key == "body":
        blocks = compared(blocks_of(then), blocks_of(now), words_of_block)
    else:
        blocks = compared(then.split("\n"), now.split("\n"))
    sides = on_side(blocks, without=REMOVED), on_side(blocks, without=ADDED)
    return Difference(label, *(side if any(block.runs for block in side) else [] for side in sides))


def emptied(now, then):
    """Return what a language is not published without, and has now and had not then: labels."""
    sides = [{name: words for name, (_label, words) in side.items()} for side in (now, then)]
    return tuple(str(now[name][0]) for name in restoring.lost_words(*sides))
