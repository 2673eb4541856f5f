"""Forms that save what was changed in them and nothing else, whoever has saved meanwhile.

A page carries, in one hidden field, a mark of what each of its fields held when it was opened. When it is sent, the
rows are locked and compared: what was not changed in the form stays as it is in the database by now, and
what was is saved. Only where both sides changed the same field is the save refused, with both values
and a choice. What is a set merges item by item, and rows merge one by one.
"""

import json
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from newsroom.db import locks
from newsroom.forms import earlier, joined, marks
from newsroom.forms.marks import fingerprint, opened_in

MINE, THEIRS, BOTH = SIDES = "mine", "theirs", "both"


def opened_with(form, formsets=()):
    """Return the value of the hidden field: a mark of each field of these as it is shown."""
    rows = [row for formset in formsets for row in formset.initial_forms]
    merging = [candidate for candidate in (form, *rows) if isinstance(candidate, MergingForm)]
    return json.dumps(
        {key: value for merging_form in merging for key, value in merging_form.as_shown().items()}
    )


def as_saved(form):
    """Return the row of a form that was refused as the database has it: the form has put into its own what nobody has saved."""
    row = form.instance
    return type(row)._base_manager.filter(pk=row.pk).first() if row.pk and form.errors else None


class MergingAdmin:
    """An admin whose form is a MergingForm: its page carries what it was opened with, and nobody else saves while it does."""

    def render_change_form(self, request, context, *args, **kwargs):
        if context["original"]:
            context["opened"] = opened_with(context["adminform"].form)
            context["saved"] = as_saved(context["adminform"].form)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_object(self, request, *args, **kwargs):
        hold(request)
        return super().get_object(request, *args, **kwargs)

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        joined.tell(request, form, *(row for rows in formsets for row in rows))


def hold(request):
    """Let nobody else save until the form of a request is saved: what it is compared with is still so then.

    In the transaction that Django opens for the form, so that one that cannot be opened is told in the form.
    """
    if request.method == "POST" and connection.in_atomic_block:
        locks.take()


def with_plain_line_ends(words):
    """Undo the line ends of form posts: a browser makes its own of all that it was shown."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


class MergingForm(forms.ModelForm):
    """A form of one row. `form.clashes` names the fields that both sides have changed, and `form.joined` the texts that were merged.

    A `clean` that gives a field a value that nobody typed names it in `filled`. `by` is who sends the form, so that what
    somebody saved in another window of their own is told as such.
    """

    by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes = []
        self.joined = []
        self.merges, self.bases = {}, {}
        self.lacking = []
        self.filled = set()
        self.is_merged = False
        self.is_deletion_stale = False

    def merged_fields(self):
        """Name the fields that hold a value of the row; what nobody may change here is only shown."""
        others = {"id", "DELETE", self._parent}
        return [
            name for name, field in self.fields.items() if name not in others and not field.disabled
        ]

    def row_of(self, name):
        """Return the row that holds the value of a field, and its name there."""
        return self.instance, name

    def parts_of(self, name, value):
        """Return what a field may have been of a value that its row held: all of it, where it is no part of it."""
        return (value,)

    def merged_words(self, name, base, mine, theirs):
        """Return two changes of a text as one, None where the value is no text that can be taken apart.

        What is returned has `conflicts`, each with `seen` (what a choice depends on) and what
        admin/collisions.html shows of it, and `text(sides)`, which takes a side for each of them.
        """

    def rewrites(self, name, value, mine, theirs):
        """Return what the value of a version may have become without anybody's doing, by what both hold now."""
        return ()

    def normal(self, name, value):
        """Return a value as one string, or a list of them, that is equal for equal values."""
        if isinstance(value, (list, tuple)):
            return [str(choice) for choice in value]
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
        """Return key -> mark of each field, for the page that is about to be shown.

        A field that clashes keeps what it was opened with: it is not settled by being sent again.
        """
        was = opened_in(self.data)
        return {
            self._key(name): was.get(self._key(name)) if name in self.clashes else self._mark(name)
            for name in self.merged_fields()
        }

    def _mark(self, name):
        is_known = earlier.tell_of(*self.row_of(name))
        return (fingerprint if is_known else marks.itself)(self.saved(name))

    @cached_property
    def changed_data(self):
        """Name the fields whose value is now another than that of the database."""
        merged = self.merged_fields()
        return [
            name
            for name in super().changed_data
            if name not in merged or not is_equal(self.typed(name), self.saved(name))
        ]

    def full_clean(self):
        if self.is_bound and self.instance.pk and not self.is_merged:
            self._merge()
        super().full_clean()
        for name in self.clashes:
            self.add_error(name, ValidationError(self._sentence(name), code="stale"))
        for name in self.lacking:
            self.add_error(name, ValidationError(_("Choose the file again."), code="stale"))
        if self.is_deletion_stale:
            message = _("This was changed since you opened the page. Look at it again.")
            self.add_error(None, ValidationError(message, code="stale"))

    def _post_clean(self):
        """Leave what was not changed exactly as the row has it: a NULL stays a NULL."""
        if self.instance.pk:
            own = {field.name for field in self.instance._meta.concrete_fields}
            unchanged = own & set(self.merged_fields()) & self.cleaned_data.keys()
            for name in unchanged - set(self.changed_data) - self.filled:
                self.cleaned_data[name] = getattr(self.instance, name)
        super()._post_clean()

    # --- Merging ---

    def _merge(self):
        self.is_merged = True
        was = opened_in(self.data)
        if self.add_prefix("DELETE") in self.data and self._is_changed_there(was):
            self.is_deletion_stale = True
            self._put("DELETE", "")
        for name in self.merged_fields():
            self._merge_field(name, was.get(self._key(name)))
        self.__dict__.pop("changed_data", None)

    def _merge_field(self, name, was):
        mine, theirs = self.typed(name), self.saved(name)
        choice = self.data.get(self._choice(name), "")
        if self._is_file(name) and self[name].data is None and choice.startswith(f"{MINE}:"):
            # A browser empties a field for a file whenever it shows one.
            self.lacking.append(name)
        if is_equal(mine, theirs):
            return
        if isinstance(theirs, list):
            self._put(name, _merged_set(was, mine, theirs) + self._gone(name, mine))
        elif marks.is_of(was, mine) or choice == _choose(THEIRS, theirs):
            self._put(name, theirs)
        elif not marks.is_of(was, theirs) and choice != _choose(MINE, theirs):
            self._merge_words(name, was, mine, theirs)

    def _merge_words(self, name, was, mine, theirs):
        base = self.base_of(name, was, mine, theirs)
        merge = None if base is None else self.merged_words(name, base or "", mine, theirs)
        if merge is None:
            self.clashes.append(name)
            self.bases[name] = base
            return
        sides = [self._side(name, *numbered) for numbered in enumerate(merge.conflicts)]
        if None in sides:
            self.clashes.append(name)
            self.merges[name] = merge, sides
            sides = [MINE] * len(sides)
        else:
            self.joined.append(name)
        self._put(name, merge.text(sides))

    def base_of(self, name, was, mine, theirs):
        """Return what a field held when the page was opened, None where neither the page nor a version tells."""
        if (words := marks.carried(was)) is not None:
            return words
        for stored in earlier.values(*self.row_of(name)):
            for value in self.parts_of(name, stored):
                for candidate in (value, *self.rewrites(name, value, mine, theirs)):
                    if marks.is_of(was, self.normal(name, candidate)):
                        return candidate
        return None

    def _side(self, name, number, conflict):
        """Return the side that was chosen of a conflict, None where nobody chose, or chose of other words."""
        side, _colon, seen = self.data.get(f"{self._choice(name)}-{number}", "").partition(":")
        return side if side in SIDES and seen == fingerprint(conflict.seen) else None

    def _gone(self, name, values):
        """Return those of the chosen rows that no longer exist: they are the field's to speak of."""
        queryset = getattr(self.fields[name], "queryset", None)
        if queryset is None:
            return []
        ids = {pk for pk in values if pk.isdecimal()}
        there = set(map(str, queryset.filter(pk__in=ids).values_list("pk", flat=True)))
        return sorted(ids - there)

    def _is_changed_there(self, was):
        return any(
            not is_unchanged(was.get(self._key(name)), self.saved(name))
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

    def _holds(self, name, stored):
        """Tell whether a value of the row has in it what the field holds now."""
        now = self[name].initial or ""
        return any(part == now for part in self.parts_of(name, stored))

    def _sentence(self, name):
        """Return what both wrote side by side, who saved the other, and the choice between them."""
        who, when = earlier.saver(*self.row_of(name), lambda stored: self._holds(name, stored))
        told = {"who": str(who or ""), "is_own": who is not None and who == self.by, "when": when}
        told |= {"attrs": self.fields[name].widget.attrs, "name": self._choice(name)}
        if name in self.merges:
            return render_to_string("admin/collisions.html", told | self._collisions(name))
        base = self.bases[name]
        base = self.bases[name] = base if base is None else self.normal(name, base)
        was = base if base is None else self.shown(name, base)
        sides = {"was": was, "sides": self._sides(name)}
        return render_to_string("admin/clash.html", told | sides)

    def _collisions(self, name):
        merge, sides = self.merges[name]
        return {
            "conflicts": [
                {
                    "conflict": conflict,
                    "choices": [
                        (_choose(side, conflict.seen), side == chosen, label)
                        for side, label in (
                            (MINE, _("Mine, as it stands in the field")),
                            (THEIRS, _("What is saved now")),
                            (BOTH, _("Both, one after the other")),
                        )
                    ],
                }
                for conflict, chosen in zip(merge.conflicts, sides, strict=True)
            ]
        }

    def _sides(self, name):
        theirs = self.saved(name)
        return [
            (choice, label, self.shown_beside(name, self.bases[name], value))
            for choice, label, value in (
                (_choose(THEIRS, theirs), _("Keep what is saved now"), theirs),
                (
                    _choose(MINE, theirs),
                    _("Save mine, as it stands in the field"),
                    self.typed(name),
                ),
            )
        ]

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

    def shown_beside(self, name, base, value):
        """Return the same with what is another in it than before, where that can be told; `base` is None where it is not known."""
        return self.shown(name, value)


def is_equal(one, other):
    """Compare two values as forms hold them; a set has no order."""
    if isinstance(one, list) and isinstance(other, list):
        return {str(value) for value in one} == set(other)
    return one == other


def is_unchanged(was, value):
    """Tell whether a value is the one that a mark is of."""
    return is_equal(was, value) if isinstance(value, list) else marks.is_of(was, value)


def _choose(side, theirs):
    """Return what a choice sends: it holds for the value that was seen, and for no later one."""
    return f"{side}:{fingerprint(theirs)}"


def _merged_set(was, mine, theirs):
    """Return theirs with what I added, and without what I took out since it was `was`."""
    was = {str(value) for value in was} if isinstance(was, list) else set(mine) & set(theirs)
    kept = [value for value in theirs if value in mine or value not in was]
    return kept + [value for value in mine if value not in was and value not in theirs]
