"""The page of a story, and what it reads from the database: six statements, beside that of the tree."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q, Value

from articles.body import LITE, Body
from articles.models import Article, Edition, edition_url
from articles.pages import card as cards, layouts
from articles.pages.menu import Crumb
from articles.pages.story import age as ages, around as arounds, more as mores, parts, share
from articles.renditions import crops, sharing_url
from articles.texts import ARTICLE_TEXTS, columns
from newsroom.db.statements import Each, Given, named, padded, statement
from newsroom.page import whole
from newsroom.site.reading import current

EDITION = (
    *("id", "language", "status", "slug", "published_at", "modified_at", "withdrawn_reason"),
    *("earlier_changes", "machine_drafted", "corrections"),
    *("comments_until", "comment_count"),
)
LINK = "link"
"""Where a card comes from that is no source of `more`."""


class SharedPicture(NamedTuple):
    """The picture that other sites show with a link to the story; its address is whole."""

    url: str
    width: int
    height: int
    alt: str


class Crop(NamedTuple):
    """The picture that leads the story in a shape that search engines ask for; its address is whole."""

    url: str
    width: int
    height: int


class Chip(NamedTuple):
    """What a story is filed under: a category, or a tag."""

    label: str
    url: str
    is_tag: bool = False


@dataclass(frozen=True)
class Story:
    """What readers see of a story in one language; `texts` are its words, by the names of the fields.

    `more` are the cards at its end. `corrections` are the parts.Notes of its language, the newest first. `languages` maps each language in which it can be read to its path
    there. `body` is the text as it is stored; what it refers to are those of the `uses` that are `shown` and
    the cards of `links`, each by its id. `comments_url` is "" where there are no comments and can be none.
    """

    article_id: int
    language: str
    source_language: str
    url: str
    texts: dict
    published_at: datetime
    modified_at: datetime | None
    earlier_changes: list
    corrections: list
    is_machine_drafted: bool
    age: ages.Age
    around: arounds.Around
    by_hand: list
    categories: list
    genre: object
    kicker: object
    breadcrumbs: list
    tags: list
    bylines: list
    uses: list
    shown: dict
    links: dict
    body: Body
    more: mores.More
    languages: dict
    share_image: SharedPicture | None
    crops: list
    comments_url: str
    comments: int | None
    history_url: str

    lead_kind = layouts.OVER_STORY

    @cached_property
    def body_html(self):
        """The text as readers see it on its page."""
        return self.body.render(uses=self.shown, links=self.links, language=self.language)

    @property
    def body_lite(self):
        """The text as readers of the lite edition see it."""
        return self.body.render(
            uses=self.shown, links=self.links, language=self.language, form=LITE
        )

    @property
    def authors(self):
        """The parts.Credit of each who has written it, once."""
        return parts.authors(self.bylines)

    def credited_as(self, role):
        """Return the parts.Credit of each who has a Byline.Role."""
        return parts.credited_as(role, self.bylines)

    @property
    def figures(self):
        """The cards.Use of each picture that is to be seen in the text, but not at the head of the story."""
        inside = self.body.references.images
        return [use for pk, use in self.shown.items() if pk in inside and not use.is_lead]

    @property
    def cards(self):
        """The cards in its text."""
        return [card for pk, card in self.links.items() if pk in self.body.references.cards]

    @property
    def title(self):
        return self.texts["title"]

    @property
    def minutes(self):
        """About how many minutes it takes to read."""
        return max(1, self.body.minutes)

    @property
    def address(self):
        """The whole address."""
        return whole(self.url)

    @property
    def share(self):
        """The share.Way of each way to pass it on."""
        return share.ways(self.title, self.address)

    @property
    def section(self):
        """What machines are told that it is about: its genre, or else its kicker."""
        node = self.genre or self.kicker
        return node.label if node else ""

    @property
    def chips(self):
        """A Chip for each of its categories, then for each of its tags."""
        categories = [Chip(node.label, node.url) for node in self.categories]
        return categories + [Chip(tag.label, tag.url, is_tag=True) for tag in self.tags]

    @property
    def standfirst(self):
        return self.texts["standfirst"]

    @property
    def lead(self):
        """The cards.Use of the picture that leads the story, or None."""
        return parts.lead(self.uses)


@dataclass(frozen=True)
class Others:
    """What a story leads to: its `links`, its `languages`, and what could stand at its end.

    Links map the id of an article to its card, languages map a code to the path of the story, and `newest` the
    sources among `nodes` to their newest cards.
    """

    nodes: dict
    newest: dict
    links: dict
    languages: dict


def find(slug, *, language):
    """Return the edition under a slug, with the texts of its language and no other; or None."""
    for row in _editions(language, slug=slug):
        article = parts.loaded(Article, row, id=row.article_pk)
        edition = parts.loaded(Edition, row, article_id=row.article_pk)
        edition.article = article
        return edition
    return None


def read(edition, *, tree, at):
    """Return the Story of an edition that is live; the tree was loaded with its article."""
    language, categories = edition.language, tree.held()
    genre, kicker = tree.genre(categories), tree.kicker(categories)
    body = Body(edition.body)
    own = {edition.article_id}
    tags = parts.topics(edition.article_id, language=language)
    bylines = parts.lines(own, language=language)[edition.article_id]
    others = _leads_to(edition, kicker, body.references, tree=tree, at=at)
    named = _named(edition, body.references, others.links)
    around = arounds.read(edition, tags, named=named, tree=tree, at=at)
    uses = parts.uses(own, language=language, at=at)[edition.article_id]
    lead = parts.lead(uses)
    return Story(
        article_id=edition.article_id,
        language=language,
        source_language=edition.article.source_language,
        url=edition.url,
        texts={field: getattr(edition, field) for field in ARTICLE_TEXTS},
        published_at=edition.published_at,
        modified_at=edition.modified_at,
        earlier_changes=_earlier(edition),
        corrections=parts.notes(edition),
        is_machine_drafted=edition.machine_drafted,
        by_hand=_by_hand(edition),
        around=around,
        age=ages.age(edition.published_at, at=at),
        categories=categories,
        genre=genre,
        kicker=kicker,
        breadcrumbs=_way(kicker, genre=genre),
        tags=tags,
        bylines=bylines,
        uses=uses,
        shown={use.image.pk: use for use in uses if use.picture},
        links=others.links,
        body=body,
        more=_more(others, around),
        languages=others.languages,
        share_image=_shared(lead, at=at),
        crops=_cropped(lead, at=at),
        comments_url=edition.comments_url if edition.is_discussed(at=at) else "",
        comments=edition.comment_count if current(language).counts_comments else None,
        history_url=edition.history_url,
    )


def _way(kicker, *, genre):
    """Return the Crumbs from the top of the tree to what names a story, if that is not said already."""
    nodes = kicker.lineage() if kicker and kicker is not genre else ()
    return [Crumb(node.label, node.url) for node in nodes]


def _earlier(edition):
    """Return the moments of the changes between publication and the last one, the newest first."""
    moments = map(datetime.fromisoformat, reversed(edition.earlier_changes or []))
    return [moment for moment in moments if moment > edition.published_at]


def _named(edition, references, links):
    """Return the cards of stories that the desk names, then of those that the text leads to in a sentence."""
    by_hand, in_words = _by_hand(edition), sorted(references.articles - references.cards)
    return [links[pk] for pk in (*by_hand, *in_words) if pk in links]


def _by_hand(edition):
    return edition.article.related or []


def _leads_to(edition, kicker, references, *, tree, at):
    """Return the Others of an edition: all that is live."""
    language, own = edition.language, edition.article_id
    linked = padded({own, *references.articles, *_by_hand(edition)})
    nodes = mores.sources(kicker)
    shelves = {source: node.pk for source, node in nodes.items() if node}
    values = {"at": at, "own": own, "linked": linked, "edition": edition.pk, **shelves}
    rows = _others(language, len(linked), tuple(nodes), **values)
    by_source = defaultdict(list)
    for row in rows:
        # Of the story in its other languages nothing but the address is shown.
        if row.language == language:
            by_source[row.source] += cards.read([row], tree=tree, at=at)
    return Others(
        nodes=nodes,
        newest=by_source,
        links={card.article_id: card for card in by_source[LINK]},
        languages={row.language: edition_url(row) for row in rows if row.article_pk == own},
    )


def _more(others, around):
    """Return the stories at the end; none is there a second time that stands beside the story."""
    shown = {card.article_id for card in around.cards}
    more = mores.chosen(others.nodes, others.newest, shown=shown)
    return replace(more, cards=cards.placed(more.cards, "more"))


def _shared(use, *, at):
    picture = use and sharing_url(use.image, at=at)
    if not picture:
        return None
    url, width, height = picture
    return SharedPicture(whole(url), width, height, use.alt)


def _cropped(use, *, at):
    pictures = crops(use.image, at=at) if use else []
    return [Crop(whole(url), width, height) for url, width, height in pictures]


@statement
def _editions(language):
    names = ("source_language", "related", *columns(ARTICLE_TEXTS, language))
    rows = Edition.objects.filter(language=language).with_slug(Given("slug"))
    texts = {name: f"article__{name}" for name in names}
    return named(rows, *EDITION, article_pk="article_id", **texts)


@statement
def _others(language, linked, sources):
    own = Q(article=Given("own"))
    named = own | Q(article__in=Each("linked", linked), language=language)
    rows = _cards(Edition.objects.live(at=Given("at")).filter(named), language, source=LINK)
    more = (
        _cards(mores.newest(source, language=language), language, source=source)
        for source in sources
    )
    return rows.union(*more, all=True)


def _cards(editions, language, *, source):
    return cards.rows(editions.annotate(source=Value(source)), "source", language=language)
