"""What a person says of a pair: the two are one story, they are not, or it can wait."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import roles
from articles.actions.pairing.joining import join
from articles.models import Edition, Pair
from newsroom.db import locks


def confirm(pair, *, by, now=None):
    """Join the two: the one that was public first takes the languages of the other; return the Join."""
    with locks.writing():
        _locked(pair, by)
        first, second = sorted((pair.one, pair.other), key=_age)
        return join(first, second, by=by, now=now)


def refuse(pair, *, by):
    """Say that the two are not one story; they are not proposed again."""
    with locks.writing():
        locked = _locked(pair, by)
        locked.is_refused = True
        locked.save()


def put_off(pair, *, by, now=None):
    """Let a pair come after all others."""
    with locks.writing():
        locked = _locked(pair, by)
        locked.later_at = now or timezone.now()
        locked.save()


def _locked(pair, by):
    if not roles.may_join(by):
        raise PermissionDenied(_("You are not allowed to do this: ask somebody who may publish."))
    locked = (
        Pair.objects.select_for_update(of=["self"]).filter(pk=pair.pk, is_refused=False).first()
    )
    if locked is None:
        raise ValidationError(_("Somebody has answered this already."))
    return locked


def _age(article):
    """Return what sorts a story before its translation."""
    rows = Edition.objects.filter(article=article, published_at__isnull=False)
    first = rows.order_by("published_at").values_list("published_at", flat=True).first()
    return first is None, first, article.pk
