"""What a field held before, and who gave it the value that it has: its versions tell."""

import reversion
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from reversion.models import Version

LOOKED_AT = 20
"""How many versions are searched for who saved a value."""


def tell_of(instance, name):
    """Return whether versions are kept of the row that hold this field."""
    return reversion.is_registered(type(instance)) and _attribute(instance, name) is not None


def values(instance, name):
    """Yield what a field held in each version, the last one first."""
    if attribute := _attribute(instance, name):
        for version in _versions(instance).iterator(20):
            yield version.field_dict.get(attribute) or ""


def saver(instance, name, holds):
    """Return the user who gave a field the value that it has, and when; None for both where no version tells.

    `holds` tells whether what a version has of it is that value.
    """
    attribute = _attribute(instance, name)
    revision = None
    for version in _versions(instance).select_related("revision__user")[:LOOKED_AT]:
        if revision and not (attribute and holds(version.field_dict.get(attribute) or "")):
            break
        revision = version.revision
    if revision is None:
        return None, None
    return revision.user, timezone.localtime(revision.date_created)


def _attribute(instance, name):
    try:
        field = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field.attname if field.concrete else None


def _versions(instance):
    if instance.pk and reversion.is_registered(type(instance)):
        return Version.objects.get_for_object(instance)
    return Version.objects.none()
