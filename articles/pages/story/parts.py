"""What stories hold beside their text, in one language: tags, bylines and pictures; for one story or many."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from articles.models import Author, Byline, Correction, ImageUse, Tag, TaggedArticle
from articles.pages import card as cards
from articles.texts import column, columns, text_or_default
from newsroom.db.statements import Each, Given, named, padded, statement
from newsroom.languages import with_columns

IMAGE = (*cards.SHOWN, *cards.CREDIT, "copyright_notice", "passing_on")
Role = Byline.Role
TAG, TAG_WORDS = ("pk", "name", "slug", "kind"), ("label", "label_slug")


class Topic(NamedTuple):
    """A tag of a story in one language."""

    pk: int
    label: str
    url: str
    kind: str


class Credit(NamedTuple):
    """Who is named in a byline; `kind` is an Author.Kind."""

    pk: int
    name: str
    url: str
    kind: str = Author.Kind.PERSON


class Line(NamedTuple):
    """The credits of one role."""

    role: str
    authors: list


class Note(NamedTuple):
    """A correction of a story in the words of one language."""

    pk: int
    kind: str
    published_at: datetime
    words: str

    @property
    def label(self):
        """What it is called: a correction, or a clarification."""
        return Correction.Kind(self.kind).label


def notes(edition):
    """Return the Notes of the corrections that an edition tells, or a row with its `corrections`; the newest first."""
    return [
        Note(pk, kind, datetime.fromisoformat(moment), words)
        for pk, kind, moment, words in edition.corrections or ()
    ]


def topics(article, *, language):
    """Return the Topics of an article, in the order of the desk."""
    return [_topic(row, language) for row in _tags_of(language, article=article)]


def topics_of_many(articles, *, language):
    """Return the id of an article -> its Topics, in the order of the desk; two queries, each by the ids of what it asks for."""
    by_article, ids = defaultdict(list), padded(articles)
    links = _links(len(ids), articles=ids)
    wanted = padded({row.tag_id for row in links})
    tags = {row.pk: _topic(row, language) for row in _tags(language, len(wanted), tags=wanted)}
    for row in links:
        by_article[row.content_object_id].append(tags[row.tag_id])
    return by_article


def lines(articles, *, language):
    """Return the id of an article -> a Line for each role that is credited in this language, in the order of the roles."""
    roles, ids, known = defaultdict(lambda: defaultdict(list)), padded(articles), {}
    for row in _bylines(len(ids), articles=ids, language=language):
        # Of thirty stories a few people write most.
        credit = known.get(row.author_id) or _credit(row, language)
        known[credit.pk] = credit
        roles[row.article_id][row.role].append(credit)
    return defaultdict(list, {pk: _ordered(credited) for pk, credited in roles.items()})


def authors(lines):
    """Return the Credit of each who has written a story, once, by its Lines: see `leading`."""
    named = leading({line.role: line.authors for line in lines})
    return list({credit.pk: credit for credit in named}.values())


def leading(credited):
    """Return who counts as the authors, by role -> those who have it.

    Where nobody is credited as one, the story is by the organisations that it comes from.
    """
    return credited.get(Role.AUTHOR) or credited.get(Role.ORGANISATION, [])


def credited_as(role, lines):
    """Return the Credit of each who has a role."""
    credited = (credit for line in lines if line.role == role for credit in line.authors)
    return list({credit.pk: credit for credit in credited}.values())


def uses(articles, *, language, at):
    """Return the id of an article -> the cards.Use of each of its images."""
    by_article, ids = defaultdict(list), padded(articles)
    for row in _uses(language, len(ids), articles=ids):
        by_article[row.article_id].append(_use(row, at=at))
    return by_article


def lead(uses):
    """Return the Use that leads a story, or None."""
    return next((use for use in uses if use.is_lead), None)


def loaded(model, row, **values):
    """Return an object as a query would with `only()`: what is missing is loaded when asked for."""
    values = row._asdict() | values
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(None, names, [values[name] for name in names])


def _ordered(credited):
    return [Line(role, credited[role]) for role in Byline.Role.values if role in credited]


def _use(row, *, at):
    image = cards.image(row, IMAGE)
    alt, caption = row.own_alt or "", row.own_caption or ""
    return cards.Use(image, at, alt, caption=caption, is_lead=row.is_lead)


def _credit(row, language):
    author = loaded(Author, row, id=row.author_id)
    label = text_or_default(author, "name", language)
    return Credit(author.pk, label, author.url_in(language), author.kind)


def _topic(row, language):
    tag = loaded(Tag, row, id=row.pk)
    return Topic(tag.pk, tag.label_in(language), tag.url_in(language), tag.kind)


@statement
def _tags_of(language):
    rows = Tag.objects.rewrite(mode=False).filter(items__content_object=Given("article"))
    return rows.order_by("items__pk").values_list(*TAG, *columns(TAG_WORDS, language))


@statement
def _tags(language, number):
    rows = Tag.objects.rewrite(mode=False).filter(pk__in=Each("tags", number))
    return rows.order_by().values_list(*TAG, *columns(TAG_WORDS, language))


@statement
def _links(number):
    rows = TaggedArticle.objects.filter(content_object__in=Each("articles", number))
    return rows.order_by("pk").values_list("content_object_id", "tag_id")


@statement
def _bylines(number):
    rows = Byline.objects.filter(article__in=Each("articles", number))
    rows = rows.filter(language__in=["", Given("language")])
    names = {name: f"author__{name}" for name in (column("name", code) for code in with_columns())}
    also = {name: f"author__{name}" for name in ("slug", "kind")}
    return named(rows, "article_id", "role", "author_id", **also, **names)


@statement
def _uses(language, number):
    among = {"article__in": Each("articles", number)}
    rows = ImageUse.objects.rewrite(mode=False).filter(**among)
    words = {f"own_{name}": column(name, language) for name in ("alt", "caption")}
    images = cards.image_columns("image__", IMAGE)
    return named(rows, "article_id", "is_lead", **words, **images)
