"""The rows of a page, merged one by one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.forms.marks import opened_in
from newsroom.forms.merging import is_unchanged


class MergingRows(forms.BaseInlineFormSet):
    """Rows of a page: those that others have added are there too, and those they took out are gone.

    A row that was changed here and taken out by somebody else becomes a new one, which is not saved
    before its writer has seen it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken_out = []
        if self.is_bound and self.instance.pk and self.management_form.is_valid():
            self.data = self._with_rows_of_others()

    def clean(self):
        super().clean()
        if self.taken_out:
            message = _(
                "What you changed here was taken out meanwhile. It stands below as a new row: save "
                "once more to have it back, or remove the row."
            )
            raise ValidationError(message, code="stale")

    def _with_rows_of_others(self):
        posted = self._posted()
        rows = {str(row.pk): row for row in self.get_queryset()}
        if posted.keys() == rows.keys():
            return self.data
        self.taken_out = [
            place for pk, place in posted.items() if pk not in rows and self._is_changed(pk, place)
        ]
        total = self.total_form_count()
        fresh = range(self.initial_form_count(), total)
        data = self._without_rows(total)
        for place, (pk, row) in enumerate(rows.items()):
            values = self._values(posted[pk]) if pk in posted else self._as_posted(row)
            self._write(data, place, values | {self._pk: [pk]})
        for place, old in enumerate((*self.taken_out, *fresh), start=len(rows)):
            self._write(data, place, self._values(old) | {self._pk: [""]})
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(rows))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows) + len(self.taken_out) + len(fresh))
        return self._let_management_form_follow(data)

    def _let_management_form_follow(self, data):
        self.__dict__.pop("management_form", None)
        return data

    @property
    def _pk(self):
        return self.model._meta.pk.name

    def _posted(self):
        """Return pk -> place of the rows that the page showed."""
        places = range(self.initial_form_count())
        pairs = ((self.data.get(f"{self.add_prefix(place)}-{self._pk}"), place) for place in places)
        return {pk: place for pk, place in pairs if pk}

    def _is_changed(self, pk, place):
        prefix = self.add_prefix(place)
        if f"{prefix}-DELETE" in self.data:
            return False
        row = self.form(self.data, prefix=prefix, **self.get_form_kwargs(place))
        was = opened_in(self.data)
        return any(
            not is_unchanged(was.get(f"{self.prefix}-{pk}-{name}"), row.typed(name))
            for name in row.merged_fields()
        )

    def _without_rows(self, total):
        places = tuple(f"{self.add_prefix(place)}-" for place in range(total))
        data = self.data.copy()
        for key in [key for key in data if key.startswith(places)]:
            del data[key]
        return data

    def _values(self, place):
        prefix = f"{self.add_prefix(place)}-"
        return {
            key.removeprefix(prefix): values
            for key, values in self.data.lists()
            if key.startswith(prefix)
        }

    def _as_posted(self, row):
        """Return what a browser would send of a row that this page has not shown."""
        form = self.form(instance=row, prefix="row", **self.get_form_kwargs(None))
        values = {name: form.saved(name) for name in form.merged_fields()}
        return {
            name: value if isinstance(value, list) else [value]
            for name, value in values.items()
            if value != ""
        }

    def _write(self, data, place, values):
        for name, value in values.items():
            data.setlist(f"{self.add_prefix(place)}-{name}", value)
