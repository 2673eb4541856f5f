"""The desk as an object: stories by languages, each cell with its state, how long, who, how far behind, and how late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.urls import reverse

from articles import roles
from articles.admin.article.panels import NONE, STATES, state_of
from articles.admin.article.states import badge
from articles.admin.desk import late
from articles.admin.languages import enabled, writing_in
from articles.models import Article, Assignment, Edition, Event, TaggedArticle
from newsroom.i18n import dates
from newsroom.languages import active

Status = Edition.Status
UNFINISHED = {NONE, Status.DRAFT, Status.SUBMITTED}


@dataclass(frozen=True)
class Cell:
    """One language of a story.

    `since` is when it came into its state; of one that is not written yet, since when readers have had its source. `due` is when a
    target asks for it; None where none does, and once it is live. `verb` is what whoever looks may do at once: "claim", "release"
    or "".
    """

    story: int
    language: str
    state: str
    mark: str
    since: datetime | None
    who: str
    behind: int
    due: datetime | None
    verb: str
    url: str
    at: datetime

    @cached_property
    def is_late(self):
        return self.due is not None and self.due <= self.at

    @property
    def key(self):
        return f"{self.story}:{self.language}"

    @cached_property
    def age(self):
        """How long it has been in its state, or how long until readers see it."""
        return dates.age(abs(self.at - self.since), active()) if self.since else ""

    @cached_property
    def lateness(self):
        """How long ago its target was, or how long it is to come."""
        return dates.age(abs(self.at - self.due), active()) if self.due else ""


@dataclass(frozen=True)
class Row:
    """A story with a cell for each language of the site."""

    pk: int
    headline: str
    source_language: str
    url: str
    cells: list

    @property
    def attributes(self):
        return writing_in(self.source_language)


@dataclass(frozen=True)
class Facts:
    """What the cells of some stories are made of, fetched at once for all of them."""

    at: datetime
    user: object
    marks: dict
    may_assign: bool
    may_claim: bool
    targets: list
    tree: object
    editions: dict
    assignments: dict
    events: dict
    categories: dict
    tags: dict


def rows(articles, *, user, targets, tree, at):
    """Return a Row for each of these stories, as `user` sees them at a moment: in five queries at most, however many."""
    articles = list(articles)
    ids = [article.pk for article in articles]
    held = Assignment.objects.filter(article__in=ids).select_related("user")
    facts = Facts(
        at=at,
        user=user,
        # Once for all cells: a state is a word that waits for its language.
        marks={state: badge(state) for state in STATES},
        may_assign=roles.may_assign(user),
        may_claim=roles.may_claim(user),
        targets=targets,
        tree=tree,
        editions=_by_cell(Edition.objects.filter(article__in=ids)),
        assignments=_by_cell(held),
        events=_last_events(ids),
        categories=_linked(Article.categories.through, "article_id", "category_id", ids, targets),
        tags=_linked(TaggedArticle, "content_object_id", "tag_id", ids, targets),
    )
    return [_row(article, facts) for article in articles]


def _by_cell(records):
    return {(record.article_id, record.language): record for record in records}


def _last_events(ids):
    """Return (story, language, verb) -> when that was done last, of the verbs that begin a wait."""
    verbs = ("submit", "withdraw", "send_back")
    events = Event.objects.filter(article__in=ids, verb__in=verbs).order_by("at", "pk")
    rows = events.values_list("article_id", "language", "verb", "at")
    return {tuple(key): at for *key, at in rows}


def _linked(model, article, other, ids, targets):
    """Return story -> the ids of its categories or tags, where a target asks for them."""
    linked = defaultdict(set)
    if any(getattr(target, other) for target in targets):
        rows = model.objects.filter(**{f"{article}__in": ids}).values_list(article, other)
        for pk, linked_to in rows:
            linked[pk].add(linked_to)
    return linked


def _row(article, facts):
    url = reverse("admin:articles_article_change", args=[article.pk])
    return Row(
        pk=article.pk,
        headline=str(article),
        source_language=article.source_language,
        url=url,
        cells=[_cell(article, language, facts, url=url) for language in enabled()],
    )


def _cell(article, language, facts, *, url):
    key = (article.pk, language)
    edition, assignment = facts.editions.get(key), facts.assignments.get(key)
    source = facts.editions.get((article.pk, article.source_language))
    state = state_of(edition, at=facts.at)
    due = _due(article, language, source, facts) if state in UNFINISHED else None
    return Cell(
        story=article.pk,
        language=language,
        state=state,
        mark=facts.marks[state],
        since=_since(article, edition, source, state, facts),
        who=str(assignment.user) if assignment else "",
        behind=edition.blocks_behind if edition else 0,
        due=due,
        verb=_verb(article, language, state, assignment, facts),
        url=_address(
            article,
            state,
            edition=edition,
            source=source,
            is_held=bool(assignment) and assignment.user_id == facts.user.pk,
            facts=facts,
            language=language,
            url=url,
        ),
        at=facts.at,
    )


def _since(article, edition, source, state, facts):
    if state in {Status.SUBMITTED, Status.WITHDRAWN}:
        verb = "submit" if state == Status.SUBMITTED else "withdraw"
        known = facts.events.get((article.pk, edition.language, verb))
        return known or edition.published_at or article.modified_at
    if edition and edition.published_at:
        return edition.published_at
    if source and source != edition and source.is_live(at=facts.at):
        return source.published_at
    return article.created_at if edition else None


def _due(article, language, source, facts):
    if source is None or not source.is_live(at=facts.at):
        return None
    if source.published_at <= facts.at - late.YOUNG:
        return None
    minutes = late.minutes_for(
        language,
        source_language=article.source_language,
        targets=facts.targets,
        tree=facts.tree,
        categories=facts.categories[article.pk],
        tags=facts.tags[article.pk],
    )
    return source.published_at + timedelta(minutes=minutes) if minutes else None


def _verb(article, language, state, assignment, facts):
    """Return what whoever looks can do at once; the verbs of actions/assigning.py say the last word."""
    if not facts.may_claim:
        return ""
    if assignment:
        return "release" if assignment.user_id == facts.user.pk else ""
    is_open = state in UNFINISHED and language != article.source_language
    return "claim" if is_open else ""


def _address(article, state, *, edition, source, is_held, facts, language, url):
    """Return where somebody goes on with a language: beside its source, where they may translate from that."""
    is_translation = source is not None and language != article.source_language
    is_wanting = state in UNFINISHED or (edition and edition.blocks_behind)
    may_write = facts.may_assign or (is_held and state in UNFINISHED and facts.may_claim)
    if is_translation and is_wanting and may_write:
        name = "admin:articles_article_side_by_side_change"
        return reverse(name, args=[article.pk, language])
    return f"{url}#panel-{language}"
