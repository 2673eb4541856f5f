"""Keep the numbers of stories by month in line with what is published: the only writer of MonthCount."""

from collections import Counter
from contextlib import contextmanager

from django.conf import settings
from django.db.models import F
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from articles.models import Edition, MonthCount
from articles.pages import archive
from newsroom.db import locks
from newsroom.db.bulk import watch
from newsroom.db.handed import HandedOn
from newsroom.db.together import once
from newsroom.languages import with_columns

FIELDS = frozenset({"language", "status", "published_at"})
"""What decides in which month an edition is counted."""

_months_before = HandedOn()


def connect():
    """Follow every edition that is published, moved in time, withdrawn or deleted, whoever does it."""
    for signal, receiver in (
        (pre_save, _remember),
        (post_save, _follow),
        (pre_delete, _remember),
        (post_delete, _follow),
    ):
        signal.connect(receiver, sender=Edition, dispatch_uid="articles.derived.months")
    watch(Edition, _follow_bulk)


@locks.writing()
def recount():
    """Count everything anew, in the time zone of today."""
    for language in with_columns():
        _recount(language)


def _remember(instance, *, raw=False, update_fields=None, **kwargs):
    # A fixture brings its own numbers.
    if not raw and FIELDS & (update_fields or FIELDS):
        is_new = instance._state.adding
        before = Counter() if is_new else _months(Edition.objects.filter(pk=instance.pk))
        _months_before.put(instance, before)


def _follow(instance, created=None, update_fields=None, **kwargs):
    before = _months_before.take(instance)
    if before is not None:
        # What was saved whole, and not deleted, stands there as it is here.
        is_whole = created is not None and update_fields is None
        rows = Edition.objects.filter(pk=instance.pk)
        _move(before, _month(instance) if is_whole else _months(rows))


@contextmanager
def _follow_bulk(write):
    if not write.changes(FIELDS):
        yield
        return
    before = _months(write.before())
    yield
    _move(before, _months(write.rows()))


def _month(edition):
    is_out = edition.status == Edition.Status.PUBLISHED
    return Counter([(edition.language, archive.month_of(edition.published_at))] if is_out else ())


def _months(editions):
    """Return (language, month) -> how many of these editions are published in it."""
    published = editions.filter(status=Edition.Status.PUBLISHED)
    rows = published.order_by().values_list("language", "published_at")
    return Counter((language, archive.month_of(moment)) for language, moment in rows)


def _move(before, now):
    if before != now:
        steps = Counter(now)
        steps.subtract(before)
        _add_up(steps)


def _merged(calls):
    steps = Counter()
    for call in calls:
        steps.update(call["steps"])
    return {"steps": steps}


@once(_merged)
def _add_up(steps):
    with locks.writing():
        for language in sorted({language for language, _month in steps}):
            rows = MonthCount.objects.filter(language=language, zone=settings.TIME_ZONE)
            if rows.exists():
                _add(rows, language, steps)
            else:
                _recount(language)


def _add(rows, language, steps):
    for (code, month), step in steps.items():
        if (
            code == language
            and step
            and not rows.filter(month=month).update(number=F("number") + step)
        ):
            _create(language, {month: step})


def _recount(language):
    MonthCount.objects.filter(language=language).delete()
    _create(language, archive.count(language))


def _create(language, numbers):
    zone = settings.TIME_ZONE
    MonthCount.objects.bulk_create(
        MonthCount(language=language, zone=zone, month=month, number=number)
        for month, number in numbers.items()
    )
