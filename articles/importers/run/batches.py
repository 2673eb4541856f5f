"""The runs that changed something: begun, ended, listed and taken back."""

import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.actions.taking_back import take_back
from articles.importers.run import receipts
from articles.models import ImportBatch

State = ImportBatch.State

LISTED = 20

PAUSE = 1.0
"""Seconds between two signs of life of a run."""

USUAL_PACE, ENOUGH = 20, 200
"""Stories a second on a machine of which nothing is known yet, and so many tell what this one does."""


class NoBatch(Exception):
    """What there is to say instead of taking a batch back, as a sentence."""


def begin(sources, options):
    """Return the row of a run that starts now."""
    told = {name: value for name, value in asdict(options).items() if value}
    return ImportBatch.objects.create(
        started_at=timezone.now(),
        sources=[str(source) for source in sources],
        options={name: _plain(value) for name, value in told.items()},
    )


def end(batch, report):
    """Keep with the row what became of the run; one that has changed nothing leaves none, unless it was asked for in the admin."""
    if not (batch.plan or batch.changes.exists()):
        batch.delete()
        return
    batch.ended_at, batch.counts = timezone.now(), _counts(batch, report)
    batch.receipt = receipts.receipt(report)
    # The upload of a run that was interrupted is still there, and the same run goes on.
    batch.state = State.RUNNING if report.is_interrupted and batch.file else State.DONE
    batch.save()


def _counts(batch, report):
    """Return outcome -> number; what the same batch made before it was killed counts as made, not as unchanged."""
    counts, made = dict(report.counts), batch.changes.filter(is_new=True).count()
    whole = {"created": made, "updated": batch.changes.count() - made}
    again = sum(whole[name] - counts.get(name, 0) for name in whole)
    whole["unchanged"] = max(counts.get("unchanged", 0) - again, 0)
    return {name: number for name, number in (counts | whole).items() if number}


class Signs:
    """The signs of life of a run: its row says about once a second how many stories are done."""

    def __init__(self, batch):
        self.rows, self.count, self.told_at = ImportBatch.objects.filter(pk=batch.pk), 0, 0.0

    def step(self, _result=None):
        """Count one more."""
        self.count += 1
        if time.monotonic() - self.told_at >= PAUSE:
            self.tell()

    def tell(self):
        self.told_at = time.monotonic()
        self.rows.update(handled=self.count, heard_at=timezone.now())


def latest(number=LISTED):
    """Return a line for each of the last batches, the newest first."""
    return [_line(batch) for batch in ImportBatch.objects.order_by("-pk")[:number]]


def pace():
    """Return how many stories a second the last large batch has written."""
    done = ImportBatch.objects.filter(ended_at__isnull=False).order_by("-pk")[:LISTED]
    for batch in done:
        number = sum(batch.counts.get(name, 0) for name in ("created", "updated"))
        if number >= ENOUGH:
            return max(number / (batch.ended_at - batch.started_at).total_seconds(), 1)
    return USUAL_PACE


def roll_back(key, *, step=lambda _name: None):
    """Take a batch back, the last change first; return (names of stories taken back, sentences on those that are kept)."""
    batch = ImportBatch.objects.filter(pk=key).first()
    if batch is None:
        raise NoBatch(f"There is no batch {key}; --batches lists them.")
    if batch.taken_back_at and not batch.changes.exists():
        raise NoBatch(f"Batch {key} was taken back on {_day(batch.taken_back_at)} already.")
    done, kept = [], []
    for change in batch.changes.order_by("-pk").iterator():
        try:
            done.append(take_back(change))
            step(done[-1])
        except ValidationError as error:
            kept.append(f"“{change.origin.article}” ({change.origin}): {' '.join(error.messages)}")
    batch.refresh_from_db()
    batch.taken_back_at, batch.state = batch.taken_back_at or timezone.now(), State.DONE
    batch.receipt["kept"] = kept
    batch.save()
    return done, kept


def _line(batch):
    counts = ", ".join(f"{number:,} {outcome}" for outcome, number in batch.counts.items())
    state = counts if batch.ended_at else "not finished"
    back = f", taken back on {_day(batch.taken_back_at)}" if batch.taken_back_at else ""
    when = f"{timezone.localtime(batch.started_at):%Y-%m-%d %H:%M}"
    return f"{batch.pk}  {when}  {' '.join(batch.sources)}: {state}{back}"


def _day(moment):
    return timezone.localtime(moment).date()


def _plain(value):
    return str(value) if isinstance(value, datetime | Path) else value
