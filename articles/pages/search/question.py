"""What somebody asks search for: words, and what narrows the stories down."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import F, Value
from django.urls import reverse

from articles import searching
from articles.models import AuthorWord, TagAlias
from articles.pages import archive
from articles.texts import plain, text
from newsroom.db.fulltext import Match
from newsroom.db.statements import Each, padded, statement
from newsroom.i18n import words
from newsroom.languages import with_columns

LONGEST, MOST = 200, 12
"""How many letters of a question are read, and how many of its words are looked for."""

LONGEST_NAME = 5
"""Words of a name that is recognised among others."""

NAMESAKES = 50
"""The most authors that one word can mean."""

FACETS = ("category", "tag", "author", "year")
"""The parameters that narrow a search down, each a number."""

KINDS = {"category": searching.CATEGORY, "tag": searching.TAG, "author": searching.AUTHOR}


@dataclass(frozen=True)
class Question:
    """The words that are asked for, as they were typed; `narrowed` maps some of FACETS to a number.

    `is_cut` says that there are more words than are looked for. Words behind a hyphen are unwanted.
    """

    text: str
    narrowed: dict = field(default_factory=dict)

    @classmethod
    def read(cls, parameters):
        """Return the question of an address; raise ValueError where a number is none.

        What no database can hold, and no page can show, is left out of the words.
        """
        typed = parameters.get("q", "")[: LONGEST * 10].encode(errors="ignore").decode()
        text = " ".join(plain(typed.replace("\0", " ")).split())[:LONGEST].strip()
        narrowed = {name: _number(parameters[name]) for name in FACETS if parameters.get(name)}
        if year := narrowed.get("year"):
            archive.bounds(year)
        return cls(text, narrowed)

    @property
    def wanted(self):
        """The text without what is unwanted."""
        return " ".join(word for word in self.text.split() if not _is_unwanted(word))

    @property
    def unwanted(self):
        return " ".join(word[1:] for word in self.text.split() if _is_unwanted(word))

    @property
    def bounds(self):
        """The first and the last moment of the year to which it is narrowed down, else (None, None)."""
        year = self.narrowed.get("year")
        return archive.bounds(year) if year else (None, None)

    def url_in(self, language, *, name="search", **more):
        """Return the path of the page of this question in a language, or of its feed, with further parameters."""
        kwargs = {"language": language} | ({"form": more.pop("form")} if "form" in more else {})
        given = {"q": self.text, **self.narrowed, **more}
        query = urlencode({key: value for key, value in given.items() if value})
        path = reverse(f"articles:{name}", kwargs=kwargs)
        return f"{path}?{query}" if query else path

    def with_(self, **narrowed):
        """Return the same question, narrowed down by something else as well; None widens it."""
        changed = self.narrowed | narrowed
        return replace(
            self, narrowed={name: changed[name] for name in FACETS if changed.get(name) is not None}
        )


@dataclass(frozen=True)
class Asked:
    """A question in one language: its `words`, and the Matches of its tiers, the nearest first; () asks for nothing.

    `anywhere` is the one that holds all of them.
    """

    language: str
    words: tuple
    is_cut: bool
    tiers: tuple
    anywhere: Match | None


def asked(question, *, language, named):
    """Return the Asked of a question in a language; `named` is what `names` returned for it."""
    wanted_words, is_cut = words.asked(question.wanted, language, most=MOST)
    terms = [(word, words.terms(word, language)) for word in wanted_words]
    terms = [(word, some) for word, some in terms if some]
    if not terms:
        return Asked(language, (), is_cut, (), None)
    also = {word: _named(named.get(word, ()), language) for word, _some in terms}
    plain_, top, anywhere = (
        tuple(
            (
                *(searching.word(language, tier, term) for term in some),
                *(also[word] if names else ()),
            )
            for word, some in terms
        )
        for tier, names in zip(searching.TIERS, (False, True, True), strict=True)
    )
    fixed = _narrowing(question, language)
    never = _unwanted(question, language)
    return Asked(
        language,
        tuple(word for word, _some in terms),
        is_cut,
        (
            Match((*plain_, *fixed), never),
            Match((*top, *fixed), (Match(plain_), *never)),
            Match((*anywhere, *fixed), (Match(top), *never)),
        ),
        Match((*anywhere, *fixed), never),
    )


def names(question, *, tree=None):
    """Return word -> what it is the name of, or a part of it, as (kind, id): tags, authors, and categories of a tree; one query.

    A tag is meant by one of its labels or spellings and a category by one of its names, in whatever language; an author by
    any word of a name.
    """
    spoken = [token.text for token in words.words(question.wanted) if not token.is_part]
    keys = {}
    for first in range(len(spoken)):
        for last in range(first + 1, min(first + LONGEST_NAME, len(spoken)) + 1):
            name = "".join(spoken[first:last])
            for key in {_key(name), TagAlias.folded_of(name)}:
                keys.setdefault(key, set()).update(spoken[first:last])
    keys.pop("", None)
    if not keys:
        return {}
    given = padded(sorted(keys))
    meanings = {(row.spelling, row.thing_kind, row.thing) for row in _names(len(given), keys=given)}
    meanings |= {
        (key, searching.CATEGORY, node.pk)
        for node in (tree.nodes.values() if tree else ())
        for key in {_key(text(node.row, "name", code)) for code in with_columns()}
        if key in keys
    }
    meant = {}
    for key, kind, pk in sorted(meanings):
        for word in keys[key]:
            meant.setdefault(word, []).append((kind, pk))
    return meant


@statement
def _names(number):
    keys = Each("keys", number)
    tags = TagAlias.objects.filter(folded__in=keys)
    authors = AuthorWord.objects.filter(word__in=keys)
    return _rows(tags, "folded", "tag_id", searching.TAG).union(
        _rows(authors, "word", "author_id", searching.AUTHOR)
    )


def _rows(queryset, key, thing, kind):
    rows = queryset.annotate(spelling=F(key), thing=F(thing), thing_kind=Value(kind))
    return rows.values_list("spelling", "thing", "thing_kind")


def _key(name):
    return words.fold(name).replace(" ", "")[: words.LONGEST]


def _named(meant, language):
    return [searching.word(language, kind, pk) for kind, pk in meant[:NAMESAKES]]


def _narrowing(question, language):
    return tuple(
        (searching.word(language, kind, question.narrowed[name]),)
        for name, kind in KINDS.items()
        if name in question.narrowed
    )


def _unwanted(question, language):
    unwanted_words, _is_cut = words.asked(question.unwanted, language, most=MOST)
    return tuple(
        Match((tuple(searching.word(language, searching.ANYWHERE, term) for term in terms),))
        for terms in (words.terms(word, language) for word in unwanted_words)
        if terms
    )


def _is_unwanted(word):
    return word.startswith("-") and any(sign.isalnum() for sign in word[1:2])


def _number(words_):
    if not (words_.isascii() and words_.isdigit() and len(words_) < 10):
        raise ValueError(words_)
    return int(words_)
