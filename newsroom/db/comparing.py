"""Whether saving a row would change anything: what is saved as it is leaves no version, no time and no purge."""


def is_same(row, other):
    """Return whether two objects of a model hold the same in each column; a new row that says nothing is as its default."""
    return other is not None and all(
        field.to_python(getattr(row, field.attname)) == getattr(other, field.attname)
        for field in row._meta.concrete_fields
    )


def is_stored(row):
    """Return whether the database has a row exactly as it is."""
    return row.pk is not None and is_same(row, type(row)._base_manager.filter(pk=row.pk).first())
