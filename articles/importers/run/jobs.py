"""What is asked of imports in the admin, and done by the worker: reading an upload, importing it, taking a batch back.

The row of the batch says what is to be done, how far it is, and when it was last heard of, so that whoever opens its page sees the same. Each
step can be killed at any point and begun again.
"""

import logging
import time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from articles import fetching, roles
from articles.importers.run import Options, batches, receipts, run, uploads
from articles.models import Image, ImportBatch
from newsroom.db import locks
from newsroom.management.worker import OUTAGE, SILENCE

State = ImportBatch.State
FETCH = "fetch_media"
"""What of the options of an upload concerns what comes after the import."""

AT_WORK = (State.PLANNING, State.RUNNING, State.RETURNING)

logger = logging.getLogger(__name__)


def receive(file, how, *, by):
    """Keep an uploaded file and have it read; return its batch. `how` are the options that are not as usual.

    Raise PermissionDenied for somebody who may not import, or not publish what comes, ValidationError for a file that is too large.
    """
    if not roles.may_import(by) or (how.get("publish") and not by.has_perm(roles.PUBLISH)):
        raise PermissionDenied
    _forget_old()
    batch = ImportBatch(sources=[file.name], options=how, by=by, file=uploads.store(file))
    with locks.writing():
        _ask(batch, State.PLANNING)
    return batch


def decide(batch, mapping, *, by):
    """File stories as this mapping says, and have the upload read again."""
    _change(batch, {State.PLANNED}, State.PLANNING, by=by, mapping=mapping)


def try_again(batch, *, by):
    """Have an upload read again that could not be imported."""
    _change(batch, {State.BROKEN} if batch.file else set(), State.PLANNING, by=by)


def start(batch, mapping, *, by):
    """Have a batch imported that was read, filed as this mapping says."""
    if batch.options.get("publish") and not by.has_perm(roles.PUBLISH):
        raise PermissionDenied
    _change(batch, {State.PLANNED}, State.RUNNING, by=by, mapping=mapping)


def take_back(batch, *, by):
    """Have a batch taken back."""
    if not roles.may_take_back(by):
        raise PermissionDenied
    _change(batch, {State.DONE, State.BROKEN}, State.RETURNING, by=by)


def go_on(batch, *, by):
    """Have a step done that has stopped."""
    _change(batch, {batch.state} if has_stopped(batch) else set(), batch.state, by=by)


def discard(batch, *, by):
    """Forget an upload of which nothing was imported."""
    if not roles.may_import(by):
        raise PermissionDenied
    with locks.writing():
        row = _of(batch, {State.PLANNED, State.BROKEN})
        if row.changes.exists():
            raise ValidationError(_("Some of its stories are here already: take it back instead."))
        row.delete()
    uploads.remove(row.file)


def fetch_pictures(batch, *, by):
    """Have the missing pictures of a batch fetched; return how many have an address."""
    if not roles.may_import(by):
        raise PermissionDenied
    pks = [image.pk for image in fetching.fetchable(gaps(batch)) if roles.may_fill(by, image)]
    if pks:
        fetching.fetch.enqueue(image_ids=pks)
    return len(pks)


def gaps(batch):
    """Return the missing pictures of the stories that a batch has made or changed."""
    used = Image.objects.filter(uses__article__origins__changes__batch=batch)
    return used.with_gaps().order_by("pk").distinct()


def has_stopped(batch):
    """Return whether a step was begun, and nothing was heard of it for long."""
    heard_at = batch.heard_at
    return batch.state in AT_WORK and bool(heard_at) and heard_at < timezone.now() - SILENCE


def _of(batch, states):
    """Return the row as it is now, locked; raise ValidationError where it is in none of these states."""
    row = ImportBatch.objects.select_for_update(of=["self"]).filter(pk=batch.pk).first()
    if row is None or row.state not in states:
        raise ValidationError(_("This was done already, or somebody else was faster."))
    return row


def _change(batch, states, state, *, by, **options):
    if not roles.may_import(by):
        raise PermissionDenied
    with locks.writing():
        row = _of(batch, states)
        row.options |= options
        _ask(row, state)


def _ask(batch, state):
    batch.state, batch.handled, batch.heard_at = state, 0, None
    batch.receipt.pop("error", None)
    if not (batch.pk and batch.changes.exists()):
        batch.started_at = timezone.now()
    batch.save()
    work.enqueue(batch_id=batch.pk)


def _forget_old():
    left = ImportBatch.objects.filter(
        state__in=[State.PLANNED, State.BROKEN],
        started_at__lt=timezone.now() - uploads.KEPT,
        changes=None,
    )
    for batch in left:
        uploads.remove(batch.file)
    left.delete()


# --- In the worker ----------------------------------------------------------------------------


@task()
def work(batch_id):
    """Do what the row of a batch asks for."""
    batch = _taken(batch_id)
    if batch is None:
        return
    try:
        STEPS[batch.state](batch)
    except OUTAGE:
        raise
    except Exception:
        _break(batch, _("An error of the program has ended it. The log of the worker tells more."))
        raise


def _taken(key):
    """Return the batch once no other worker is at it, None where there is nothing to do any more."""
    while (batch := ImportBatch.objects.filter(pk=key, state__in=AT_WORK).first()) is not None:
        silent = Q(heard_at=None) | Q(heard_at__lt=timezone.now() - SILENCE)
        mine = ImportBatch.objects.filter(silent, pk=key, state=batch.state)
        if mine.update(heard_at=timezone.now()):
            return batch
        time.sleep(1)
    return None


def _plan(batch):
    """Count what is in the upload; where nothing in it could be imported, it is gone with this."""
    signs = batches.Signs(batch)
    report = run([uploads.path_of(batch)], _how(batch, mode="plan"), step=signs.step)
    if report.is_interrupted:
        return
    batch.plan = _without_folder(batch, receipts.receipt(report))
    batch.plan |= {
        "counts": dict(report.counts),
        "categories": [[name, where] for name, where in report.proposals.items()],
    }
    batch.state, batch.handled = State.PLANNED, signs.count
    if not (report.proposals or any(name != "failed" for name in report.counts)):
        batch.state = State.BROKEN
        _remove(batch)
    batch.save()


def _apply(batch):
    signs = batches.Signs(batch)
    report = run([uploads.path_of(batch)], _how(batch), step=signs.step, batch=batch)
    if report.is_interrupted:
        return
    batch.receipt, batch.handled = _without_folder(batch, batch.receipt), signs.count
    _remove(batch)
    batch.save()
    pks = fetching.fetchable(gaps(batch)).values_list("pk", flat=True)
    if batch.options.get(FETCH) and pks:
        fetching.fetch.enqueue(image_ids=[*pks])


def _return(batch):
    batches.roll_back(batch.pk, step=batches.Signs(batch).step)


STEPS = {State.PLANNING: _plan, State.RUNNING: _apply, State.RETURNING: _return}


def _how(batch, **more):
    told = {name: value for name, value in batch.options.items() if name != FETCH}
    return Options(**told, **more)


def _break(batch, sentence):
    state = State.DONE if batch.state == State.RETURNING else State.BROKEN
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=state, receipt=batch.receipt | {"error": sentence}
    )


def _remove(batch):
    uploads.remove(batch.file)
    batch.file = ""


def _without_folder(batch, receipt):
    """Return a receipt that names files as people know them, and not where they lie on the server."""
    where = f"{uploads.path_of(batch).resolve().parent}/"
    for item in receipt["items"]:
        item["name"] = item["name"].removeprefix(where)
        for part in ("problems", "notes"):
            item[part] = [words.replace(where, "") for words in item[part]]
    return receipt
