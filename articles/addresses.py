"""Addresses that have changed: each old path answers 301 for ever."""

from articles.models import Edition, OldAddress
from articles.texts import free_slug, slug_from


def remember(edition, *, before):
    """Let `before`, the path of `edition` until now, lead to where the edition stands now.

    A path that is in use again is no longer old.
    """
    now = edition.get_absolute_url()
    OldAddress.objects.filter(path=now).delete()
    if before and before != now:
        add(edition, path=before)


def add(edition, *, path):
    """Let `path` lead to `edition`, whatever it led to before."""
    OldAddress.objects.update_or_create(path=path, defaults={"edition": edition})


def slug_for(edition, *, wanted="", title):
    """Return a slug for `edition` that is free in its language: as wanted, or from the title."""
    others = Edition.objects.filter(language=edition.language).exclude(pk=edition.pk)
    base = slug_from(wanted or title, language=edition.language) or f"story-{edition.article_id}"
    return free_slug(base, taken=lambda slug: others.filter(slug=slug).exists())
