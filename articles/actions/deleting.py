"""Deleting, and before that what it does to stories and readers, in sentences for the person who is asked.

They cost a few queries whatever the number of things; each names the first MOST of its stories.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, Window
from django.db.models.functions import DenseRank
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from articles.actions import organising
from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    Edition,
    Image,
    ImageUse,
    OwnPage,
    OwnPageEdition,
    Promotion,
    PromotionEdition,
    Tag,
    TaggedArticle,
)
from articles.texts import column
from newsroom.db import locks

MOST = 10
_PROMOTED_CATEGORY = gettext_lazy(
    "Promotions stand on its page: choose another place for them, or delete them first."
)
LINK = re.compile(r'data-article="(\d{1,18})"')


@dataclass
class Consequence:
    """What follows for one `thing`: `sentences`, and up to MOST of the `number` of `stories` that it concerns.

    `is_refused` where it cannot be deleted; the sentences say what to do first.
    """

    thing: object
    sentences: list = field(default_factory=list)
    stories: list = field(default_factory=list)
    number: int = 0
    is_refused: bool = False

    @property
    def more(self):
        """How many stories it concerns beside those that are named."""
        return self.number - len(self.stories)

    def __str__(self):
        return " ".join([f"“{self.thing}”:", *self.sentences, ", ".join(map(str, self.stories))])


@locks.writing()
def delete(things):
    """Delete things of one model. Raise ValidationError, and delete nothing, where one is in use."""
    things = list(things)
    for model in {type(thing) for thing in things}:
        told = IN_USE[model](things) if model in IN_USE else []
        if refused := [str(consequence) for consequence in told if consequence.is_refused]:
            raise ValidationError(refused)
        model.objects.filter(pk__in=[thing.pk for thing in things]).delete()


@locks.writing()
def delete_category(category, *, into=None, nowhere=False):
    """Delete a category: its addresses and what is in it go `into` another, or its stories `nowhere`.

    Raise ValidationError where something is in it and neither is said.
    """
    if into:
        organising.merge_categories([category], into=into)
    elif reason := left_open(category, nowhere=nowhere):
        raise ValidationError(reason)
    else:
        category.delete()


def left_open(category, *, nowhere):
    """Return what has to be said before a category goes without another in its place; "" if nothing."""
    if category.subcategories.exists():
        return _("Other categories stand under it: choose where they go.")
    if category.promotions.exists():
        return _PROMOTED_CATEGORY
    if category.articles.exists() and not nowhere:
        return _("Stories are in it: choose where they go, or take them out.")
    return ""


def consequences(model, things, *, at):
    """Return a Consequence for each of these things of a model."""
    if model is Article:
        return of_articles(things, at=at)
    if model is Promotion:
        return of_promotions(things, at=at)
    if model is OwnPage:
        return of_own_pages(things)
    if model is Tag:
        return of_tags(things)
    return IN_USE[model](things) if model in IN_USE else [Consequence(row) for row in things]


def of_articles(articles, *, at):
    """Say in which languages readers lose each story, and which stories lead to it.

    Reads every body that has a link to a story, once.
    """
    languages = defaultdict(set)
    for article, language in (
        Edition.objects.live(at=at).filter(article__in=articles).values_list("article", "language")
    ):
        languages[article].add(language)
    linking = _linking({article.pk for article in articles})
    names = Article.objects.in_bulk({pk for pks in linking.values() for pk in sorted(pks)[:MOST]})
    return [
        _of_article(
            article,
            languages=languages[article.pk],
            stories=[names[pk] for pk in sorted(linking[article.pk])[:MOST]],
            number=len(linking[article.pk]),
        )
        for article in articles
    ]


def _of_article(article, *, languages, stories, number):
    sentences = [_read_in(languages)]
    if number:
        words = ngettext(
            "%d story leads to it and will lead nowhere:",
            "%d stories lead to it and will lead nowhere:",
            number,
        )
        sentences.append(words % number)
    return Consequence(article, sentences, stories, number)


def _linking(pks):
    """Return id -> ids of the other stories whose text in a language of the site leads to it."""
    columns = [column("body", code) for code, _name in settings.LANGUAGES]
    wanted = Q()
    for name in columns:
        wanted |= Q(**{f"{name}__contains": "data-article="})
    linking = defaultdict(set)
    for pk, *bodies in Article.objects.filter(wanted).values_list("pk", *columns).iterator():
        targets = {int(number) for body in bodies for number in LINK.findall(body or "")}
        for target in (targets & pks) - {pk}:
            linking[target].add(pk)
    return linking


def of_images(images):
    """Refuse each image that stands in a story or a promotion: it must be taken out there first."""
    told = _refused_in_use(_used(images, ImageUse, "image", "article"), _in_use)
    own = PromotionEdition.objects.filter(image__in=images).values_list("image", flat=True)
    promoted = _promoted("image", images).union(own)
    for consequence in told:
        if consequence.thing.pk in promoted:
            consequence.sentences.append(_("It stands in a promotion. Take it out there first."))
            consequence.is_refused = True
    return told


def _promoted(field, things):
    """Return the ids of those of these things that a promotion stands on, or shows."""
    return set(Promotion.objects.filter(**{f"{field}__in": things}).values_list(field, flat=True))


def _in_use(number):
    return ngettext(
        "It stands in %d story. Take it out there first:",
        "It stands in %d stories. Take it out there first:",
        number,
    )


def of_promotions(promotions, *, at):
    """Say which of them readers can see."""
    live = set(PromotionEdition.objects.live(at=at).values_list("promotion", flat=True))
    seen = _("Readers may see it now, and lose it at once.")
    return [
        Consequence(promotion, [seen] if promotion.pk in live else []) for promotion in promotions
    ]


def of_own_pages(pages):
    """Say in which languages readers lose each page."""
    languages = defaultdict(set)
    live = OwnPageEdition.objects.live().filter(page__in=pages)
    for page, language in live.values_list("page", "language"):
        languages[page].add(language)
    return [Consequence(own_page, [_read_in(languages[own_page.pk])]) for own_page in pages]


def _read_in(codes):
    """Say in which of the languages of the site readers have something that is to be deleted."""
    if not (languages := [name for code, name in settings.LANGUAGES if code in codes]):
        return _("Readers cannot see it now.")
    return _("Readers have it in: %s. They will be told that it is gone.") % ", ".join(languages)


def of_authors(authors):
    """Refuse each author who is credited: the credit must be given to somebody else first."""
    return _refused_in_use(_used(authors, Byline, "author", "article"), _credited)


def _credited(number):
    return ngettext(
        "Credited in %d story. Take the credit out there first, "
        "or merge this author with another in the list of authors:",
        "Credited in %d stories. Take the credit out there first, "
        "or merge this author with another in the list of authors:",
        number,
    )


def of_tags(tags):
    """Say which stories lose each tag, what is promoted there, and that merging would keep them together."""
    told = [
        Consequence(tag, [_tagged(number) % number] if number else [], stories, number)
        for tag, stories, number in _used(tags, TaggedArticle, "tag", "content_object")
    ]
    promoted = _promoted("tag", tags)
    for consequence in told:
        if consequence.thing.pk in promoted:
            consequence.sentences.insert(0, _("The promotions on its page are deleted with it."))
    return told


def _tagged(number):
    return ngettext(
        "%d story loses it, and its page answers readers that it is gone. "
        "If another tag means the same, merge the two in the list of tags instead:",
        "%d stories lose it, and its page answers readers that it is gone. "
        "If another tag means the same, merge the two in the list of tags instead:",
        number,
    )


def of_categories(categories):
    """Refuse each category that holds stories, or others beside these: its own page asks where they go."""
    pks = [category.pk for category in categories]
    children = Category.objects.filter(parent__in=pks).exclude(pk__in=pks)
    parents = set(children.values_list("parent_id", flat=True))
    promoted = _promoted("category", categories)
    links = Article.categories.through
    return [
        _of_category(
            category,
            stories,
            number,
            is_parent=category.pk in parents,
            is_promoted=category.pk in promoted,
        )
        for category, stories, number in _used(categories, links, "category", "article")
    ]


def _of_category(category, stories, number, *, is_parent, is_promoted):
    sentences = []
    if is_parent:
        sentences.append(
            _(
                "Other categories stand under it. Delete it on its own page, and choose there where they go."
            )
        )
    if is_promoted:
        sentences.append(str(_PROMOTED_CATEGORY))
    if number:
        sentences.append(_filed(number) % number)
    return Consequence(category, sentences, stories, number, is_refused=bool(sentences))


def _filed(number):
    return ngettext(
        "%d story is in it. Delete it on its own page, and choose there where the story goes:",
        "%d stories are in it. Delete it on its own page, and choose there where they go:",
        number,
    )


def _refused_in_use(used, sentence):
    return [
        Consequence(thing, [sentence(number) % number], stories, number, is_refused=True)
        if number
        else Consequence(thing)
        for thing, stories, number in used
    ]


def _used(things, model, to_thing, to_story):
    """Yield (thing, its first stories, their number), from the rows of `model` that connect them."""
    rows = model.objects.filter(**{f"{to_thing}__in": [thing.pk for thing in things]})
    numbers = dict(rows.values_list(to_thing).annotate(Count(to_story, distinct=True)).order_by())
    rank = Window(DenseRank(), partition_by=F(to_thing), order_by=to_story)
    first = defaultdict(set)
    for thing, story in (
        rows.annotate(rank=rank).filter(rank__lte=MOST).values_list(to_thing, to_story)
    ):
        first[thing].add(story)
    names = Article.objects.in_bulk(set().union(*first.values()))
    for thing in things:
        stories = [names[pk] for pk in sorted(first[thing.pk])]
        yield thing, stories, numbers.get(thing.pk, 0)


IN_USE = {Author: of_authors, Category: of_categories, Image: of_images}
"""Model -> what says of its things whether one is in use, and so refused."""
