"""Addresses that have changed: each old path answers 301 for ever.

Every write of something that has an address keeps its old paths, whoever writes it (`connect`). What is
deleted leaves its paths without a target: they answer 410.
"""

from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.db.models.signals import pre_delete, pre_save
from django.utils import timezone

from articles.models import (
    TARGETS,
    Category,
    Edition,
    Listing,
    OldAddress,
    OwnPageEdition,
)
from articles.texts import free_slug, slug_from
from newsroom.db import locks, together
from newsroom.db.bulk import watch
from newsroom.languages import LANGUAGES

EDITIONS = (Edition, OwnPageEdition)
"""What has a row for each language, and so one path."""

OF_EDITION = {"language", "slug", "published_at"}
"""The columns of which the path of one is made."""

GONE = object()
"""What `find` returns for the path of something that was deleted."""


def paths(thing):
    """Return the public paths of an edition, category, tag, author or own page by language, as people read them.

    An edition, of a story or of an own page, has one, and none before it has all that its address is made of.
    """
    if isinstance(thing, EDITIONS):
        path = thing.get_absolute_url()
        return {thing.language: unquote(path)} if path else {}
    # The tree is loaded once for all languages.
    place = thing.node() if isinstance(thing, Category) else thing
    return {code: unquote(place.url_in(code)) for code, _name in settings.LANGUAGES}


def connect():
    """Keep the old paths of whatever is saved under a new address: by a form, a command or a shell."""
    for model in TARGETS.values():
        pre_save.connect(_remember_saved, sender=model, dispatch_uid="articles.derived.addresses")
        pre_delete.connect(_mark_gone, sender=model, dispatch_uid="articles.derived.addresses")
        watch(model, _remember_written)


def _remember_saved(sender, instance, raw, **kwargs):
    if raw:  # a fixture brings its own old addresses
        return
    stored = instance.pk and sender.objects.filter(pk=instance.pk).first()
    # A new edition has no old path, and its slug is one under which nothing else could be read.
    if stored or sender not in EDITIONS:
        remember(instance, before=paths(stored) if stored else {})


@contextmanager
def _remember_written(write):
    if write.model in EDITIONS and not write.changes(OF_EDITION):
        yield
        return
    before = {thing.pk: paths(thing) for thing in write.before()}
    yield
    written = [thing for thing in write.rows() if thing.pk in before or write.model in EDITIONS]
    _remember_all([(thing, before.get(thing.pk, {})) for thing in written])


def _mark_gone(instance, **kwargs):
    """Keep the paths under which readers have a page of what goes; they lose their target with it."""
    now = timezone.now()
    for language, path in paths(instance).items():
        if _has_page(instance, language=language, at=now):
            OldAddress.objects.get_or_create(path=path)


def remember(thing, *, before):
    """Let the paths of `before` (see `paths`) lead to where `thing` stands now.

    A path that is in use again is no longer old.
    """
    _remember_all([(thing, before)])


def _remember_all(pairs):
    """Remember many things, each with its paths before; costs queries for those only whose paths are others now."""
    moves = [(thing, set(before.values()), set(paths(thing).values())) for thing, before in pairs]
    moves = [(thing, before, now) for thing, before, now in moves if before != now]
    if not moves:
        return
    with locks.writing():
        if urls := set().union(*(now for *_rest, now in moves)) - _free().paths:
            OldAddress.objects.filter(path__in=urls).delete()
        for thing, before, now in moves:
            for path in before - now:
                add(thing, path=path)


def add(thing, *, path):
    """Let `path`, with its query if it has one, lead to `thing`; return whether it does.

    It does not where it is, or once was, the address of something else. The path under which
    `thing` stands now is no old one.
    """
    path, mark, query = path.partition("?")
    path = unquote(path)
    exact = path + mark + query
    is_new = _free().is_new(exact)
    if not is_new and _is_elsewhere(thing, path, query):
        return False
    if path not in paths(thing).values():
        target = {
            name: thing if isinstance(thing, model) else None for name, model in TARGETS.items()
        }
        if is_new:
            together.insert(OldAddress(path=exact, **target))
        else:
            OldAddress.objects.update_or_create(path=exact, defaults=target)
        _free().paths.discard(exact)
    return True


def held_by(edition):
    """Return what the path of an edition led to before something else was to stand there, or None."""
    rows = OldAddress.objects.select_related(*TARGETS).filter(path__in=paths(edition).values())
    others = (row.target for row in rows if row.target not in (None, edition))
    return next(others, None)


def _is_elsewhere(thing, path, query):
    """Return whether a path leads to another thing, or is where another edition stands."""
    exact = f"{path}?{query}" if query else path
    rows = OldAddress.objects.select_related(*TARGETS).filter(path__in=[exact, _other(exact)])
    if any(row.target not in (None, thing) for row in rows):
        return True
    parts = path.strip("/").split("/")
    others = Edition.objects.filter(language=parts[0]).with_slug(parts[-1])
    return any(
        edition != thing and {path, _other(path)} & set(paths(edition).values())
        for edition in others.select_related("article")
    )


def _other(path):
    """Return the path with or without the slash at its end, which is of no matter."""
    return path.rstrip("/") if path.endswith("/") else f"{path}/"


def find(path, *, language, at, query=""):
    """Return where an old path leads at a moment, GONE, or None; a slash at its end is of no matter.

    A query that was part of the old path ends there, any other goes along.
    `language` is the one to use for what has a page in every language. What readers may not see
    has no place to lead to: its path would tell its headline.
    """
    spellings = _spellings(path, query)
    rows = OldAddress.objects.select_related(*TARGETS).filter(path__in=spellings)
    old = min(rows, key=lambda row: spellings.index(row.path), default=None)
    if old and old.target is None:
        return GONE
    if old is None or not _has_page(old.target, language=language, at=at):
        return None
    by_language = paths(old.target)
    url = by_language.get(language) or next(iter(by_language.values()), None)
    return f"{url}?{query}" if url and query and "?" not in old.path else url


def _spellings(path, query):
    """Return the stored forms of a requested path, the most exact first."""
    if "\x00" in path + query:  # PostgreSQL cannot even be asked for it
        return []
    other = _other(path)
    asked = [f"{form}?{query}" for form in (path, other) if query]
    return [*asked, path, other]


def _has_page(thing, *, language, at):
    """Return whether readers get a page of this thing: a withdrawn edition has one that says so.

    A tag or an author without a live story has none, and its name may be that of a draft.
    """
    if isinstance(thing, Category):
        return True
    if isinstance(thing, OwnPageEdition):
        return thing.is_live
    if not isinstance(thing, Edition):
        shelf = {thing._meta.model_name: thing}
        return Listing.objects.on_shelf(language=language, at=at, **shelf).exists()
    enabled = thing.language in dict(settings.LANGUAGES)
    return thing.is_live(at=at) or (enabled and thing.status == Edition.Status.WITHDRAWN)


# --- Slugs that are free ---


class Free:
    """What is known of addresses, where many stories are written together, so that nobody has to ask for each.

    `slugs` maps a language and a slug to the article that got it in this transaction, or to None where nobody had it;
    nothing has ever stood under the `paths`.
    """

    def __init__(self):
        self.slugs, self.paths = {}, set()

    def give(self, edition, slug):
        self.slugs[edition.language, slug] = edition.article_id
        return slug

    def is_new(self, path):
        """Return whether nothing stands, or has ever stood, under a path, with or without a slash at its end."""
        is_of_story = path.strip("/").partition("/")[0] in LANGUAGES
        return not is_of_story and {path, _other(path)} <= self.paths

    def has(self, edition, slug):
        """Return whether no other story than that of an edition can have a slug."""
        return self.slugs.get((edition.language, slug), 0) in {None, edition.article_id}


def _free():
    return together.known("articles.derived.addresses", Free)


def look_ahead(texts, old=()):
    """Ask which addresses are free, for texts that are about to be written together: (language, words for the slug, moment or None).

    `old` are paths that shall lead to them.
    """
    free = _free()
    slugs, urls = defaultdict(set), set()
    for path in old:
        path, mark, query = path.partition("?")
        exact = unquote(path) + mark + query
        urls |= {exact, _other(exact)}
    for language, words, moment in texts:
        if slug := slug_from(words, language=language):
            slugs[language].add(slug)
            urls |= {*paths(Edition(language=language, slug=slug, published_at=moment)).values()}
    for language, some in slugs.items():
        taken = Edition.objects.filter(language=language, slug__in=some).exclude(slug="")
        left = some - set(taken.values_list("slug", flat=True))
        free.slugs |= dict.fromkeys(((language, slug) for slug in left), None)
    taken = OldAddress.objects.filter(path__in=urls).values_list("path", flat=True)
    free.paths |= urls - set(taken)


def slug_for(edition, *, wanted="", title):
    """Return a slug for `edition` that is free in its language: as wanted, or from the title."""
    base = slug_from(wanted or title, language=edition.language) or f"story-{edition.article_id}"
    return _free().give(edition, free_slug(base, taken=partial(_is_taken, edition)))


def make_free(edition):
    """Number the slug of `edition` if its path is where something else could once be read."""
    slug = free_slug(edition.slug, taken=partial(_is_taken, edition))
    edition.slug = _free().give(edition, slug)


def _is_taken(edition, slug):
    """Return whether another story has this slug, or something else once had the path it would make."""
    return _is_of_another(edition, slug) or _was_elsewhere(edition, slug)


def _is_of_another(edition, slug):
    if _free().has(edition, slug):
        return False
    others = Edition.objects.filter(language=edition.language).with_slug(slug)
    return others.exclude(pk=edition.pk).exists()


def _was_elsewhere(edition, slug):
    then = Edition(language=edition.language, slug=slug, published_at=edition.published_at)
    urls = {*paths(then).values()} - _free().paths
    if not urls:
        return False
    # What was deleted holds no address: the same story may be written again.
    gone = {f"{name}__isnull": True for name in TARGETS}
    old = OldAddress.objects.filter(path__in=urls).exclude(**gone)
    # SQL: NULL is unequal to nothing, and an address of a tag has no edition.
    elsewhere = Q(edition=None) | ~Q(edition=edition.pk)
    return old.filter(elsewhere).exists()
