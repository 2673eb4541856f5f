"""Filing stories under tags and categories, and taking them out again."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles import roles
from articles.actions import writing
from articles.models import Article, Category, Tag, TaggedArticle
from newsroom.db import locks, together


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


@locks.writing()
def categorise(article, come, *, gone=(), is_new=False):
    """Put a story in the categories `come`, and take it out of those with the ids `gone`; return whether that changed anything.

    One that `is_new` stands in none yet. Whoever does this saves the story.
    """
    if not is_new:
        return _exchange(article.categories, Category, come, gone)
    for category in come:
        together.insert(Article.categories.through(article=article, category=category))
    return bool(come)


@locks.writing()
def tag(article, come, *, gone=(), is_new=False):
    """Give a story the tags `come`, and take off those with the ids `gone`, as `categorise` does with categories."""
    if not is_new:
        return _exchange(article.tags, Tag, come, gone)
    for new in come:
        together.insert(TaggedArticle(content_object=article, tag=new))
    return bool(come)


def _exchange(manager, model, come, gone):
    here = set(manager.values_list("pk", flat=True))
    come, gone = [thing for thing in come if thing.pk not in here], here.intersection(gone)
    if come:
        manager.add(*come)
    if gone:
        manager.remove(*model.objects.filter(pk__in=gone))
    return bool(come or gone)
