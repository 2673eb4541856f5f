"""A condition on thousands of ids, which Django would write as a parameter each, again for each statement and each copy of a queryset."""

import json

from django.db.models import BigIntegerField, Expression


class Among(Expression):
    """Stands behind `__in` for a list of ids, however long."""

    def __init__(self, ids):
        super().__init__(output_field=BigIntegerField())
        self.ids = tuple(ids)

    def as_sql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [list(self.ids)]

    def as_sqlite(self, compiler, connection):
        return "(SELECT value FROM json_each(%s))", [json.dumps(self.ids)]
