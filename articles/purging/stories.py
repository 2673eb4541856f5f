"""A story as it stands in the database, with all that readers see of it, and how many are loaded at once."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from articles.body import parsed
from articles.categories import Tree
from articles.models import (
    Article,
    Byline,
    Edition,
    Image,
    ImageUse,
    TaggedArticle,
)
from articles.pages import archive, card as cards, feed as feeds, layouts
from articles.pages.story import parts
from articles.purging.kind import Snapshot, enabled
from articles.purging.names import name
from articles.texts import ARTICLE_TEXTS, column, columns
from newsroom.db.statements import named

Status = Edition.Status

EDITION = (
    *("article", "language", "status", "slug"),
    *("published_at", "modified_at", "earlier_changes", "withdrawn_reason"),
    *("comments_until", "comment_count", "machine_drafted"),
    "corrections",
)
IMAGE = ("pk", "file", "valid_until")
"""What must be known of an image to tell whether it is shown; its own facts tell the rest."""
_PLACES = {role: place for place, role in enumerate(Byline.Role.values)}
"""Looked up once: what an enumeration has is slow to ask for, and a story asks twice for each of its languages."""


@dataclass(frozen=True)
class Words:
    """Every text of the story in one language by its name, of the body only a digest; and its images."""

    texts: dict
    images: frozenset


@dataclass(frozen=True)
class Use:
    """An image of the story, with its (alt, caption) by language."""

    image: Image
    is_lead: bool
    words: dict

    def seen(self, language, *, at):
        """Return the cards.Use that a page shows; without words where there is no picture to see."""
        words = self.words[language] if self.image.may_be_shown(at=at) else ("", "")
        return cards.Use(self.image, at, *words, is_lead=self.is_lead)


@dataclass(frozen=True)
class Story(Snapshot):
    """A story as it stands in the database; `facts` need the `tree` of categories."""

    pk: int
    editions: dict
    words: dict = None
    categories: tuple = ()
    tags: tuple = ()
    bylines: tuple = ()
    related: tuple = ()
    source_language: str = ""
    uses: tuple = ()
    tree: Tree = None

    def filed_in(self, tree):
        """Return the same story in this tree of categories."""
        return replace(self, tree=tree)

    def facts(self, *, at):
        live = {code: edition for code, edition in self.editions.items() if edition.is_live(at=at)}
        facts = {
            name("article", self.pk, code): self._gone(edition)
            for code, edition in self.editions.items()
            if edition.status == Status.WITHDRAWN
        }
        if not live:
            return facts
        urls = {code: edition.url for code, edition in live.items()}
        for edition in live.values():
            facts |= self._in_language(edition, urls, at=at)
        facts[name("lead", self.pk)] = self._lead_id
        facts[name("topics", self.pk)] = list(self.tags)
        facts[name("genre", self.pk)] = self._genre_id
        facts[name("kicker", self.pk)] = self._kicker_id
        for root, kicker in self.tree.kickers(self._nodes).items():
            facts[name("kicker:in", root, self.pk)] = kicker.pk
        return facts

    def is_known(self, *, at):
        """Return whether readers get something at its address in a language: the story, or that it was withdrawn."""
        editions = self.editions.values()
        return any(
            edition.is_live(at=at) or edition.status == Status.WITHDRAWN for edition in editions
        )

    def moments(self, *, after):
        appear = {moment for _code, moment, _pk in self.places()}
        close = {edition.comments_until for edition in self._public()} - {None}
        return sorted(moment for moment in appear | close if moment > after)

    def places(self):
        return {(edition.language, edition.published_at, self.pk) for edition in self._public()}

    def _public(self):
        return [edition for edition in self.editions.values() if edition.status == Status.PUBLISHED]

    @cached_property
    def _nodes(self):
        return self.tree.among(self.categories)

    @cached_property
    def _genre_id(self):
        genre = self.tree.genre(self._nodes)
        return genre and genre.pk

    @cached_property
    def _kicker_id(self):
        kicker = self.tree.kicker(self._nodes)
        return kicker and kicker.pk

    @property
    def _lead_id(self):
        return next((use.image.pk for use in self.uses if use.is_lead), None)

    def _gone(self, edition):
        title = self.words[edition.language].texts["title"] if self.words else ""
        return "gone", edition.url, edition.withdrawn_reason, title, edition.published_at

    def _in_language(self, edition, urls, *, at):
        code = edition.language
        words, uses = self.words[code], [use.seen(code, at=at) for use in self.uses]
        card, full = _card(edition, words, uses), self._in_full(edition, words, uses)
        number = edition.comment_count
        counted = {name("counted", self.pk, code): number} if number else {}
        announced = (urls[code], feeds.translations(urls, language=code))
        return counted | {
            name("url:article", self.pk, code): urls[code],
            name("link", self.pk, code): cards.shown_as(card, layouts.HEADLINE),
            # Its kicker has a name of its own.
            name("teaser", self.pk, code): cards.shown_as(card, layouts.WHOLE),
            name("text", self.pk, code): (full, announced),
            _dated(edition): (announced, edition.published_at, edition.modified_at),
            name("article", self.pk, code): (
                *(card, full, edition.earlier_changes, urls),
                edition.is_discussed(at=at),
                (self._genre_id, self._kicker_id, self.related),
                (self.source_language, self._credits(code)),
            ),
            name("commenting", self.pk, code): edition.takes_comments(at=at),
        }

    def _credits(self, code):
        """Return (role, author) of each who is credited in a language, in the order of the roles."""
        rows = [row[:2] for row in self.bylines if row[2] in {"", code}]
        return sorted(rows, key=lambda row: _PLACES[row[0]])

    def _writers(self, code):
        """Return the authors of a language and its translators, as feeds name them."""
        credited = defaultdict(dict)
        for role, author in self._credits(code):
            credited[role][author] = True
        return list(parts.leading(credited)), list(credited[parts.Role.TRANSLATOR])

    def _in_full(self, edition, words, uses):
        """Return what its own page and feeds show: the text, and what stands beside it."""
        figures = [use for use in uses if use.is_lead or use.image.pk in words.images]
        return (
            *(edition.url, words, edition.published_at, edition.modified_at),
            [node.pk for node in self._nodes],
            self.tags,
            *self._writers(edition.language),
            sorted(figures, key=lambda use: use.image.pk),
            edition.machine_drafted,
            edition.corrections,
        )


@dataclass(frozen=True)
class New(Snapshot):
    """A story that was not there before: a body can have named it, so pages show that it is not there."""

    story: Story

    def facts(self, *, at):
        live = [code for code, moment, _pk in self.places() if moment <= at]
        parts = ("url:article", "link")
        links = {name(part, self.story.pk, code): True for part in parts for code in live}
        return links | {_dated(self.story.editions[code]): True for code in live}

    def places(self):
        return self.story.places()


def _card(edition, words, uses):
    """Return the cards.Card that a list would read of an edition: its picture has no words there."""
    lead = next((replace(use, alt="", caption="") for use in uses if use.is_lead), None)
    return cards.Card(
        pk=edition.pk,
        published_at=edition.published_at,
        language=edition.language,
        article_id=edition.article_id,
        slug=edition.slug,
        title=words.texts["title"],
        standfirst=words.texts["standfirst"],
        lead=lead,
        updated_on=cards.updated_on(edition.published_at, edition.modified_at),
    )


def _dated(edition):
    """Return the tag of the sitemap of its month."""
    return name("dated", edition.language, f"{archive.month_of(edition.published_at):%Y-%m}")


def with_editions(pks):
    """Return id -> Story with nothing but its editions, for all of these; one query."""
    rows = Edition.objects.filter(article__in=pks, language__in=enabled()).order_by()
    by_article = defaultdict(dict)
    for edition in rows.only(*EDITION):
        by_article[edition.article_id][edition.language] = edition
    return {pk: Story(pk, by_article[pk]) for pk in pks}


def whole(stories):
    """Return the same stories, with everything where readers can see them now or later."""
    public = {pk: story for pk, story in stories.items() if _is_public(story)}
    return stories | _with_parts(public) if public else stories


def _is_public(story):
    """Return whether readers get a page of it, now or at its minute."""
    public = {Status.PUBLISHED, Status.WITHDRAWN}
    return any(edition.status in public for edition in story.editions.values())


def _with_parts(stories):
    codes = sorted({code for story in stories.values() for code in story.editions})
    words, uses = _words(stories, codes), _uses(stories, codes)
    categories = _grouped(
        Article.categories.through.objects.filter(article__in=stories),
        *("article_id", "category_id"),
    )
    tagged = TaggedArticle.objects.filter(content_object__in=stories).order_by("pk")
    tags = _grouped(tagged, "content_object_id", "tag_id")
    rows = Byline.objects.filter(article__in=stories).order_by("position", "pk")
    bylines = _grouped(rows, "article_id", "role", "author_id", "language")
    rows = Article.objects.filter(pk__in=stories).order_by()
    shared = {pk: row for pk, *row in rows.values_list("pk", "related", "source_language")}
    return {
        pk: replace(
            story,
            words=words[pk],
            categories=tuple(category for (category,) in categories[pk]),
            tags=tuple(tag for (tag,) in tags[pk]),
            bylines=tuple(bylines[pk]),
            related=tuple(shared[pk][0] or ()),
            source_language=shared[pk][1],
            uses=tuple(uses[pk]),
        )
        for pk, story in stories.items()
        if pk in words
    }


def _grouped(rows, key, *values):
    groups = defaultdict(list)
    for pk, *row in rows.values_list(key, *values):
        groups[pk].append(tuple(row))
    return groups


def _words(stories, codes):
    names = [column_name for code in codes for column_name in columns(ARTICLE_TEXTS, code)]
    rows = Article.objects.filter(pk__in=stories).order_by().values_list("pk", *names)
    by_story = {}
    for pk, *values in rows:
        texts = dict(zip(names, values, strict=True))
        by_story[pk] = {
            code: _read(
                {field: texts[column(field, code)] or "" for field in ARTICLE_TEXTS},
                is_used=code in stories[pk].editions,
            )
            for code in codes
        }
    return by_story


def _read(texts, *, is_used):
    html = texts["body"] if is_used else ""
    digest = hashlib.sha256(html.encode()).hexdigest()
    images = parsed(html).references.images if "data-image" in html else frozenset()
    return Words(texts | {"body": digest}, images)


def _uses(stories, codes):
    words = [column(field, code) for code in codes for field in ("alt", "caption")]
    rows = ImageUse.objects.filter(article__in=stories).order_by("-is_lead", "position", "pk")
    by_article = defaultdict(list)
    for row in named(
        rows, "article_id", "is_lead", *words, **cards.image_columns("image__", IMAGE)
    ):
        texts = {
            code: tuple(getattr(row, column(field, code)) or "" for field in ("alt", "caption"))
            for code in codes
        }
        by_article[row.article_id].append(Use(cards.image(row, IMAGE), row.is_lead, texts))
    return by_article
