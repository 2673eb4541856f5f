"""Taking back what an import did: stories that it made go, and those that it changed are what they were."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from reversion.models import Version

from articles.actions import commenting, deleting, publishing, restoring, writing
from articles.models import Article, Edition, Event, ImportChange
from newsroom.db import locks

Status = Edition.Status


@locks.writing()
def take_back(change, *, by=None, now=None):
    """Undo one ImportChange, which is forgotten; return its story's name.

    A story that the import made is deleted, and its source may bring it again. One that it changed gets the texts, credits, pictures, categories
    and tags from before, and loses the comments that came, unless somebody has moderated or answered them here; an edition that the
    import published is withdrawn. Tags, authors, categories and pictures
    that came with it stay in the newsroom. Raise ValidationError, and change nothing, where somebody has changed the story since.
    """
    now = now or timezone.now()
    change = ImportChange.objects.select_for_update(of=["self"]).get(pk=change.pk)
    origin = change.origin
    name = str(origin.article or origin.headline)
    if origin.article is None:
        change.delete()
        return name
    if reason := _kept(change, origin.article):
        raise ValidationError(reason)
    if change.is_new:
        deleting.delete([origin.article])
        origin.delete()
    else:
        _restore(change, origin, by=by, now=now)
        change.delete()
        if not (change.given or origin.rev):  # it had made the story one of this source, too
            origin.delete()
    return name


def kept(batch):
    """Return (ImportChange, why) for each story of a batch that could not be taken back now; those of one batch are asked for at once."""
    later = ImportChange.objects.filter(origin=OuterRef("origin"), pk__gt=OuterRef("pk"))
    by_person = Event.objects.filter(
        article=OuterRef("origin__article"), by__isnull=False, at__gt=batch.started_at
    )
    is_other = ~Q(rev=F("origin__article__rev")) | Exists(later) | Exists(by_person)
    is_lost = Q(is_new=False) & ~Exists(Version.objects.filter(pk=OuterRef("version")))
    changes = batch.changes.filter(is_other | is_lost, origin__article__isnull=False)
    told = changes.select_related("batch", "origin__article").order_by("-pk")
    return [(change, _kept(change, change.origin.article)) for change in told]


def _kept(change, article):
    """Return why a story stays as it is now, "" if nothing speaks against the one from before."""
    later = ImportChange.objects.filter(origin__article=article, pk__gt=change.pk)
    if batch := later.order_by("pk").values_list("batch", flat=True).first():
        return f"batch {batch} has changed it since; take that back first."
    by_person = Event.objects.filter(article=article, by__isnull=False)
    if article.rev != change.rev or by_person.filter(at__gt=change.batch.started_at).exists():
        return "it was changed here since."
    if not (change.is_new or Version.objects.filter(pk=change.version).exists()):
        return "its version from before was deleted."
    return ""


def _restore(change, origin, *, by, now):
    article, given = origin.article, _without_comments(change, origin)
    for edition in article.editions.order_by("pk"):
        _restore_state(edition, change.editions.get(edition.language), by=by, now=now)
    version = Version.objects.get(pk=change.version)
    version.revision.revert(delete=True)
    restoring.let_go(version)
    # The counter of saves must not go back with the text: old forms would seem up to date.
    Article.objects.filter(pk=article.pk).update(rev=article.rev)
    slugs = {code: slug for code, (slug, *_rest) in change.editions.items()}
    modified = {code: _moment(when) for code, (*_rest, when) in change.editions.items()}
    with locks.writing(by=by, comment=f"import {change.batch_id} taken back"):
        told = {"slugs": slugs, "modified": modified, "was": article.stored}
        writing.save(Article.objects.get(pk=article.pk), **told, now=now)
    origin.given = given
    origin.save(update_fields=["given"])
    _count_back(change, version)


def _without_comments(change, origin):
    """Take the comments away that came with a change; return what was given before, with those that stay."""
    given, came = {name: dict(own) for name, own in change.given.items()}, {}
    for name, own in origin.given.items():
        before = given.get(name, {}).get("comments", {})
        came |= {
            pk: (name, reference)
            for reference, pk in own.get("comments", {}).items()
            if reference not in before
        }
    for pk in commenting.take_away(set(came)) & came.keys():
        name, reference = came[pk]
        comments = given.setdefault(name, {}).get("comments", {})
        given[name]["comments"] = {**comments, reference: pk}
    return given


def _restore_state(edition, before, *, by, now):
    """Give an edition the state that it had, None for one that was not there; readers who saw it are told that it is gone."""
    _slug, status, published_at, _modified = before or ("", "", None, None)
    if edition.status == Status.PUBLISHED and status != Status.PUBLISHED:
        with translation.override(edition.language):
            reason = _("It is no longer published here.")
        publishing.withdraw(edition, by=by, reason=reason, now=now)
    elif edition.is_out(at=now) and _moment(published_at) != edition.published_at:
        publishing.redate(edition, by=by, at=_moment(published_at), now=now)
    if before is None and edition.status == Status.DRAFT:
        deleting.delete([edition])


def _count_back(change, version):
    """Let the batch before, after which nobody had changed the story, know it again as it left it."""
    before = ImportChange.objects.filter(origin=change.origin_id, pk__lt=change.pk).order_by("-pk")
    last = before.first()
    if last and last.rev == version.field_dict["rev"]:
        rev = Article.objects.values_list("rev", flat=True).get(pk=change.origin.article_id)
        ImportChange.objects.filter(pk=last.pk).update(rev=rev)


def _moment(words):
    return datetime.fromisoformat(words) if words else None
