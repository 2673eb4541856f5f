"""What narrows a search down: regions, sections, tags, authors and years of the newest stories that were found."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from articles.models import Author, Category, Listing, SearchEntry, Tag
from articles.pages import archive
from articles.texts import column, text_or_default
from newsroom.db.statements import Each, padded, statement
from newsroom.languages import LANGUAGES, with_columns
from newsroom.site import digits
from newsroom.site.reading import current

LOOKED_AT = 200
"""How many of the stories are looked at, the newest ones. Numbers are told where these are all."""

SHOWN = 6
"""Of each kind, those that hold the most."""

REGION, SECTION, TAG, AUTHOR, YEAR = KINDS = ("region", "section", "tag", "author", "year")
PARAMETERS = {REGION: "category", SECTION: "category", TAG: "tag", AUTHOR: "author", YEAR: "year"}


class Value(NamedTuple):
    """What stories can be narrowed down to, and the path of that search; `number` is None where not all were counted."""

    label: object
    url: str
    number: int | None = None


@dataclass(frozen=True)
class Facets:
    """The Values of each kind, by KINDS, and those that are in force, whose paths widen the search again."""

    offered: dict
    active: list


def read(question, places, *, tree):
    """Return the Facets of a question for the places of what it found, the newest first; three queries at most."""
    looked_at = places[:LOOKED_AT]
    numbers = _counted(looked_at, tree) if looked_at else {}
    chosen = {kind: _chosen(kind, numbers[kind], question, len(looked_at)) for kind in numbers}
    labels = _labels(question, chosen, tree)
    is_all = len(places) <= LOOKED_AT
    offered = {
        kind: [
            Value(
                labels[kind][key],
                question.with_(**{PARAMETERS[kind]: key}).url_in(tree.language),
                number if is_all else None,
            )
            for key, number in some
            if key in labels[kind]
        ]
        for kind, some in chosen.items()
    }
    active = [
        Value(label, question.with_(**{name: None}).url_in(tree.language))
        for name, key in question.narrowed.items()
        if looked_at and (label := _label(name, key, labels))
    ]
    return Facets({kind: some for kind, some in offered.items() if some}, active)


def _counted(places, tree):
    """Return kind -> id -> how many of these stories it holds."""
    by_kind = defaultdict(Counter)
    by_kind[YEAR] = Counter(archive.here(SearchEntry.moment_of(place)).year for place in places)
    ids = padded([SearchEntry.edition_at(place) for place in places])
    for row in _shelves(len(ids), ids=ids):
        if row.tag_id:
            by_kind[TAG][row.tag_id] += 1
        elif row.author_id:
            by_kind[AUTHOR][row.author_id] += 1
        elif node := tree.nodes.get(row.category_id):
            by_kind[REGION if node.kind == Category.Kind.REGION else SECTION][node.pk] += 1
    return {kind: by_kind[kind] for kind in KINDS}


def _chosen(kind, numbers, question, number):
    """Return (id, number) of those that are shown: nothing that is in force already, or that holds all stories."""
    if question.narrowed.get(PARAMETERS[kind]) in numbers and PARAMETERS[kind] != "category":
        return []
    fewer = [(key, count) for key, count in numbers.items() if count < number]
    if kind == YEAR:
        return sorted(fewer, reverse=True)[:SHOWN]
    return sorted(fewer, key=lambda pair: (-pair[1], pair[0]))[:SHOWN]


def _labels(question, chosen, tree):
    language = tree.language
    wanted = {
        kind: {key for key, _number in chosen.get(kind, ())}
        | {key for name, key in question.narrowed.items() if name == kind}
        for kind in (TAG, AUTHOR)
    }
    tags, authors = padded(sorted(wanted[TAG])), padded(sorted(wanted[AUTHOR]))
    categories = {node.pk: node.label for node in tree.nodes.values()}
    years = {year for year, _number in chosen.get(YEAR, ())} | {question.narrowed.get(YEAR)}
    return {
        REGION: categories,
        SECTION: categories,
        YEAR: {year: _year(year, language) for year in years - {None}},
        TAG: {
            row.pk: Tag(
                name=row.name,
                **{column("label", language): getattr(row, column("label", language))},
            ).label_in(language)
            for row in (_tags(language, len(tags), ids=tags) if wanted[TAG] else ())
        },
        AUTHOR: {
            row.pk: text_or_default(_author(row), "name", language)
            for row in (_authors(len(authors), ids=authors) if wanted[AUTHOR] else ())
        },
    }


def _year(year, language):
    return digits.shown(str(year), LANGUAGES[language], current(language))


def _label(name, key, labels):
    return labels[REGION if name == "category" else name].get(key)


def _author(row):
    names = [column("name", code) for code in with_columns()]
    return Author(**{name: getattr(row, name) or "" for name in names})


@statement
def _shelves(number):
    rows = Listing.objects.filter(edition__in=Each("ids", number))
    return rows.values_list("category_id", "tag_id", "author_id")


@statement
def _tags(language, number):
    tags = Tag.objects.rewrite(mode=False).filter(pk__in=Each("ids", number))
    return tags.values_list("pk", "name", column("label", language))


@statement
def _authors(number):
    authors = Author.objects.rewrite(mode=False).filter(pk__in=Each("ids", number))
    return authors.values_list("pk", *(column("name", code) for code in with_columns()))
