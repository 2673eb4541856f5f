"""Revisions: what is saved in one `locks.writing` is kept as one; those of many writes together are written at once.

django-reversion writes each by itself. Beside its public functions four others are used here.
"""

from collections import defaultdict
from contextlib import contextmanager

import reversion
from django.apps import apps
from django.db.models import ForeignKey
from django.utils import timezone
from reversion import revisions

from newsroom.db import together


class Pending:
    """A revision that is written when many writes have been made: its things as (model, id)."""

    def __init__(self):
        self.revision = _model("Revision")(date_created=timezone.now(), comment="")
        self.things = {}


@contextmanager
def kept(*, comment="", by=None, manually=False):
    """Keep what is saved in here as one revision, or, `manually`, what is added by name; inside another it is a part of that."""
    if waiting := together.waiting():
        with _put_off(waiting) as revision:
            yield
            revision.comment, revision.user = comment or revision.comment, by or revision.user
        return
    with reversion.create_revision(manage_manually=manually, atomic=False):
        yield
        # Last: a revision inside this one, as of a verb, has had a comment of its own.
        if comment:
            reversion.set_comment(comment)
        if by:
            reversion.set_user(by)


def add(thing):
    """Add a thing, as it will be at the end of its transaction, to the revision."""
    if waiting := together.waiting():
        waiting.revision.things[type(thing), thing.pk] = None
    else:
        reversion.add_to_revision(thing)


def say(comment):
    """Say what was done, in the revision that is being made; nothing where there is none."""
    if reversion.is_active():
        reversion.set_comment(comment)


def written(rows):
    """Add rows that were written in bulk to a revision that began before them, as the signal of a single save does."""
    if reversion.is_active() and not reversion.is_manage_manually():
        for row in filter(reversion.is_registered, rows):
            reversion.add_to_revision(row)


@contextmanager
def _put_off(waiting):
    if waiting.revision:
        yield waiting.revision.revision
        return
    waiting.revision = Pending()
    try:
        yield waiting.revision.revision
        waiting.calls[_write].append(waiting.revision)
    finally:
        waiting.revision = None


def _write(pending):
    asked = defaultdict(set)
    for model, pk in (thing for draft in pending for thing in draft.things):
        asked[model].add(pk)
    loaded = {model: _loaded(model, pks) for model, pks in asked.items()}
    pending = [draft for draft in pending if any(pk in loaded[model] for model, pk in draft.things)]
    _model("Revision").objects.bulk_create(draft.revision for draft in pending)
    versions = []
    for draft in pending:
        things = [loaded[model][pk] for model, pk in draft.things if pk in loaded[model]]
        versions += _versions(things, draft.revision)
    _model("Version").objects.bulk_create(versions)


def _model(name):
    # Whoever imports this may do so before there are models.
    return apps.get_model("reversion", name)


def _loaded(model, pks):
    """Return id -> thing, with all that its version is made of."""
    names = [field.name for field in model._meta.local_many_to_many]
    for name in revisions._get_options(model).follow:
        part = model._meta.get_field(name.removesuffix("_set")).related_model
        keys = [field for field in part._meta.fields if isinstance(field, ForeignKey)]
        names += [name, *(f"{name}__{key.name}" for key in keys if key.related_model is not model)]
    return model._base_manager.prefetch_related(*names).in_bulk(pks)


def _versions(things, revision):
    revisions._push_frame(manage_manually=True, using=revision._state.db)
    try:
        for thing in things:
            reversion.add_to_revision(thing)
        versions = revisions._current_frame().db_versions[revision._state.db].values()
    finally:
        revisions._pop_frame()
    for version in versions:
        version.revision = revision
    return versions
