"""What was deleted while somebody had chosen it in an open form: the form says its name, and keeps the rest."""

from django import forms
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def names(model, ids):
    """Return what the things with these ids were called when they were deleted in the admin; else their kind and id."""
    ids = list(map(str, ids))
    kind = ContentType.objects.get_for_model(model)
    deletions = LogEntry.objects.filter(content_type=kind, object_id__in=ids, action_flag=DELETION)
    called = dict(deletions.order_by("action_time").values_list("object_id", "object_repr"))
    return [called.get(pk) or f"{model._meta.verbose_name} {pk}" for pk in ids]


class NamedChoiceField(forms.ModelChoiceField):
    """A choice among rows that names the one that has been deleted, and says what can be done."""

    default_error_messages = {
        "gone": _("“%(name)s” has been deleted meanwhile. Choose another, or remove this row."),
    }

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            if not str(value).isdecimal():
                raise
            (name,) = names(self.queryset.model, [value])
            raise ValidationError(self.error_messages["gone"], "gone", {"name": name}) from None
