"""What the page of a story reads from the database: five statements, beside that of the tree."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, Value

from articles.models import Article, Author, Byline, Edition, ImageUse, Listing, Tag
from articles.pages import card as cards
from articles.statements import Each, Given, padded, statement
from articles.texts import ARTICLE_TEXTS, column, columns, text_or_default
from newsroom.languages import LANGUAGES

MORE = 4
EDITION = ("id", "language", "status", "slug", "published_at", "modified_at", "withdrawn_reason")
IMAGE = (*cards.SHOWN, *cards.CREDIT)


@dataclass(frozen=True)
class Others:
    """What a story leads to: `more` of its region or section, its `links` and its `languages`.

    Links map the id of an article to its card, languages map a code to the path of the story.
    """

    more: list
    links: dict
    languages: dict


def find(slug, *, language):
    """Return the edition under a slug, with the texts of its language and no other; or None."""
    for row in _editions(language, slug=slug):
        own, texts = row[: len(EDITION)], row[len(EDITION) :]
        names = ("id", "source_language", *columns(ARTICLE_TEXTS, language))
        article = _loaded(Article, dict(zip(names, texts, strict=True)))
        edition = _loaded(
            Edition, dict(zip(EDITION, own, strict=True)) | {"article_id": article.pk}
        )
        edition.article = article
        return edition
    return None


def tags(edition):
    """Return the tags of a story, in their order, as dicts with `pk`, `label` and `url`."""
    names = ("id", "name", "slug", *columns(("label", "label_slug"), edition.language))
    found = [
        _loaded(Tag, dict(zip(names, row, strict=True)))
        for row in _tags(edition.language, article=edition.article_id)
    ]
    language = edition.language
    return [
        {"pk": tag.pk, "label": tag.label_in(language), "url": tag.url_in(language)}
        for tag in found
    ]


def bylines(edition):
    """Return the credits that stand in this language, grouped by role in the order of the desk."""
    language, roles = edition.language, defaultdict(list)
    names = ("id", "slug", *(column("name", code) for code in LANGUAGES))
    for role, *values in _bylines(article=edition.article_id, language=language):
        author = _loaded(Author, dict(zip(names, values, strict=True)))
        name = text_or_default(author, "name", language)
        roles[role].append({"pk": author.pk, "name": name, "url": author.url_in(language)})
    order = [role for role in Byline.Role.values if role in roles]
    return [{"role": role, "authors": roles[role]} for role in order]


def uses(edition, *, at):
    """Return the images of a story as cards.Use, the lead first."""
    return [
        cards.use(image, at=at, names=IMAGE, is_lead=is_lead, alt=alt or "", caption=caption or "")
        for is_lead, alt, caption, *image in _uses(edition.language, article=edition.article_id)
    ]


def others(edition, *, at):
    """Return the Others of an edition with its `kicker` and `references`: all that is live."""
    language, own = edition.language, edition.article_id
    linked = padded({own, *edition.references.articles})
    values = {"at": at, "own": own, "linked": linked, "edition": edition.pk}
    if edition.kicker:
        values["category"] = edition.kicker.pk
    found = _others(language, len(linked), MORE if edition.kicker else 0, **values)
    more = cards.read((row for row in found if row[-1]), at=at)
    links = cards.read((row for row in found if not row[-1]), at=at)
    return Others(
        more=sorted(more, key=lambda card: (card.published_at, card.pk), reverse=True),
        links={card.article_id: card for card in links if card.language == language},
        languages={card.language: card.url for card in links if card.article_id == own},
    )


def _loaded(model, values):
    """Return an object as a query would with `only()`: what is missing is loaded when asked for."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(None, values, [values[name] for name in names if name in values])


@statement
def _editions(language):
    texts = (f"article__{name}" for name in columns(ARTICLE_TEXTS, language))
    rows = Edition.objects.filter(language=language).with_slug(Given("slug"))
    return rows.values_list(*EDITION, "article_id", "article__source_language", *texts)


@statement
def _tags(language):
    rows = Tag.objects.rewrite(mode=False).filter(items__content_object=Given("article"))
    words = columns(("label", "label_slug"), language)
    return rows.order_by("items__pk").values_list("pk", "name", "slug", *words)


@statement
def _bylines():
    rows = Byline.objects.filter(article=Given("article"), language__in=["", Given("language")])
    names = (f"author__{column('name', code)}" for code in LANGUAGES)
    return rows.values_list("role", "author_id", "author__slug", *names)


@statement
def _uses(language):
    rows = ImageUse.objects.rewrite(mode=False).filter(article=Given("article"))
    words = columns(("alt", "caption"), language)
    return rows.values_list("is_lead", *words, *(f"image__{name}" for name in IMAGE))


@statement
def _others(language, linked, more):
    own = Q(article=Given("own"))
    named = own | Q(article__in=Each("linked", linked), language=language)
    rows = _cards(Edition.objects.live(at=Given("at")).filter(named), language, is_more=False)
    if more:
        rows = rows.union(_cards(_newest(language, more), language, is_more=True), all=True)
    return rows


def _newest(language, number):
    """Return a queryset of the newest other stories of the same region or section."""
    shelf = Listing.objects.on_shelf(
        language=language, at=Given("at"), category=Given("category")
    ).exclude(edition=Given("edition"))
    newest = shelf.newest_first().values("edition_id")[:number]
    return Edition.objects.live(language=language, at=Given("at")).filter(pk__in=newest)


def _cards(editions, language, *, is_more):
    return cards.rows(editions.annotate(is_more=Value(is_more)), "is_more", language=language)
