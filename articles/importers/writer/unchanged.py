"""Tell the stories of which nothing is to be done, many at a time: of an archive that comes every night that is nearly all."""

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from articles.importers.story import Story
from articles.importers.writer import comments, identities
from articles.importers.writer.given import Given
from articles.importers.writer.results import Options, Outcome, Result
from articles.importers.writer.states import plain
from articles.models import Edition, Origin

Status = Edition.Status


class Known(NamedTuple):
    """A story that came before, as it is to be read, with the article that it is and what was given of it."""

    story: Story
    article: int
    given: Given
    options: Options


def unchanged(jobs, said):
    """Return (source, id) -> the Result of each story of Jobs of which all has been done; `said` tells what a story says."""
    rows = _rows(jobs)
    known = {(job.source, job.story.external_id): _known(job, rows) for job in jobs}
    same = {
        name: known_story
        for name, known_story in known.items()
        if known_story and _says_the_same(known_story, said)
    }
    editions = defaultdict(list)
    articles = {known_story.article for known_story in same.values()}
    for edition in Edition.objects.filter(article__in=articles) if articles else ():
        editions[edition.article_id].append(edition)
    return {
        name: Result(known_story.story.external_id, Outcome.UNCHANGED)
        for name, known_story in same.items()
        if not _is_left(known_story, editions[known_story.article])
    }


def _rows(jobs):
    ids = defaultdict(set)
    for job in jobs:
        ids[job.source] |= {job.story.external_id, *job.story.aliases}
    named = (Q(source=source, external_id__in=some) for source, some in ids.items())
    rows = Origin.objects.filter(reduce(or_, named)).select_related("same_as")
    return {(row.source, row.external_id): row for row in rows}


def _known(job, rows):
    """Return the Known of a job, or None where any id of its story is new, or that of another story."""
    ids = [job.story.external_id, *job.story.aliases]
    origins = [rows.get((job.source, external_id)) for external_id in ids]
    articles = {row and row.article_id for row in origins}
    if len(articles) > 1 or None in articles or job.options.into:
        return None
    origin = origins[0].same_as or origins[0]
    story = identities.as_told(job.story, origin)
    given = Given(origin.given, story.reading)
    names = sorted({*ids} - {origin.external_id})
    is_kept = not names or given.own.get(identities.IDS) == names
    return Known(story, origin.article_id, given, job.options) if is_kept else None


def _says_the_same(known, said):
    return known.given.own.get("checksum") == said(
        known.story, create_categories=known.options.create_categories
    )


def _is_left(known, editions):
    """Return whether there is anything beside the words that is not here, or that a person is told of each time."""
    story, given = known.story, known.given
    references = {told.reference for told in story.corrections}
    here, corrections = (given.own.get(name, {}) for name in ("comments", "corrections"))
    return (
        bool(story.related or given.before("related"))
        or any(comment.reference not in here for comment in story.comments)
        or any(corrections[name] for name in corrections.keys() - references)
        or not all(comments.is_told(told, given) for told in story.corrections)
        or list(story.promotions) != given.own.get("promotions", [])
        or any(_is_open(known, edition) for edition in editions)
    )


def _is_open(known, edition):
    """Return whether the state or the time of an edition is to be looked at."""
    said = known.story.texts.get(edition.language)
    if said is None:
        return False
    if edition.status == Status.PUBLISHED:
        at, name = plain(said.published_at), f"published_at.{edition.language}"
        is_moved = known.options.redate and bool(at) and not known.given.has_said(name, at)
        return said.status == "withdrawn" or is_moved
    return known.options.publish and said.status not in {"draft", edition.status}
