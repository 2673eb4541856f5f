"""Addresses that have changed: each old path answers 301 for ever."""

from django.conf import settings

from articles.models import Edition, OldAddress
from articles.models.origin import TARGETS
from articles.texts import free_slug, slug_from


def paths(thing):
    """Return the public paths of an edition, category, tag or author by language.

    An edition has one, and none before it has a slug and a time.
    """
    if isinstance(thing, Edition):
        path = thing.get_absolute_url()
        return {thing.language: path} if path else {}
    return {code: thing.url_in(code) for code, _name in settings.LANGUAGES}


def remember(thing, *, before):
    """Let the paths of `before` (see `paths`) lead to where `thing` stands now.

    A path that is in use again is no longer old.
    """
    now = set(paths(thing).values())
    OldAddress.objects.filter(path__in=now).delete()
    for path in set(before.values()) - now:
        add(thing, path=path)


def add(thing, *, path):
    """Let `path` lead to `thing`, whatever it led to before."""
    target = dict.fromkeys(TARGETS) | {thing._meta.model_name: thing}
    OldAddress.objects.update_or_create(path=path, defaults=target)


def find(path, *, language):
    """Return the path that an old path now stands under, or None.

    `language` is the one to use for what has a page in every language.
    """
    old = OldAddress.objects.select_related(*TARGETS).filter(path=path).first()
    if old is None:
        return None
    found = paths(old.target)
    return found.get(language) or next(iter(found.values()), None)


def slug_for(edition, *, wanted="", title):
    """Return a slug for `edition` that is free in its language: as wanted, or from the title."""
    others = Edition.objects.filter(language=edition.language).exclude(pk=edition.pk)
    base = slug_from(wanted or title, language=edition.language) or f"story-{edition.article_id}"
    return free_slug(base, taken=lambda slug: others.filter(slug=slug).exists())
