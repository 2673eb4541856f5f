"""The categories that a new site starts with: those of articles/start/world.json, or of a file of one's own.

    {"regions": [{"name": {"fr": "Nos régions"}, "under": [{"territory": "FR"}]}],
     "sections": [{"name": {"fr": "Opinion"}, "stands_before_headlines": true}]}

A territory is a code of CLDR ("FR", or "150" for Europe), which knows its name in every language.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from babel import localedata
from django.core.exceptions import ValidationError

from articles.models import Category
from articles.texts import column
from newsroom.db import locks
from newsroom.i18n.dates import locale_of
from newsroom.languages import LANGUAGES, with_columns

WORLD = Path(__file__).resolve().parents[1] / "start" / "world.json"
KEYS = frozenset({"name", "territory", "under", "stands_before_headlines"})
LONGEST = Category._meta.get_field("name").max_length


@dataclass(frozen=True)
class Branch:
    """A category to be made, with its names by language, and those under it."""

    names: dict
    under: tuple = ()
    is_genre: bool = False


@dataclass(frozen=True)
class Start:
    """All categories to be made."""

    regions: tuple = ()
    sections: tuple = ()


def named(words, *, languages):
    """Return the Start that "world", "none" or the path of a file means."""
    if words == "none":
        return Start()
    return read(WORLD if words == "world" else words, languages=languages)


def read(path, *, languages):
    """Return the Start of a file, with names in these languages and in any other that it names.

    Raise ValidationError with one sentence where there is none, or one that could not be used.
    """
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ValidationError(f"{path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ValidationError(f"{path} is no JSON ({error}).") from error
    try:
        return _start(found, languages)
    except ValidationError as error:
        raise ValidationError(f"{path}: {error.message}") from error


@locks.writing()
def create(start):
    """Create the categories, where the site has none yet."""
    if Category.objects.exists():
        return
    for kind, branches in (("region", start.regions), ("section", start.sections)):
        _plant(branches, kind=kind)


def _plant(branches, *, kind, parent=None):
    for place, branch in enumerate(branches, start=1):
        names = {
            column("name", language): name
            for language, name in branch.names.items()
            if name and language in with_columns()
        }
        # Countries stand by their names in each language, what leads the menu as the file has it.
        position = {} if parent else {"position": place * 10}
        category = Category(kind=kind, parent=parent, is_genre=branch.is_genre, **names, **position)
        category.save()
        _plant(branch.under, kind=kind, parent=category)


def _start(found, languages):
    if not isinstance(found, dict) or not found.keys() <= {"regions", "sections"}:
        raise ValidationError("give an object with “regions”, “sections” or both.")
    regions = _branches(found.get("regions", []), languages, "region")
    sections = _branches(found.get("sections", []), languages, "section")
    if any(branch.under for branch in sections):
        raise ValidationError("nothing can stand under a section.")
    if any(branch.is_genre for branch in _all(regions)):
        raise ValidationError("only a section can stand before headlines.")
    return Start(regions, sections)


def _all(branches):
    for branch in branches:
        yield branch
        yield from _all(branch.under)


def _branches(rows, languages, kind):
    if not isinstance(rows, list):
        raise ValidationError(f"the {kind}s are no list.")
    return tuple(_branch(row, languages, kind) for row in rows)


def _branch(row, languages, kind):
    if (
        not isinstance(row, dict)
        or not row.keys() <= KEYS
        or ("name" in row) == ("territory" in row)
    ):
        raise ValidationError(
            f"a {kind} is {json.dumps(row, ensure_ascii=False)[:80]}: give it a “name” by language or a “territory”."
        )
    names = (
        _named(row["name"], languages)
        if "name" in row
        else _territory(str(row["territory"]), languages)
    )
    if not names.get(languages[0]):
        told = next(filter(None, names.values()), "") or row.get("territory", "")
        name = LANGUAGES[languages[0]].name
        raise ValidationError(
            f"the {kind} “{told}” has no name in the first language of the site, {name}."
        )
    under = _branches(row.get("under", []), languages, kind)
    return Branch(names, under, bool(row.get("stands_before_headlines")))


def _named(names, languages):
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise ValidationError("a “name” is an object of languages and words.")
    for language, name in names.items():
        if not localedata.exists(language.split("-")[0]):
            raise ValidationError(f"“{language}” is no language.")
        if not name.strip() or len(name) > LONGEST:
            words = f"the name “{name[:40]}” is empty or has more than {LONGEST} letters."
            raise ValidationError(words)
    found = {language: name.strip() for language, name in names.items() if language in LANGUAGES}
    # "pt" says what "pt-br" does not, and "es" what "es-simple" does not.
    return {each: names.get(each.split("-")[0], "").strip() for each in languages} | found


def _territory(code, languages):
    found = {
        language: locale_of(LANGUAGES[language]).territories.get(code) for language in languages
    }
    if not any(found.values()):
        raise ValidationError(f"“{code}” is no territory that CLDR knows.")
    return found
