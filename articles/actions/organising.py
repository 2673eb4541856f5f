"""Filing stories under tags and categories; making one of several tags that mean the same, of several categories, or of several authors."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from articles import roles
from articles.actions import menu, writing
from articles.derived import addresses, listings
from articles.models import (
    Article,
    Author,
    AuthorName,
    Byline,
    Category,
    OldAddress,
    Origin,
    Partner,
    Promotion,
    Tag,
    TagAlias,
    TaggedArticle,
)
from articles.texts import column, text
from newsroom.db import locks
from newsroom.languages import with_columns


@locks.writing()
def merge_tags(tags, *, into):
    """Give `into` the stories, spellings, promotions and addresses of `tags`, which are deleted.

    A label that `into` lacks is taken over; one that it has stays, and the other becomes a spelling.
    """
    kept = Tag.objects.select_for_update().get(pk=into.pk)
    tags = list(Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in tags]))
    paths = [path for tag in tags for path in addresses.paths(tag).values()]
    tagged = TaggedArticle.objects.filter(tag__in=tags)
    articles = sorted(set(tagged.values_list("content_object_id", flat=True)))
    rows = [TaggedArticle(tag=kept, content_object_id=article) for article in articles]
    TaggedArticle.objects.bulk_create(rows, ignore_conflicts=True)
    TagAlias.objects.filter(tag__in=tags).update(tag=kept)
    OldAddress.objects.filter(tag__in=tags).update(tag=kept)
    Promotion.objects.filter(tag__in=tags).update(tag=kept)
    labels = _missing(kept, tags, "label")
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
    for name, label in labels.items():
        setattr(kept, name, label)
    kept.save()
    for path in set(paths) - set(addresses.paths(kept).values()):
        addresses.add(kept, path=path)


def _missing(kept, others, field):
    """Return column -> text of `field` for the languages in which only the others have one."""
    texts = {}
    for language in with_columns():
        theirs = (text(other, field, language) for other in others)
        if not text(kept, field, language) and (words := next(filter(None, theirs), "")):
            texts[column(field, language)] = words
    return texts


@locks.writing()
def merge_categories(categories, *, into):
    """Give `into` the stories, subcategories, promotions, entries of the menu and addresses of `categories`, which are deleted."""
    kept = Category.objects.select_for_update(of=("self",)).get(pk=into.pk)
    gone = list(
        Category.objects.select_for_update(of=("self",)).filter(pk__in=[c.pk for c in categories])
    )
    _check_place(kept, gone)
    paths = [path for category in gone for path in addresses.paths(category).values()]
    links = Article.categories.through.objects.filter(category__in=gone)
    articles = sorted(set(links.values_list("article_id", flat=True)))
    rows = [links.model(category=kept, article_id=article) for article in articles]
    links.model.objects.bulk_create(rows, ignore_conflicts=True)
    for child in Category.objects.filter(parent__in=gone).exclude(pk__in=[c.pk for c in gone]):
        child.parent = kept
        child.save()
    OldAddress.objects.filter(category__in=gone).update(category=kept)
    Promotion.objects.filter(category__in=gone).update(category=kept)
    menu.hand_over(gone, to=kept)
    for partner in Partner.objects.filter(categories__in=gone).distinct():
        partner.categories.add(kept)
    Category.objects.filter(pk__in=[category.pk for category in gone]).delete()
    for path in paths:
        addresses.add(kept, path=path)


@locks.writing()
def move_categories(categories, *, up):
    """Move each of `categories` by one place among those beside it, in the order of menus; return the ids of those that moved."""
    tree, chosen = Category.tree(), {category.pk for category in categories}
    nodes, moved = [tree.nodes[pk] for pk in chosen], set()
    for parent in {(node.kind, node.parent_id) for node in nodes}:
        beside = [node for node in tree.walk() if (node.kind, node.parent_id) == parent]
        order, passed = menu.moved(beside, chosen, up=up)
        moved |= {node.pk for node, other in passed if other}
        if order != beside:
            _number([node.pk for node in order])
    return moved


def _number(pks):
    """Let these categories stand in this order in every language."""
    categories = Category.objects.in_bulk(pks)
    for place, pk in enumerate(pks, start=1):
        if categories[pk].position != place * 10:
            categories[pk].position = place * 10
            categories[pk].save()


def targets_of(category):
    """Return the categories into which one can be merged: those of its kind that do not stand under it."""
    under = {node.pk for node in Category.tree().nodes[category.pk].subtree()}
    return Category.objects.filter(kind=category.kind).exclude(pk__in=under)


def _check_place(kept, gone):
    if any(category.kind != kept.kind for category in gone):
        raise ValidationError(_("Regions go into a region, and sections into a section."))
    above = {node.pk for node in Category.tree().nodes[kept.pk].lineage()}
    if any(category.pk in above for category in gone):
        raise ValidationError(
            _("A category cannot go into itself, or into one that stands under it.")
        )


@locks.writing()
def merge_authors(authors, *, into):
    """Give `into` the credits, imported names, login and addresses of `authors`, which are deleted.

    A text that `into` lacks is taken over. Raise ValidationError if more than one has a login.
    """
    kept = Author.objects.select_for_update().get(pk=into.pk)
    gone = list(Author.objects.select_for_update().filter(pk__in=[a.pk for a in authors]))
    logins = [author.user_id for author in (kept, *gone) if author.user_id]
    if len(logins) > 1:
        raise ValidationError(
            _("More than one of them has a login: take it off all but one of them first.")
        )
    paths = [path for author in gone for path in addresses.paths(author).values()]
    _credit(kept, gone)
    _remember_names(kept, gone)
    _remember_given(kept, gone)
    OldAddress.objects.filter(author__in=gone).update(author=kept)
    texts = _missing(kept, gone, "name") | _missing(kept, gone, "bio")
    Author.objects.filter(pk__in=[author.pk for author in gone]).delete()
    for name, words in texts.items():
        setattr(kept, name, words)
    kept.user_id = next(iter(logins), None)
    kept.save()
    for path in paths:
        addresses.add(kept, path=path)


def _credit(kept, gone):
    """Credit `kept` for what the others did, once for each role and language."""
    theirs = Byline.objects.filter(author__in=gone)
    articles = sorted(set(theirs.values_list("article_id", flat=True)))
    for start in range(0, len(articles), listings.BATCH):
        batch = articles[start : start + listings.BATCH]
        rows = Byline.objects.filter(article__in=batch, author__in=[kept, *gone])
        seen, twice, moved = {_place_of(row) for row in rows if row.author_id == kept.pk}, [], []
        for row in rows:
            if row.author_id != kept.pk:
                (twice if _place_of(row) in seen else moved).append(row.pk)
                seen.add(_place_of(row))
        Byline.objects.filter(pk__in=twice).delete()
        Byline.objects.filter(pk__in=moved).update(author=kept)


def _place_of(byline):
    return byline.article_id, byline.role, byline.language


def _remember_given(kept, gone):
    """Let what sources gave mean `kept`: a credit that was taken off here stays off."""
    lost = {author.pk for author in gone}
    words = Q(pk__in=[])
    for pk in lost:
        words |= Q(words__contains=f"[{pk}, ")
    for origin in Origin.objects.alias(words=Cast("given", TextField())).filter(words):
        for own in origin.given.values():
            keys = [
                (kept.pk if author in lost else author, role, language)
                for author, role, language in own.get("bylines", ())
            ]
            own["bylines"] = [list(key) for key in dict.fromkeys(keys)]
        origin.save(update_fields=["given"])


def _remember_names(kept, gone):
    """Let imports that name one of the others mean `kept`."""
    AuthorName.objects.filter(author__in=gone).update(author=kept)
    names = {text(author, "name", language) for author in gone for language in with_columns()}
    rows = [AuthorName(author=kept, name=name) for name in sorted(filter(None, names))]
    AuthorName.objects.bulk_create(rows, ignore_conflicts=True)


def file_under(article, *, tags=(), categories=(), by):
    """Give a story these tags and categories, with everything that follows; nothing does where it has them."""
    with locks.writing(comment=_("Filed"), by=by):
        article = Article.objects.select_for_update().get(pk=article.pk)
        if not may_file(by, article):
            raise PermissionDenied(_("You may not change what all languages of this story share."))
        if _is_filed(article, tags, categories):
            return
        article.tags.add(*tags)
        article.categories.add(*categories)
        writing.save(article)


def filing_refusals(article, *, tags=(), categories=(), by):
    """Return why a story cannot be filed under these, as sentences; [] if nothing speaks against it."""
    if not may_file(by, article):
        return [_("You may not change what all languages of this story share.")]
    return [_("It has this already.")] if _is_filed(article, tags, categories) else []


def _is_filed(article, tags, categories):
    has_tags = set(tags) <= set(article.tags.all())
    return has_tags and set(categories) <= set(article.categories.all())


def may_file(user, article):
    return roles.may_change(user, article) and roles.may_change_what_is_shown(user, article)
