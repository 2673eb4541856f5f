"""The pages of all tags and of all authors: those with stories in a language, by their first letters."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from articles.models import Author, Listing, Tag
from articles.texts import column, text_or_default
from newsroom.db.statements import Given, statement
from newsroom.i18n import letters
from newsroom.languages import Label, with_columns

TAG, AUTHOR = SHELVES = "tag", "author"

MOST = 300
"""So many stand on one page, which has 14 kB; where there are more, each letter has a page of its own, and so have the two
letters with which names begin that are too many under one."""


class Entry(NamedTuple):
    """A tag or an author: its id, what it is called in the language of the page, and where its stories are."""

    pk: int
    label: Label
    url: str


class Group(NamedTuple):
    """All that begin with one letter, or with two, in the order of the language."""

    letter: str
    entries: list


@dataclass(frozen=True)
class Index:
    """All tags, or all authors, with stories in a language.

    Where they are more than MOST, `letters` are those under which some stand, and the groups are that of the `letter` of
    this page; the page without one leads to those of letters.
    """

    shelf: str
    language: str
    groups: list
    letters: tuple = ()
    letter: str = ""

    @property
    def entries(self):
        return [entry for group in self.groups for entry in group.entries]


def read(shelf, *, language, at, letter=""):
    """Return the Index of tags or of authors at a moment, or what stands under a letter, None if nothing does; one query."""
    entries = every(shelf, language=language, at=at)
    groups = _groups(entries, language)
    if len(entries) <= MOST:
        return Index(shelf, language, groups)
    groups = [part for group in groups for part in _parts(group, language)]
    known = tuple(group.letter for group in groups)
    # Under a letter that has become too long for a page stand those of its parts.
    if not any(known_letter.startswith(letter) for known_letter in known):
        return None
    chosen = [group for group in groups if group.letter == letter]
    return Index(shelf, language, chosen, known, letter)


def _groups(entries, language, *, length=1):
    by_letters = groupby(
        entries, key=lambda entry: letters.initial(entry.label, language, length=length)
    )
    return [Group(initial, [*some]) for initial, some in by_letters]


def _parts(group, language):
    """Return a group as it is, or by the two letters with which its names begin where it is too long for a page."""
    is_long = len(group.entries) > MOST
    return _groups(group.entries, language, length=2) if is_long else [group]


def every(shelf, *, language, at):
    """Return the Entry of every tag or author with stories at a moment, in the order of the language; one query."""
    rows = _tags(language, at=at) if shelf == TAG else _authors(language, at=at)
    entries = [_tag(row, language) if shelf == TAG else _author(row, language) for row in rows]
    return sorted(entries, key=lambda entry: letters.order(entry.label, language))


def _tag(row, language):
    names = column("label", language), column("label_slug", language)
    tag = Tag(**{name: getattr(row, name) or "" for name in ("name", "slug", *names)})
    return Entry(row.pk, tag.label_in(language), tag.url_in(language))


def _author(row, language):
    author = Author(
        **{name: getattr(row, name) or "" for name in row._fields if name not in {"pk", "since"}}
    )
    return Entry(row.pk, text_or_default(author, "name", language), author.url_in(language))


@statement
def _tags(language):
    names = ("pk", "name", "slug", column("label", language), column("label_slug", language))
    return _filled(Tag, language, shelf=TAG).values_list(*names)


@statement
def _authors(language):
    names = [column("name", code) for code in with_columns()]
    return _filled(Author, language, shelf=AUTHOR).values_list("pk", "slug", *names)


def _filled(model, language, *, shelf):
    """Return a queryset of those that hold a story: a seek on the index for each.

    For the oldest one, in the order of the index; whether any exists, PostgreSQL finds out by reading all.
    """
    rows = Listing.objects.on_shelf(language=language, at=Given("at"), **{shelf: OuterRef("pk")})
    oldest = Subquery(rows.order_by("published_at").values("published_at")[:1])
    return model.objects.rewrite(mode=False).alias(since=oldest).filter(since__isnull=False)
