"""A page of a list of stories: see subject.py for what it can be about."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import Edition, Listing
from articles.pages import archive, card as cards, layouts, ways
from articles.pages.story import parts
from articles.pages.subject import ALL, MONTH, PERIODS, Subject
from articles.pages.ways import Ways
from articles.sentences import shortened
from articles.texts import labelled
from newsroom.db import keyset
from newsroom.db.statements import Given, statement
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES, Language, enabled
from newsroom.site import digits
from newsroom.site.reading import current, zone

HEADLINES, DESCRIBED = 4, 160
"""How many headlines at most, and how many letters, stand in a description of a list."""
TOPICS, SHARED = 6, 2
"""How many topics at most stand over the stories of a category, and how many of these have each."""
COUNTED = 100
"""The most stories of another language that are counted: a page of nothing need not read a whole archive."""
PLACE = keyset.Cursor(Given("moment"), Given("place"))


class Day(NamedTuple):
    """The stories of a day on a page: its date, the address of all of that day, and the cards."""

    date: date
    url: str
    cards: list


class Elsewhere(NamedTuple):
    """A list in another language: its path there, and how many stories it holds, COUNTED at most."""

    language: Language
    url: str
    number: int

    @property
    def has_more(self):
        return self.number == COUNTED


@dataclass(frozen=True)
class Shelf:
    """One page of a list, as readers see it.

    `since` and `until` are the moments between which the list decides what is on this page, None for no end.
    `place` says before or after which moment it stands. `newer` is None where the first page is next.
    `languages` are those in which the list holds something. Where there are no cards, `elsewhere` has
    those languages as Elsewhere, and `ways` the stories to go on with. The first page of a category names the `topics` of
    its stories.
    """

    about: Subject
    language: str
    cards: list
    languages: list
    older: keyset.Cursor | None
    newer: keyset.Cursor | None
    has_newer: bool
    since: datetime | None
    until: datetime | None
    has_cursor: bool
    place: str = ""
    topics: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)
    ways: Ways | None = None

    @property
    def url(self):
        return self.about.url_in(self.language)

    @property
    def older_url(self):
        return f"{self.url}?before={self.older}" if self.older else ""

    @property
    def newer_url(self):
        """The address of the page before this one; the first one has no cursor."""
        if not self.has_newer:
            return ""
        return f"{self.url}?after={self.newer}" if self.newer else self.url

    @property
    def title(self):
        """What tells this page from all others of the language."""
        return self._with_place(self.about.title or self.about.heading)

    @property
    def description(self):
        """What is told of the list, or its newest headlines; of a later page, those there."""
        if self.about.description and not self.has_cursor:
            return self.about.description
        lead = self._with_place(self.about.lead or self.about.title or self.about.heading)
        return headlines(lead, self.cards)

    def _with_place(self, words):
        return f"{words} ({self.place})" if self.place else words

    @property
    def days(self):
        """The cards by their days, the newest first, where the list is that of a month; else none."""
        if self.about.name != MONTH:
            return []
        by_day = groupby(self.cards, key=lambda card: archive.here(card.published_at).date())
        return [Day(day, archive.day_url(day, self.language), [*cards]) for day, cards in by_day]

    @property
    def has_feed(self):
        """Whether there is a feed of what this page shows."""
        return bool(self.cards) and not self.has_cursor and self.about.name not in PERIODS

    @property
    def stands_alone(self):
        """Whether this page is announced in no other language: the first one only is."""
        return self.has_cursor or self.language not in self.languages


def headlines(lead, cards):
    """Return a description of a page: what it is, and the headlines of its first stories."""
    titles = "; ".join(card.title for card in cards[:HEADLINES])
    return shortened(labelled(lead, titles) if titles else lead, DESCRIBED)


def read(about, *, tree, at, before=None, after=None):
    """Return the Shelf next to a cursor, or the first one; None where there is no page of it."""
    language = tree.language
    page = _page_of(about, tree=tree, at=at, before=before, after=after)
    if not page.rows and (about.needs_stories or before or after):
        return None
    if not page.rows:
        return _empty(about, tree=tree, at=at)
    first, last = about.bounded
    since = after.moment if after else page.edge
    newer, moments, topics = None, [], []
    if before or after:
        newer, moments = _way_back(about, page.rows[0], language=language, at=at)
    elif about.name == "category":
        topics = _topics(page.rows, language=language)
    return Shelf(
        about=about,
        language=language,
        languages=languages(about, at=at),
        cards=_shown(about, cards.name(page.rows, tree=tree)),
        older=page.older,
        newer=newer,
        has_newer=bool(moments),
        since=since or first,
        until=(newer and moments[-1]) or last,
        has_cursor=bool(before or after),
        place=_place(before, after, LANGUAGES[language]),
        topics=topics,
    )


def _topics(stories, *, language):
    """Return the parts.Topics that several of these cards have, those of most of them first; two queries."""
    of_stories = parts.topics_of_many({card.article_id for card in stories}, language=language)
    numbers = Counter(topic for card in stories for topic in of_stories[card.article_id])
    return [topic for topic, number in numbers.most_common(TOPICS) if number >= SHARED]


def _way_back(about, card, *, language, at):
    """Return the keyset.Cursor of the page before that of a card, and what is newer: SIZE + 1 moments at most.

    It has none where all of that has room on the first page.
    """
    place = keyset.Cursor(card.published_at, card.pk)
    values = _values(about, at) | {"moment": place.moment, "place": place.key}
    moments = [row.published_at for row in _newer(about.name, language, keyset.SIZE, **values)]
    return (place if len(moments) > keyset.SIZE else None), moments


def _place(before, after, language):
    if not (before or after):
        return ""
    site, moment = current(language.code), (before or after).moment
    day = digits.shown(dates.written(moment.astimezone(zone()), "long", language), language, site)
    return _("before %s") % day if before else _("after %s") % day


def _empty(about, *, tree, at):
    """Return the Shelf of a category that holds nothing in this language."""
    numbers = Counter(row.language for row in _counted(about.name, **_values(about, at)))
    elsewhere = [
        Elsewhere(language, about.url_in(language.code), numbers[language.code])
        for language in enabled()
        if language.code in numbers
    ]
    return Shelf(
        about=about,
        language=tree.language,
        languages=[other.language.code for other in elsewhere],
        cards=[],
        older=None,
        newer=None,
        has_newer=False,
        since=None,
        until=None,
        has_cursor=False,
        elsewhere=elsewhere,
        ways=ways.read(tree=tree, at=at, near=tree.nodes[about.pk]),
    )


def _shown(about, stories):
    """Return the cards as rows, behind the first among them; without their days where a heading says them."""
    first, other = layouts.OPENER, layouts.ROW
    if about.name in PERIODS:
        first, other = first._replace(time=""), other._replace(time="")
    kinds = [first, *[other] * len(stories)]
    return [cards.shown_as(card, kind) for card, kind in zip(stories, kinds, strict=False)]


def _page_of(about, *, tree, at, before, after):
    """Return the keyset.Page of the cards next to a cursor, or the first one; one statement."""
    # The place bounds the rows, instead of a second bound beside the present: of two, SQLite may
    # take the wider one and read all that lies between.
    values = _values(about, min(at, before.moment) if before else at)
    way, cursor = ("after", after) if after else ("before", before) if before else ("", None)
    if cursor:
        values |= {"moment": cursor.moment, "place": cursor.key}
    stories = _page(about.name, tree.language, way, keyset.SIZE, **values)
    stories = cards.read(stories, tree=tree, at=at)
    return keyset.taken(stories, before=before, after=after, size=keyset.SIZE)


def holds_any(about, *, language, at):
    """Return whether there is anything on the shelf in a language."""
    return bool(_first(about.name, language, **_values(about, at)))


def languages(about, *, at):
    """Return the languages in which there is anything; one seek each, in one statement."""
    return [row.language for row in _languages(about.name, **_values(about, at))]


def _values(about, at):
    first, last = about.bounded
    return {"shelf": about.pk, "first": first, "at": min(at, last) if last else at}


def newest(name, number, *, language):
    """Return the ids of the newest editions of a list up to the moment "at", as a queryset for a statement."""
    return _rows(name, language).newest_first().values(_key(name))[:number]


@statement
def _page(name, language, way, size):
    rows = cards.rows(_rows(name, language), language=language, key=_key(name), path=_path(name))
    return keyset.ordered(rows, key=_key(name), size=size, **({way: PLACE} if way else {}))


@statement
def _newer(name, language, size):
    rows = _rows(name, language).values_list("published_at")
    return keyset.ordered(rows, after=PLACE, key=_key(name), size=size)


@statement
def _first(name, language):
    return _newest(name, language)


@statement
def _languages(name):
    firsts = []
    for code, _name in settings.LANGUAGES:
        rows = _rows(name, code).model.objects.filter(pk__in=_newest(name, code))
        firsts.append(rows.values_list("language"))
    # Side by side: SQLite takes no forty unions one within the other.
    return firsts[0].union(*firsts[1:], all=True)


@statement
def _counted(name):
    queries = []
    for code, _name in settings.LANGUAGES:
        rows = _rows(name, code).newest_first().values("pk")[:COUNTED]
        queries.append(Listing.objects.filter(pk__in=rows).values_list("language"))
    # Side by side: SQLite takes no forty unions one within the other.
    return queries[0].union(*queries[1:], all=True)


def _newest(name, language):
    rows = _rows(name, language)
    return rows.order_by("-published_at", f"-{_key(name)}").values_list("pk")[:1]


def _rows(name, language):
    if name in {*PERIODS, ALL}:
        rows = Edition.objects.live(language=language, at=Given("at"))
        return rows.filter(published_at__gte=Given("first")) if name in PERIODS else rows
    shelf = {name: Given("shelf")}
    return Listing.objects.on_shelf(language=language, at=Given("at"), **shelf)


def _key(name):
    """Return the column of a row that holds the id of its edition."""
    return "pk" if name in {*PERIODS, ALL} else "edition_id"


def _path(name):
    return "" if name in PERIODS else "edition__"
