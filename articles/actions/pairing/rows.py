"""Rows as they stand, kept as values of JSON."""

import json

from django.core import serializers


def held(rows):
    """Return rows as values of JSON, for `brought_back`."""
    return json.loads(serializers.serialize("json", rows))


def brought_back(values):
    """Return the objects that were held, not saved."""
    return [each.object for each in serializers.deserialize("python", values)]


def store(things):
    """Store these objects under the ids that they had, one after another: whoever follows them is told."""
    for each in things:
        each.save(force_insert=True)
