"""Writes in bulk have the consequences of single saves.

Django sends no signals for `update`, `bulk_create` and `bulk_update`, nor for the rows of a plain
many-to-many relation. A model with a WatchedQuerySet calls its watchers around each of them instead.
"""

from collections import defaultdict
from contextlib import ExitStack, contextmanager
from functools import reduce
from operator import or_

from django.db import NotSupportedError, models, router, transaction
from django.db.models import F, Q, Subquery

from newsroom.db import locks

CHUNK = 500
"""How many rows are written in one go: watchers hold so many at most."""

_ELSEWHERE = (
    "More than {} rows of {} cannot be updated with a value that is asked for in a query: some would get what others have been "
    "given just now. Ask for the values first, and write them with bulk_update()."
)

_watchers = defaultdict(list)


def watch(model, watcher):
    """Call `watcher(write)`, a context manager, around each BulkWrite of a model, in one transaction with it."""
    if watcher not in _watchers[model]:
        _watchers[model].append(watcher)


class BulkWrite:
    """Rows that are about to be written together: those with the ids `pks`, and new ones, the `objects`.

    `queryset` and `values` are those of an update.
    """

    def __init__(self, model, *, pks=(), objects=(), queryset=None, values=None):
        self.model, self.objects = model, objects
        self._pks, self._queryset, self._values = pks, queryset, values or {}

    def rows(self):
        """Return the rows as they are now; new ones are there after the write, if the database tells their ids."""
        new = {row.pk for row in self.objects} - {None}
        return self.model._base_manager.filter(pk__in=[*self._pks, *new]).order_by()

    def before(self):
        """Return the rows as they are before the write, when new ones are not there: those alone cost no statement."""
        return self.model._base_manager.filter(pk__in=[*self._pks]).order_by()

    def holds(self, name):
        """Return every value that a column has in these rows, or is to have; ask before the write."""
        values = {getattr(row, name) for row in self.objects}
        values.update(self.before().values_list(name, flat=True))
        for field, value in self._values.items():
            if self.model._meta.get_field(field).attname == name:
                values |= self._evaluated(value)
        return values - {None}

    def changes(self, names):
        """Return whether one of these columns may be another by it: an update names its own, whatever else there is brings or takes all."""
        return not self._values or not names.isdisjoint(self._values)

    def _evaluated(self, value):
        if not hasattr(value, "resolve_expression"):
            return {value.pk if isinstance(value, models.Model) else value}
        return set(self._queryset.annotate(written=value).values_list("written", flat=True))


class WatchedQuerySet(models.QuerySet):
    """A queryset whose writes in bulk are watched; bulk_update() is made of update().

    A write costs some queries for each CHUNK rows beside its own, and what its watchers do: an update
    of 100,000 rows is 200 updates in one transaction. Which rows fulfil the conditions of the queryset is
    asked before the first of them is written.
    """

    def update(self, **values):
        self._for_write, self._result_cache = True, None
        with _writing(self.db):
            pks = sorted(set(self.order_by().values_list("pk", flat=True)))
            if not pks:
                return super(WatchedQuerySet, self.none()).update(**values)
            if len(pks) <= CHUNK:
                return self._update_some(pks, values)
            if any(map(self._looks_elsewhere, values.values())):
                raise NotSupportedError(_ELSEWHERE.format(CHUNK, self.model.__name__))
            rows = type(self)(self.model, using=self.db)
            return sum(rows._update_some(some, values) for some in _chunks(pks))

    update.alters_data = True

    def bulk_create(self, objs, *args, unique_fields=None, **options):
        objs, unique = list(objs), unique_fields or ()
        with _writing(router.db_for_write(self.model)):
            for some in _chunks(objs):
                for row in some:
                    row._prepare_related_fields_for_save(operation_name="bulk_create")
                pks = self._like(some, unique) if unique else ()
                with _watched(BulkWrite(self.model, pks=pks, objects=some)):
                    super().bulk_create(some, *args, unique_fields=unique_fields, **options)
        return objs

    bulk_create.alters_data = True

    def _looks_elsewhere(self, value):
        """Return whether a value is made of more than the row that gets it: of what the rows before it had."""
        parts = value.flatten() if hasattr(value, "flatten") else [value]
        return any(
            isinstance(part, (Subquery, models.QuerySet))
            or (isinstance(part, F) and part.name in self.query.annotations)
            for part in parts
        )

    def _update_some(self, pks, values):
        rows = self.filter(pk__in=pks)
        with _watched(BulkWrite(self.model, pks=pks, queryset=rows, values=values)):
            return super(WatchedQuerySet, rows).update(**values)

    def _like(self, objs, unique):
        """Return the ids of the rows that these objects overwrite."""
        same = (Q(**{name: getattr(row, name) for name in unique}) for row in objs)
        return self.model._base_manager.filter(reduce(or_, same)).values_list("pk", flat=True)


class WatchedLinks(WatchedQuerySet):
    """The queryset of a many-to-many relation without a model of its own: Django tells no row that is deleted."""

    def create(self, **values):
        return self.bulk_create([self.model(**values)])[0]

    create.alters_data = True

    def delete(self):
        self._for_write, self._result_cache, deleted = True, None, 0
        with _writing(self.db):
            pks = list(self.order_by().values_list("pk", flat=True))
            for some in _chunks(pks):
                with _watched(BulkWrite(self.model, pks=some)):
                    rows = type(self)(self.model, using=self.db).filter(pk__in=some)
                    deleted += super(WatchedQuerySet, rows).delete()[0]
        return deleted, {self.model._meta.label: deleted}

    delete.alters_data = True
    delete.queryset_only = True

    @classmethod
    def take_over(cls, through):
        """Make this the queryset of the rows behind a ManyToManyField."""
        through._meta.local_managers.clear()
        through.add_to_class("objects", cls.as_manager())


@contextmanager
def _writing(using):
    """Do as `locks.writing`, without the savepoint of one inside another: after an error all of it is lost."""
    with transaction.atomic(using=using, savepoint=False):
        locks.take()
        yield


def _watched(write):
    stack = ExitStack()
    for watcher in _watchers[write.model]:
        stack.enter_context(watcher(write))
    return stack


def _chunks(rows):
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
