"""Filing stories under tags and categories."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles import roles
from articles.actions import writing
from articles.models import Article
from newsroom.db import locks


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
