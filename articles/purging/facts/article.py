"""What readers see of a story: on its own page, in lists, and where others link to it."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from articles import body
from articles.categories import Tree
from articles.models import Article, Byline, Category, Edition, ImageUse, Tag, TaggedArticle
from articles.purging.kind import HELD, NOTHING, Fixed, Kind, Part, Snapshot, enabled
from articles.purging.lists import FOREVER
from articles.purging.names import name
from articles.texts import ARTICLE_TEXTS, column, columns

Status = Edition.Status


@dataclass(frozen=True)
class State:
    """One language of a story, without its words."""

    language: str
    status: str
    slug: str
    published_at: datetime | None
    modified_at: datetime | None
    withdrawn_reason: str

    def edition(self):
        return Edition(language=self.language, **self.times())

    def times(self):
        return {"status": self.status, "slug": self.slug, "published_at": self.published_at}

    @property
    def url(self):
        return self.edition().get_absolute_url()

    @property
    def is_public(self):
        """Whether readers get a page of it, now or at its minute."""
        return self.status in {Status.PUBLISHED, Status.WITHDRAWN}

    @property
    def place(self):
        """The moment at which it stands in lists, None where it stands in none."""
        return self.published_at if self.status == Status.PUBLISHED else None


@dataclass(frozen=True)
class Words:
    """Every text of the story in one language by its name, of the body only a digest; and its images."""

    texts: dict
    images: frozenset


@dataclass(frozen=True)
class Use:
    """An image of the story: whether it leads it, from when on it is not shown, its words by language."""

    image: int
    is_lead: bool
    has_picture: bool
    valid_until: datetime | None
    words: dict

    def is_shown(self, at):
        return self.has_picture and (self.valid_until is None or self.valid_until > at)

    def alt(self, language, at):
        return self.words[language][0] if self.is_shown(at) else ""


@dataclass(frozen=True)
class Story(Snapshot):
    """A story as it stands in the database; `facts` need the `tree` of categories."""

    pk: int
    states: dict
    words: dict = None
    categories: tuple = ()
    tags: tuple = ()
    bylines: tuple = ()
    uses: tuple = ()
    tree: Tree = None

    def filed_in(self, tree):
        """Return the same story in this tree of categories."""
        return replace(self, tree=tree)

    def facts(self, *, at):
        live = {code: state for code, state in self.states.items() if _is_live(state, at)}
        found = {
            name("article", self.pk, code): ("gone", state.url, state.withdrawn_reason)
            for code, state in self.states.items()
            if state.status == Status.WITHDRAWN
        }
        if not live:
            return found
        urls = {code: state.url for code, state in live.items()}
        for code, state in live.items():
            found |= self._in_language(code, state, urls=urls, at=at)
        found[name("lead", self.pk)] = self._lead_id
        found[name("kicker", self.pk)] = self._kicker_id
        for root, kicker in self.tree.kickers(self._nodes).items():
            found[name("kicker:in", root, self.pk)] = kicker.pk
        return found

    def moments(self, *, after):
        places = (state.place for state in self.states.values())
        return sorted({place for place in places if place and place > after})

    def places(self):
        return {(code, state.place, self.pk) for code, state in self.states.items() if state.place}

    @property
    def _nodes(self):
        return self.tree.among(self.categories)

    @property
    def _kicker_id(self):
        kicker = self.tree.kicker(self._nodes)
        return kicker and kicker.pk

    @property
    def _lead(self):
        return next((use for use in self.uses if use.is_lead), None)

    @property
    def _lead_id(self):
        return self._lead and self._lead.image

    def _in_language(self, code, state, *, urls, at):
        words, url, lead = self.words[code], urls[code], self._lead
        link = url, words.texts["title"], state.published_at
        own = self._own(code, at)
        return {
            name("url:article", self.pk, code): url,
            name("link", self.pk, code): link,
            name("teaser", self.pk, code): (
                *link,
                words.texts["standfirst"],
                self._lead_id,
                lead and lead.alt(code, at),
            ),
            name("article", self.pk, code): (link, words, state.modified_at, own, urls),
        }

    def _own(self, code, at):
        """Return what only its own page shows beside the text."""
        order = list(Byline.Role.values)
        credits_here = [row[:2] for row in self.bylines if row[2] in {"", code}]
        figures = [
            (use.image, use.is_lead, use.words[code] if use.is_shown(at) else None)
            for use in self.uses
            if use.is_lead or use.image in self.words[code].images
        ]
        return (
            [node.pk for node in self._nodes],
            self._kicker_id,
            self.tags,
            sorted(credits_here, key=lambda row: order.index(row[0])),
            sorted(figures, key=lambda figure: figure[:2]),
        )


@dataclass(frozen=True)
class New(Snapshot):
    """A story that was not there before: a body can have named it, so pages show that it is not there."""

    story: Story

    def facts(self, *, at):
        live = [code for code, moment, _pk in self.places() if moment <= at]
        parts = ("url:article", "link")
        return {name(part, self.story.pk, code): True for part in parts for code in live}

    def places(self):
        return self.story.places()


class Stories(Kind):
    """A story on its own page, in lists, and where others link to it."""

    models = {
        Article: "pk",
        Article.categories.through: "article_id",
        Byline: "article_id",
        Edition: "article_id",
        ImageUse: "article_id",
        TaggedArticle: "content_object_id",
    }
    goes_with = {TaggedArticle: Tag}
    parts = (
        Part(
            "article:<id>:<language>",
            "the page of a story, or that it was withdrawn",
            "something changes that only this page shows, or that it shows, too",
            hides=True,
        ),
        Part(
            "url:article:<id>:<language>",
            "a link to a story in a text",
            "the address changes, the story comes or goes",
            hides=True,
        ),
        Part(
            "link:<id>:<language>",
            "a headline as a link, with its time",
            "one of the three changes, the story comes or goes",
            hides=True,
        ),
        Part(
            "teaser:<id>:<language>",
            "the same with standfirst and picture: a card",
            "one of these changes, or which picture leads, or its alternative text",
            hides=True,
        ),
        Part(
            "lead:<id>",
            "a card that shows no picture, but whether there is one",
            "another picture leads the story",
        ),
        Part(
            "kicker:<id>",
            "the category over the headline of a card",
            "another one names the story better",
        ),
        Part(
            "kicker:in:<region>:<id>",
            "the same in the block of a region on the front page",
            "another one of that region does",
        ),
    )

    def load(self, pks):
        """Return id -> Story, whole where readers can see it now or later, else with its states only."""
        return _whole(_states(pks))

    def changes(self, before, **context):
        after, tree = self.load(before), Category.tree()
        for pk, was in before.items():
            # The same tree for both: what they change is compared with the categories.
            yield was.filed_in(tree), after[pk].filed_in(tree)

    def additions(self, pks, *, at):
        new = sorted(pks)
        for start in range(0, len(new), HELD):
            yield from _additions(_states(new[start : start + HELD]), at=at)

    def is_announced(self, thing):
        return True

    def planned(self, *, after):
        later = Edition.objects.live(at=FOREVER).filter(published_at__gt=after)
        return later.values_list("article_id", flat=True)


def _additions(stories, *, at):
    for story in stories.values():
        yield NOTHING, New(story)
    coming = {pk: story for pk, story in stories.items() if story.moments(after=at)}
    tree = Category.tree() if coming else None
    for story in _whole(coming).values():
        # What it shows already is new; what comes by itself differs from that.
        filed = story.filed_in(tree)
        yield Fixed(filed.facts(at=at)), filed


def _is_live(state, at):
    return state.edition().is_live(at=at)


def _states(pks):
    """Return id -> Story with nothing but its states, for all of these; one query."""
    fields = ("status", "slug", "published_at", "modified_at", "withdrawn_reason")
    rows = Edition.objects.filter(article__in=pks, language__in=enabled()).order_by()
    found = defaultdict(dict)
    for pk, code, *values in rows.values_list("article_id", "language", *fields):
        found[pk][code] = State(code, *values)
    return {pk: Story(pk, found[pk]) for pk in pks}


def _whole(stories):
    """Return the same stories, with everything where readers can see them now or later."""
    public = {pk: story for pk, story in stories.items() if _is_public(story)}
    return stories | _with_parts(public) if public else stories


def _is_public(story):
    return any(state.is_public for state in story.states.values())


def _with_parts(stories):
    codes = sorted({code for story in stories.values() for code in story.states})
    words, uses = _words(stories, codes), _uses(stories, codes)
    categories = _grouped(
        Article.categories.through.objects.filter(article__in=stories),
        *("article_id", "category_id"),
    )
    tagged = TaggedArticle.objects.filter(content_object__in=stories).order_by("pk")
    tags = _grouped(tagged, "content_object_id", "tag_id")
    rows = Byline.objects.filter(article__in=stories).order_by("position", "pk")
    bylines = _grouped(rows, "article_id", "role", "author_id", "language")
    return {
        pk: replace(
            story,
            words=words[pk],
            categories=tuple(category for (category,) in categories[pk]),
            tags=tuple(tag for (tag,) in tags[pk]),
            bylines=tuple(bylines[pk]),
            uses=tuple(uses[pk]),
        )
        for pk, story in stories.items()
        if pk in words
    }


def _grouped(rows, key, *values):
    found = defaultdict(list)
    for pk, *row in rows.values_list(key, *values):
        found[pk].append(tuple(row))
    return found


def _words(stories, codes):
    names = [each for code in codes for each in columns(ARTICLE_TEXTS, code)]
    rows = Article.objects.filter(pk__in=stories).order_by().values_list("pk", *names)
    found = {}
    for pk, *values in rows:
        texts = dict(zip(names, values, strict=True))
        found[pk] = {
            code: _read(
                {field: texts[column(field, code)] or "" for field in ARTICLE_TEXTS},
                is_used=code in stories[pk].states,
            )
            for code in codes
        }
    return found


def _read(texts, *, is_used):
    html = texts["body"] if is_used else ""
    digest = hashlib.sha256(html.encode()).hexdigest()
    images = body.references(html).images if "data-image" in html else frozenset()
    return Words(texts | {"body": digest}, images)


def _uses(stories, codes):
    names = [column(each, code) for code in codes for each in ("alt", "caption")]
    rows = ImageUse.objects.filter(article__in=stories).order_by("-is_lead", "position", "pk")
    image = ("image__file", "image__valid_until")
    found = defaultdict(list)
    for pk, key, is_lead, file, until, *texts in rows.values_list(
        "article_id", "image_id", "is_lead", *image, *names
    ):
        pairs = zip(texts[::2], texts[1::2], strict=True)
        words = {code: (a or "", c or "") for code, (a, c) in zip(codes, pairs, strict=True)}
        found[pk].append(Use(key, is_lead, bool(file), until, words))
    return found


KIND = Stories()
