"""What an import would do, counted as a stream: nothing is written, and nothing is cleaned, decoded or compared word by word."""

from collections import Counter, defaultdict
from dataclasses import replace
from typing import NamedTuple

from django.db.models.functions import Coalesce

from articles.importers.run import mapping
from articles.importers.writer import Outcome, Result, identities, said
from articles.importers.writer.people import People
from articles.importers.writer.topics import Tags
from articles.models import Edition, Origin
from articles.texts import slug_from

NAMED = 5
"""So many things of a kind are named, the most frequent first."""

ASKED = 1000
"""So many tags or authors are looked for at once."""


class Plan:
    """Counts Story records; `lines` tells of them. `categories` maps names of categories to references."""

    def __init__(self, categories, *, again, creates, pace):
        self.names, self.known = categories, {*categories.values()}
        self.again, self.creates, self.pace = again, creates, pace
        self.languages, self.states, self.pictures = Counter(), Counter(), Counter()
        self.categories, self.subjects = Counter(), Counter()
        self.tags, self.authors = Counter(), Counter()
        self.comments = self.to_do = 0
        self.slugs, self.collisions = set(), Counter()

    def treat(self, items):
        """Count the stories of Items; return the Results that they are likely to have."""
        rows = _rows(items)
        results = [
            self._counted(item.story, rows.get((item.source, item.story.external_id)))
            for item in items
        ]
        self._count_slugs(
            item.story
            for item, result in zip(items, results, strict=True)
            if result.outcome == Outcome.CREATED
        )
        return results

    def _counted(self, story, origin):
        self._count(story)
        if origin and identities.is_one_language(story, origin[1]):
            story = replace(story, is_whole=False)
        outcome, problems = self._outcome(story, origin)
        if outcome in {Outcome.CREATED, Outcome.UPDATED}:
            self.to_do += 1
        return Result(story.external_id, outcome, story.notes, problems)

    def _outcome(self, story, origin):
        if unknown := [category for category in story.categories if category not in self.known]:
            return Outcome.FAILED, tuple(
                f"There is no category “{category}”." for category in unknown
            )
        if origin is None:
            return Outcome.CREATED, ()
        article, given = origin
        if article is None:
            return (Outcome.CREATED if self.again else Outcome.LEFT_OUT), ()
        is_same = given.get(story.reading, {}).get("checksum") == said(
            story, create_categories=self.creates
        )
        return (Outcome.UNCHANGED if is_same else Outcome.UPDATED), ()

    def _count(self, story):
        self.languages.update(story.texts.keys())
        self.states.update(text.status for text in story.texts.values())
        self.pictures.update("found" if picture.path else "missing" for picture in story.pictures)
        self.categories.update(story.categories)
        self.subjects.update(next(iter(subject.names.values()), "") for subject in story.subjects)
        self.tags.update(tag.name for tag in story.tags)
        self.authors.update(map(_credited, story.bylines))
        self.comments += len(story.comments)

    def _count_slugs(self, stories):
        """Note the slugs that are another story's, here or in this run: their addresses get a number."""
        wanted = [
            (language, text.slug or slug_from(text.title, language=language))
            for story in stories
            for language, text in story.texts.items()
        ]
        taken = _taken(wanted)
        for address in wanted:
            if address in taken or hash(address) in self.slugs:
                self.collisions["/".join(address)] += 1
            if address[1]:
                self.slugs.add(hash(address))

    def proposals(self):
        """Return name -> reference or None, for each name that no category of the site has."""
        wanted = [category for category in self.categories if category not in self.known]
        wanted += [subject for subject in self.subjects if subject not in self.names]
        return mapping.propose(wanted, self.names)

    def lines(self):
        """Return what is told at the end."""
        tags, authors = [], []
        for some in _parts(self.tags):
            here = Tags(some)
            tags += [name for name in some if not here.meaning(name)]
        for some in _parts(self.authors):
            people = People(some)
            authors += [person for person in some if not people.find(person)]
        minutes = self.to_do / self.pace / 60
        told = {
            "Texts": _named(self.languages),
            "States there": _named(self.states),
            "Pictures": _named(self.pictures),
            "Comments": f"{self.comments:,}" if self.comments else "",
            "Tags": _known(self.tags, tags),
            "Authors": _known(
                self.authors, [", ".join(author.names.values()) for author in authors]
            ),
            "Categories that are not here": _proposed(self.proposals()),
            "Slugs that are taken": _named(self.collisions),
            "Time": f"about {minutes:,.0f} minutes" if minutes >= 1 else "less than a minute",
        }
        return [f"{name}: {words}." for name, words in told.items() if words]


class Credited(NamedTuple):
    """Somebody who is credited, whatever for: a Person that can be counted."""

    kind: str
    said: tuple

    @property
    def names(self):
        return dict(enumerate(self.said))


def _credited(person):
    return Credited(person.kind, tuple(sorted(person.names.values())))


def _parts(things):
    """Yield lists of as many as one statement can ask for."""
    things = list(things)
    return (things[start : start + ASKED] for start in range(0, len(things), ASKED))


def _rows(items):
    """Return (source, id) -> (article, what it has been given) of each story of Items that came before."""
    ids = defaultdict(list)
    for item in items:
        ids[item.source].append(item.story.external_id)
    given = Coalesce("same_as__given", "given")
    return {
        (source, external_id): row
        for source, some in ids.items()
        for external_id, *row in Origin.objects.filter(
            source=source, external_id__in=some
        ).values_list("external_id", "article", given)
    }


def _taken(wanted):
    """Return those of these pairs of a language and a slug that an edition has."""
    slugs = defaultdict(set)
    for language, slug in wanted:
        slugs[language].add(slug)
    return {
        (language, slug)
        for language, some in slugs.items()
        for slug in Edition.objects.filter(language=language, slug__in=some - {""})
        .exclude(slug="")
        .values_list("slug", flat=True)
    }


def _named(counter):
    told = ", ".join(f"{count:,} × {name}" for name, count in counter.most_common(NAMED))
    return told + (f" and {len(counter) - NAMED:,} more" if len(counter) > NAMED else "")


def _known(all_of_them, new):
    if not all_of_them:
        return ""
    new = list(new)
    named = f" ({', '.join(new[:NAMED])}{' …' if len(new) > NAMED else ''})" if new else ""
    return f"{len(all_of_them) - len(new):,} known, {len(new):,} new{named}"


def _proposed(proposals):
    told = [f"{name} → {reference or '?'}" for name, reference in list(proposals.items())[:NAMED]]
    return ", ".join(told) + (" …" if len(proposals) > NAMED else "")
