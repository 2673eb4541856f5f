"""What readers see of a story: on its own page, in lists, and where others link to it."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from articles import body
from articles.models import Article, Byline, Edition, ImageUse, TaggedArticle
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
class Story:
    """A story as it stands in the database, of which `facts` can be told for any moment."""

    pk: int
    states: dict
    words: dict = None
    categories: tuple = ()
    tags: tuple = ()
    bylines: tuple = ()
    uses: tuple = ()

    def facts(self, ranks, *, at):
        """Return tag -> what readers see of it at a moment."""
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
            found |= self._in_language(code, state, ranks, urls=urls, at=at)
        found[name("lead", self.pk)] = self._lead_id
        found[name("kicker", self.pk)] = ranks.kicker(self.categories)
        for root, kicker in ranks.kickers(self.categories).items():
            found[name("kicker:in", root, self.pk)] = kicker
        return found

    def moments(self, *, after):
        """Return the moments at which what readers see of it changes by itself."""
        places = (state.place for state in self.states.values())
        return sorted({place for place in places if place and place > after})

    def places(self):
        """Return (language, moment) for each language in which it stands in lists."""
        return {(code, state.place) for code, state in self.states.items() if state.place}

    @property
    def _lead(self):
        return next((use for use in self.uses if use.is_lead), None)

    @property
    def _lead_id(self):
        return self._lead and self._lead.image

    def _in_language(self, code, state, ranks, *, urls, at):
        words, url, lead = self.words[code], urls[code], self._lead
        link = url, words.texts["title"], state.published_at
        own = self._own(code, ranks, at)
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

    def _own(self, code, ranks, at):
        """Return what only its own page shows beside the text."""
        order = list(Byline.Role.values)
        credits_here = [row[:2] for row in self.bylines if row[2] in {"", code}]
        figures = [
            (use.image, use.is_lead, use.words[code] if use.is_shown(at) else None)
            for use in self.uses
            if use.is_lead or use.image in self.words[code].images
        ]
        return (
            ranks.listed(self.categories),
            ranks.kicker(self.categories),
            self.tags,
            sorted(credits_here, key=lambda row: order.index(row[0])),
            sorted(figures, key=lambda figure: figure[:2]),
        )


def _is_live(state, at):
    return state.edition().is_live(at=at)


def load(pks):
    """Return id -> Story for those of these articles that exist and may have readers."""
    found = states(pks)
    public = [pk for pk, story in found.items() if _is_public(story)]
    return found | _whole({pk: found[pk] for pk in public})


def whole(stories):
    """Return id -> Story with everything, from stories of which only the states are known."""
    return stories | _whole({pk: story for pk, story in stories.items() if _is_public(story)})


def states(pks):
    """Return id -> Story with nothing but its states; one query."""
    fields = ("status", "slug", "published_at", "modified_at", "withdrawn_reason")
    enabled = [code for code, _name in settings.LANGUAGES]
    rows = Edition.objects.filter(article__in=pks, language__in=enabled).order_by()
    found = defaultdict(dict)
    for pk, code, *values in rows.values_list("article_id", "language", *fields):
        found[pk][code] = State(code, *values)
    return {pk: Story(pk, found[pk]) for pk in found}


def _is_public(story):
    return any(state.is_public for state in story.states.values())


def _whole(stories):
    if not stories:
        return {}
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
