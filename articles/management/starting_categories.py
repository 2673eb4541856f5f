"""The categories that a new site starts with: those of articles/start/world.json, or of a file of one's own.

    {"regions": [{"name": {"fr": "Nos régions"}, "under": [{"territory": "FR"}]}],
     "sections": [{"name": {"fr": "Opinion"}, "stands_before_headlines": true}]}

A territory is a code of CLDR ("FR", or "150" for Europe), which knows its name in every language. Beside its name
a category may have a "slug" and a "description" by language, and a "position" among those beside it.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from babel import localedata
from django.core.exceptions import ValidationError

from articles.models import Category
from articles.texts import column
from newsroom.db import locks
from newsroom.db.fields import LETTERS
from newsroom.i18n.dates import locale_of
from newsroom.languages import LANGUAGES, with_columns

WORLD = Path(__file__).resolve().parents[1] / "start" / "world.json"
KEYS = frozenset(
    {
        *("name", "territory", "slug", "description", "position"),
        *("under", "stands_before_headlines"),
    }
)
LONGEST = {
    field: Category._meta.get_field(field).max_length for field in ("name", "slug", "description")
}
SLUG = re.compile(LETTERS)


@dataclass(frozen=True)
class Branch:
    """A category to be made, with its names by language, and those under it.

    `others` are its slugs and descriptions, by language; a `position` of None is that in the file.
    """

    names: dict
    under: tuple = ()
    is_genre: bool = False
    others: dict = field(default_factory=dict)
    position: int | None = None


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
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ValidationError(f"{path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ValidationError(f"{path} is no JSON ({error}).") from error
    try:
        return _start(data, languages)
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
        words = {
            column(field, language): words
            for field, by_language in {"name": branch.names, **branch.others}.items()
            for language, words in by_language.items()
            if words and language in with_columns()
        }
        category = Category(kind=kind, parent=parent, is_genre=branch.is_genre, **words)
        # Countries stand by their names in each language, what leads the menu as the file has it.
        if branch.position is not None or not parent:
            category.position = place * 10 if branch.position is None else branch.position
        category.save()
        _plant(branch.under, kind=kind, parent=category)


def _start(data, languages):
    if not isinstance(data, dict) or not data.keys() <= {"regions", "sections"}:
        raise ValidationError("give an object with “regions”, “sections” or both.")
    regions = _branches(data.get("regions", []), languages, "region")
    sections = _branches(data.get("sections", []), languages, "section")
    if any(branch.under for branch in sections):
        raise ValidationError("nothing can stand under a section.")
    if any(branch.is_genre for branch in walk(regions)):
        raise ValidationError("only a section can stand before headlines.")
    for kind, branches in (("region", regions), ("section", sections)):
        _check_slugs(kind, branches)
    return Start(regions, sections)


def _check_slugs(kind, branches):
    """Raise ValidationError for a slug that two categories of a kind would have in one language."""
    seen = set()
    for branch in walk(branches):
        slugs = set(branch.others.get("slug", {}).items())
        if twice := sorted(seen & slugs):
            raise ValidationError(f"the slug “{twice[0][1]}” stands at two {kind}s.")
        seen |= slugs


def walk(branches):
    """Yield these branches and all that stand under them."""
    for branch in branches:
        yield branch
        yield from walk(branch.under)


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
    # What comes from another site has an address already, if only in another language.
    if not (names.get(languages[0]) or row.get("slug")):
        told = next(filter(None, names.values()), "") or row.get("territory", "")
        name = LANGUAGES[languages[0]].name
        raise ValidationError(
            f"the {kind} “{told}” has no name in the first language of the site, {name}."
        )
    under = _branches(row.get("under", []), languages, kind)
    others = {
        field: _by_language(row[field], field) for field in ("slug", "description") if field in row
    }
    for slug in others.get("slug", {}).values():
        if not SLUG.fullmatch(slug):
            raise ValidationError(
                f"the slug “{slug[:40]}” is not made of letters, digits and hyphens."
            )
    position = row.get("position")
    if not (position is None or (type(position) is int and 0 <= position < 2**31)):
        raise ValidationError("a “position” is a number from 0 on.")
    genre = bool(row.get("stands_before_headlines"))
    return Branch(names, under, genre, others, position)


def _by_language(words, field):
    """Return language -> words of one field, without those of languages that no site knows."""
    if not isinstance(words, dict) or not all(isinstance(text, str) for text in words.values()):
        raise ValidationError(f"a “{field}” is an object of languages and words.")
    for language, text in words.items():
        if not localedata.exists(language.split("-")[0]):
            raise ValidationError(f"“{language}” is no language.")
        longest = LONGEST[field]
        if not text.strip() or (longest and len(text) > longest):
            told = f"the {field} “{text[:40]}” is empty or has more than {longest} letters."
            raise ValidationError(told)
    return {language: text.strip() for language, text in words.items() if language in LANGUAGES}


def _named(names, languages):
    given = _by_language(names, "name")
    # "pt" says what "pt-br" does not, and "es" what "es-simple" does not.
    return {
        language: names.get(language.split("-")[0], "").strip() for language in languages
    } | given


def _territory(code, languages):
    names = {
        language: locale_of(LANGUAGES[language]).territories.get(code) for language in languages
    }
    if not any(names.values()):
        raise ValidationError(f"“{code}” is no territory that CLDR knows.")
    return names
