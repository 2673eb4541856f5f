"""What a field held before, and who gave it the value that it has: its versions tell."""

import reversion
from django.utils import timezone
from reversion.models import Version

LOOKED_AT = 20
"""How many versions are searched for who saved a value."""


def value(instance, name, fits):
    """Return the last value of a field that `fits`, None where no version has one."""
    attribute = _attribute(instance, name)
    if not attribute:
        return None
    found = (
        version.field_dict.get(attribute) or "" for version in _versions(instance).iterator(20)
    )
    return next((words for words in found if fits(words)), None)


def saver(instance, name, value):
    """Return who gave a field the value that it has, and when; ("", None) where no version tells."""
    attribute = _attribute(instance, name)
    found = None
    for version in _versions(instance).select_related("revision__user")[:LOOKED_AT]:
        is_same = (version.field_dict.get(attribute) or "") == (value or "")
        if found and not (attribute and is_same):
            break
        found = version.revision
    if found is None:
        return "", None
    return str(found.user or ""), timezone.localtime(found.date_created)


def _attribute(instance, name):
    names = {field.name: field.attname for field in instance._meta.concrete_fields}
    return names.get(name)


def _versions(instance):
    if instance.pk and reversion.is_registered(type(instance)):
        return Version.objects.get_for_object(instance)
    return Version.objects.none()
