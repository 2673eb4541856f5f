"""Forms that save what was changed in them and nothing else, whoever has saved meanwhile.

A page carries, in one hidden field, what each of its fields held when it was opened. When it is sent, the
rows are locked and compared: what was not changed in the form stays as it is in the database by now, and
what was is saved. Only where both sides changed the same field is the save refused, with both values
and a choice. What is a set merges item by item, and rows merge one by one.
"""

import hashlib
import json
from contextlib import nullcontext
from datetime import datetime

import reversion
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from reversion.models import Version

from newsroom.db import locks

OPENED = "opened"
MINE, THEIRS = "mine", "theirs"
LOOKED_AT = 20
"""How many versions are searched for who saved a value."""


def fingerprint(value):
    """Name a value as a form holds it; a set is its own name, so that it can be merged."""
    if isinstance(value, list):
        return value
    return hashlib.sha256(value.encode()).hexdigest()[:12]


def opened_with(form, formsets=()):
    """Return the value of the hidden field: a fingerprint of each field of these as it is shown."""
    rows = [row for formset in formsets for row in formset.initial_forms]
    merging = [each for each in (form, *rows) if isinstance(each, MergingForm)]
    return json.dumps({key: value for each in merging for key, value in each.as_shown().items()})


class MergingAdmin:
    """An admin whose form is a MergingForm: its page carries what it was opened with, and nobody else saves while it does."""

    def render_change_form(self, request, context, *args, **kwargs):
        if context["original"]:
            context["opened"] = opened_with(context["adminform"].form)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request, *args, **kwargs):
        # What the form compares is still so when it is saved.
        with locks.writing() if request.method == "POST" else nullcontext():
            return super().changeform_view(request, *args, **kwargs)


def with_plain_line_ends(words):
    """Undo the line ends of form posts: a browser makes its own of all that it was shown."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _opened(data):
    """Read the hidden field; somebody may have sent anything."""
    try:
        found = json.loads(data.get(OPENED, ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class MergingForm(forms.ModelForm):
    """A form of one row. `form.clashes` names the fields that both sides have changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes = []
        self.is_merged = False
        self.is_deletion_stale = False

    def merged_fields(self):
        """Name the fields that hold a value of the row."""
        return [name for name in self.fields if name not in {"id", "DELETE", self._parent}]

    def normal(self, name, value):
        """Return a value as one string, or a list of them, that is equal for equal values."""
        if isinstance(value, (list, tuple)):
            return [str(each) for each in value]
        if value is None or value is False:
            return ""
        words = with_plain_line_ends(str(value.pk if isinstance(value, Model) else value))
        return words.strip() if getattr(self.fields[name], "strip", False) else words

    def typed(self, name):
        """Return what was sent; where no file was chosen, that is the one that is there."""
        is_left = self[name].data is None and self._is_file(name)
        return self.saved(name) if is_left else self.normal(name, self[name].data)

    def saved(self, name):
        field = self.fields[name]
        value = field.prepare_value(self[name].initial)
        if isinstance(value, datetime):
            value = field.widget.format_value(value)
        return self.normal(name, value)

    def as_shown(self):
        """Return key -> fingerprint of each field, for the page that is about to be shown.

        A field that clashes keeps what it was opened with: it is not settled by being sent again.
        """
        was = _opened(self.data)
        return {
            self._key(name): was.get(self._key(name))
            if name in self.clashes
            else fingerprint(self.saved(name))
            for name in self.merged_fields()
        }

    @cached_property
    def changed_data(self):
        """Name the fields whose value is now another than that of the database."""
        merged = self.merged_fields()
        return [
            name
            for name in super().changed_data
            if name not in merged or not _is_equal(self.typed(name), self.saved(name))
        ]

    def full_clean(self):
        if self.is_bound and self.instance.pk and not self.is_merged:
            self._merge()
        super().full_clean()
        for name in self.clashes:
            self.add_error(name, ValidationError(self._sentence(name), code="stale"))
        if self.is_deletion_stale:
            message = _("Somebody else changed this since you opened the page. Look at it again.")
            self.add_error(None, ValidationError(message, code="stale"))

    def _post_clean(self):
        """Leave what was not changed exactly as the row has it: a NULL stays a NULL."""
        if self.instance.pk:
            own = {field.name for field in self.instance._meta.concrete_fields}
            unchanged = own & set(self.merged_fields()) & self.cleaned_data.keys()
            for name in unchanged - set(self.changed_data):
                self.cleaned_data[name] = getattr(self.instance, name)
        super()._post_clean()

    # --- Merging ---

    def _merge(self):
        self.is_merged = True
        was = _opened(self.data)
        if self.add_prefix("DELETE") in self.data and self._is_changed_there(was):
            self.is_deletion_stale = True
            self._put("DELETE", "")
        for name in self.merged_fields():
            self._merge_field(name, was.get(self._key(name)))
        self.__dict__.pop("changed_data", None)

    def _merge_field(self, name, was):
        mine, theirs = self.typed(name), self.saved(name)
        choice = self.data.get(self._choice(name), "")
        if _is_equal(mine, theirs):
            return
        if isinstance(theirs, list):
            self._put(name, _merged_set(was, mine, theirs) + self._gone(name, mine))
        elif fingerprint(mine) == was or choice == _choose(THEIRS, theirs):
            self._put(name, theirs)
        elif fingerprint(theirs) != was and choice != _choose(MINE, theirs):
            self.clashes.append(name)

    def _gone(self, name, values):
        """Return those of the chosen rows that no longer exist: they are the field's to speak of."""
        queryset = getattr(self.fields[name], "queryset", None)
        if queryset is None:
            return []
        ids = {each for each in values if each.isdecimal()}
        there = set(map(str, queryset.filter(pk__in=ids).values_list("pk", flat=True)))
        return sorted(ids - there)

    def _is_changed_there(self, was):
        return any(
            not _is_equal(was.get(self._key(name)), fingerprint(self.saved(name)))
            for name in self.merged_fields()
        )

    def _put(self, name, value):
        """Write a value into the data of the form, as a browser would send it."""
        self.data, key = self.data.copy(), self.add_prefix(name)
        if self._is_file(name):
            self._leave_file(key)
            return
        if isinstance(value, list):
            self.data.setlist(key, value)
        elif value == "" and isinstance(self.fields[name], forms.BooleanField):
            self.data.pop(key, None)
        else:
            self.data[key] = value

    def _is_file(self, name):
        return isinstance(self.fields[name], forms.FileField)

    def _leave_file(self, key):
        """Take away what was sent of a file, so that the one that is there stays."""
        self.files = self.files.copy()
        self.files.pop(key, None)
        self.data.pop(f"{key}-clear", None)

    @property
    def _parent(self):
        """The name of the field that ties a row to its parent."""
        inline = (
            n for n, f in self.fields.items() if isinstance(f, forms.models.InlineForeignKeyField)
        )
        return next(inline, None)

    def _key(self, name):
        """Name a field of this row on its page: by the row, whose place may be another next time."""
        group = self.prefix.rsplit("-", 1)[0] if self.prefix else ""
        return f"{group}-{self.instance.pk}-{name}" if group else name

    def _choice(self, name):
        return f"choice-{self._key(name)}"

    # --- What is told of a clash ---

    def _sentence(self, name):
        """Return both values side by side, who saved the other, and the choice between them."""
        theirs = self.saved(name)
        who, when = saver(self.instance, name, self[name].initial)
        context = {
            "name": self._choice(name),
            "sides": [
                (choice, label, self.shown(name, value))
                for choice, label, value in (
                    (
                        _choose(MINE, theirs),
                        _("Save mine, as it stands in the field"),
                        self.typed(name),
                    ),
                    (_choose(THEIRS, theirs), _("Keep what is saved now"), theirs),
                )
            ],
            "who": who,
            "when": when,
            "attrs": self.fields[name].widget.attrs,
        }
        return render_to_string("admin/clash.html", context)

    def shown(self, name, value):
        """Return a value as a person reads it; HTML only where it is marked as safe."""
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return _("Yes") if value else _("No")
        if isinstance(field, forms.ModelChoiceField):
            return str(field.queryset.filter(pk=value or None).first() or "")
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))
        return linebreaksbr(value)


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
                "Somebody else took out what you changed here. It stands below as a new row: save "
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
        found = ((self.data.get(f"{self.add_prefix(place)}-{self._pk}"), place) for place in places)
        return {pk: place for pk, place in found if pk}

    def _is_changed(self, pk, place):
        prefix = self.add_prefix(place)
        if f"{prefix}-DELETE" in self.data:
            return False
        row = self.form(self.data, prefix=prefix, **self.get_form_kwargs(place))
        was = _opened(self.data)
        return any(
            not _is_equal(was.get(f"{self.prefix}-{pk}-{name}"), fingerprint(row.typed(name)))
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


def _is_equal(one, other):
    """Compare two values as forms hold them; a set has no order."""
    if isinstance(one, list) and isinstance(other, list):
        return {str(each) for each in one} == set(other)
    return one == other


def _choose(side, theirs):
    """Return what a choice sends: it holds for the value that was seen, and for no later one."""
    return f"{side}:{fingerprint(theirs)}"


def _merged_set(was, mine, theirs):
    """Return theirs with what I added, and without what I took out since it was `was`."""
    was = {str(each) for each in was} if isinstance(was, list) else set(mine) & set(theirs)
    kept = [each for each in theirs if each in mine or each not in was]
    return kept + [each for each in mine if each not in was and each not in theirs]


def saver(instance, name, value):
    """Return who gave a field the value that it has, and when; ("", None) where no version tells."""
    if not reversion.is_registered(type(instance)):
        return "", None
    found = None
    names = {field.name: field.attname for field in instance._meta.concrete_fields}
    versions = Version.objects.get_for_object(instance).select_related("revision__user")
    for version in versions[:LOOKED_AT]:
        is_same = (version.field_dict.get(names.get(name)) or "") == (value or "")
        if found and not (name in names and is_same):
            break
        found = version.revision
    if found is None:
        return "", None
    return str(found.user or ""), timezone.localtime(found.date_created)
