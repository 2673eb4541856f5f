"""What is saved and deleted, as Django's signals report it, and what is written in bulk."""

from contextlib import contextmanager

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from articles.models import Edition, Listing
from articles.purging.change import Change, note_rows
from articles.purging.facts import KINDS
from articles.purging.kind import ALL
from newsroom.db.bulk import watch


def connect(kinds=KINDS):
    """Listen to every model that readers see something of."""
    for kind in kinds:
        for model, column in kind.models.items():
            Listener(kind, model, column).connect()
    for signal, receiver, model in (
        (pre_delete, _edition_goes, Edition),
        (pre_save, _row_is_loaded, Listing),
        (post_save, _after, Listing),
    ):
        signal.connect(receiver, sender=model, dispatch_uid="articles.purging.lists")


class Listener:
    """Reports what happens to the rows of a model that belong to things of a Kind; see Kind.models."""

    def __init__(self, kind, model, column):
        self.kind, self.model, self.column = kind, model, column

    def connect(self):
        for signal, receiver in (
            (pre_save, self.before_save),
            (pre_delete, self.before_delete),
            (post_save, self.after_save),
            (post_delete, _after),
            (m2m_changed, self.around_links),
        ):
            names = {"sender": self.model, "dispatch_uid": ("articles.purging", self.kind)}
            signal.connect(receiver, weak=False, **names)
        watch(self.model, self.around_bulk)

    def before_save(self, instance, **kwargs):
        pks = self._owners(instance)
        if self.column not in {None, "pk"} and instance.pk is not None:
            # It can be about to move from another.
            pks.update(self._values_of(pk=instance.pk))
        self._touch(pks)

    def before_delete(self, instance, origin, **kwargs):
        if self.kind.goes_with.get(self.model) is not _model_of(origin):
            self._touch(self._owners(instance))

    def after_save(self, instance, created, **kwargs):
        if created:
            self._add(instance)
        Change.finish()

    @contextmanager
    def around_bulk(self, write):
        self._touch(self._written(write))
        yield
        for instance in write.objects:
            self._add(instance)

    def around_links(self, instance, action, pk_set, **kwargs):
        if action.startswith("pre_"):
            self._touch(self._linked(instance, pk_set))
        else:
            Change.finish()

    def _touch(self, pks):
        pks = set(pks) - {None} if self.column else {ALL}
        if pks:
            Change.current().touch(self.kind, pks)

    def _add(self, instance):
        is_thing = self.column == "pk" and instance.pk is not None
        if is_thing and self.kind.is_announced(instance):
            Change.current().add(self.kind, instance.pk)

    def _written(self, write):
        """Return the ids of the things that a write changes; of what is announced as new nothing has to be compared."""
        if self.column != "pk":
            return write.holds(self.column) if self.column else ()
        new = {instance.pk for instance in write.objects if not self.kind.is_announced(instance)}
        return new.union(write.before().values_list("pk", flat=True))

    def _owners(self, instance):
        return {getattr(instance, self.column)} if self.column else set()

    def _linked(self, instance, pk_set):
        """Return the ids of the things whose links change, of which `instance` is one, or the other end."""
        owner = self.model._meta.get_field(self.column).related_model
        if isinstance(instance, owner):
            return {instance.pk}
        if pk_set is not None:
            return pk_set
        links = (field for field in self.model._meta.fields if field.is_relation)
        (other,) = (link.name for link in links if isinstance(instance, link.related_model))
        return self._values_of(**{other: instance.pk})

    def _values_of(self, **conditions):
        return self.model.objects.filter(**conditions).values_list(self.column, flat=True)


def _edition_goes(instance, **kwargs):
    rows = Listing.objects.filter(edition=instance.pk)
    note_rows(gone=[row.identity() for row in rows], come=())


def _row_is_loaded(instance, raw, **kwargs):
    # Only `loaddata` saves rows one by one; derived/listings.py tells of those that it writes.
    if raw:
        rows = Listing.objects.filter(pk=instance.pk)
        note_rows(gone=[row.identity() for row in rows], come=[instance.identity()])


def _after(**kwargs):
    Change.finish()


def _model_of(origin):
    return getattr(origin, "model", None) or type(origin)
