"""The newest stories of a list in full, as feeds give them: seven statements, beside those of the tree and of what the list is about."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import BigIntegerField, DateTimeField, F, Value

from articles.body import AWAY, Body
from articles.models import Article, Edition, edition_url
from articles.pages import card as cards, shelf as shelves, subject as subjects
from articles.pages.story import parts
from articles.texts import ARTICLE_TEXTS, columns
from newsroom.db.statements import Each, Given, named, padded, statement
from newsroom.languages import LANGUAGES
from newsroom.page import whole
from newsroom.site.identity import Site
from newsroom.site.reading import current

NUMBER = 30
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a feed that holds nothing, as that of a search can be."""


@dataclass(frozen=True)
class Entry:
    """A story in full, in one language; its `html` can be read anywhere, with whole addresses.

    `corrections` are its parts.Notes, the newest first. `uses` are its images, `shown` those of them that are to be seen: the one that leads it, and those in its text.
    `translations` maps each other language to choose to its path there. Without `html` there is no room for its text.
    """

    article_id: int
    language: str
    url: str
    title: str
    standfirst: str
    body: Body
    html: str
    published_at: datetime
    updated_at: datetime
    categories: list
    tags: list
    bylines: list
    uses: list
    shown: list
    is_machine_drafted: bool = False
    corrections: list = field(default_factory=list)
    translations: dict = field(default_factory=dict)

    @property
    def names(self):
        """What its name is made of, which stays: see representations/feeds.py."""
        return "story", self.article_id, self.language

    @property
    def address(self):
        return whole(self.url)

    @property
    def lead(self):
        """The cards.Use of the picture that leads the story, or None where there is none to be seen."""
        return parts.lead(self.shown)

    @property
    def authors(self):
        """The parts.Credit of each who has written it, once."""
        return parts.authors(self.bylines)

    @property
    def translators(self):
        return parts.credited_as(parts.Role.TRANSLATOR, self.bylines)

    @property
    def named(self):
        """The parts.Credit of each who is credited for anything, once."""
        by_pk = {credit.pk: credit for line in self.bylines for credit in line.authors}
        return list(by_pk.values())


@dataclass(frozen=True)
class Feed:
    """The newest stories of a shelf.Subject, in one language; none is older than `edge`, None where all are there."""

    about: subjects.Subject
    language: str
    entries: list
    edge: datetime | None
    site: Site

    @property
    def url(self):
        """The path of the page of the list."""
        return self.about.url_in(self.language)

    @property
    def subtitle(self):
        """What the site says of itself; of a list its heading says enough."""
        return self.about.description if self.about.name == subjects.ALL else ""

    def url_as(self, form):
        """Return the path of the feed in a form: "atom", "rss" or "json"."""
        path, mark, query = self.url.partition("?")
        return f"{path}feed.{form}{mark}{query}"

    @property
    def updated_at(self):
        return max((entry.updated_at for entry in self.entries), default=BEGIN)


def read(about, *, tree, at):
    """Return the Feed of a Subject in the language of the tree, or None where it holds no story."""
    language = tree.language
    rows = _editions(about.name, language, NUMBER, at=at, shelf=about.pk)
    if not rows:
        return None
    stories = entries(rows, tree=tree, at=at)
    edge = stories[-1].published_at if len(stories) == NUMBER else None
    return Feed(about, language, stories, edge, current(language))


def in_full(editions, *, language):
    """Return a queryset of what `entries` takes, from one of editions in a language."""
    texts = dict(zip(ARTICLE_TEXTS, columns(ARTICLE_TEXTS, language), strict=True))
    return named(
        editions,
        *("pk", "language", "slug", "published_at", "modified_at"),
        *("machine_drafted", "corrections"),
        article_pk="article_id",
        **{name: f"article__{column}" for name, column in texts.items()},
    )


def entries(rows, *, tree, at, may_use=bool):
    """Return the Entry of each row of `in_full`, in the language of the tree; of their images those that `may_use` allows."""
    language = tree.language
    articles = {row.article_pk for row in rows}
    bodies = {row.article_pk: Body(row.body or "") for row in rows}
    filed, urls = _filed(articles, at=at)
    stock = _Stock(
        filed=filed,
        tags=parts.topics_of_many(articles, language=language),
        bylines=parts.lines(articles, language=language),
        uses=_allowed(parts.uses(articles, language=language, at=at), may_use),
        links=_links(bodies.values(), tree=tree, at=at),
        urls=urls,
    )
    return [_entry(row, bodies[row.article_pk], stock, tree) for row in rows]


def _allowed(uses, may_use):
    return defaultdict(list, {pk: list(filter(may_use, own)) for pk, own in uses.items()})


@dataclass(frozen=True)
class _Stock:
    """What was read for all entries, each by the id of the article; `links` maps that of another one to its card.

    `urls` are the paths of each in all languages in which it can be read.
    """

    filed: dict
    tags: dict
    bylines: dict
    uses: dict
    links: dict
    urls: dict


def _entry(row, body, stock, tree):
    pk = row.article_pk
    uses = stock.uses[pk]
    pictured = {use.image.pk: use for use in uses if use.picture}
    shown = [
        use for use in pictured.values() if use.is_lead or use.image.pk in body.references.images
    ]
    html = body.render(uses=pictured, links=stock.links, language=row.language, form=AWAY)
    return Entry(
        article_id=pk,
        language=row.language,
        url=edition_url(row),
        title=row.title or "",
        standfirst=row.standfirst or "",
        body=body,
        html=html,
        published_at=row.published_at,
        updated_at=max(row.published_at, row.modified_at or row.published_at),
        categories=tree.among(stock.filed[pk]),
        tags=stock.tags[pk],
        bylines=stock.bylines[pk],
        uses=uses,
        shown=shown,
        is_machine_drafted=row.machine_drafted,
        corrections=parts.notes(row),
        translations=translations(stock.urls.get(pk, {}), language=row.language),
    )


def translations(urls, *, language):
    """Return those of the paths by language that machines are told of beside this one: an easy-read edition is none, and has none."""
    if LANGUAGES[language].main:
        return {}
    return {
        code: urls[code]
        for code, _name in settings.LANGUAGES
        if code in urls and code != language and not LANGUAGES[code].main
    }


def _filed(articles, *, at):
    """Return (the ids of categories, the paths in all languages) of each article, by its id; one query."""
    filed, urls, ids = defaultdict(list), defaultdict(dict), padded(articles)
    for row in _places(len(ids), articles=ids, at=at):
        if row.category_pk:
            filed[row.article_id].append(row.category_pk)
        else:
            urls[row.article_id][row.language] = edition_url(row)
    return filed, urls


def _links(bodies, *, tree, at):
    """Return the id of an article that a text refers to -> its card; one query, or none."""
    wanted = {pk for body in bodies for pk in body.references.articles}
    if not wanted:
        return {}
    wanted = padded(wanted)
    rows = _linked(tree.language, len(wanted), at=at, linked=wanted)
    linked = cards.read(rows, tree=tree, at=at)
    return {card.article_id: card for card in linked}


@statement
def _editions(name, language, number):
    ids = shelves.newest(name, number, language=language)
    live = Edition.objects.live(language=language, at=Given("at")).filter(pk__in=ids)
    return in_full(live.newest_first(), language=language)


@statement
def _places(number):
    columns, among = ("language", "slug", "published_at", "category_pk"), Each("articles", number)
    nowhere = Value(None, output_field=BigIntegerField())
    live = Edition.objects.live(at=Given("at")).filter(article__in=among).order_by()
    links = Article.categories.through.objects.filter(article__in=among).annotate(
        language=Value(""),
        slug=Value(""),
        published_at=Value(None, output_field=DateTimeField()),
        category_pk=F("category_id"),
    )
    return named(live.annotate(category_pk=nowhere), "article_id", *columns).union(
        named(links, "article_id", *columns), all=True
    )


@statement
def _linked(language, number):
    live = Edition.objects.live(language=language, at=Given("at"))
    return cards.rows(live.filter(article__in=Each("linked", number)), language=language)
