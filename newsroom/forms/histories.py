"""The history of a thing in the admin, in the language of who reads it, whoever did what in which."""

import json
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext

from newsroom.db import revisions
from newsroom.i18n import standin

MOVED = [{"changed": {"fields": ["Position"]}}]
"""What is logged of a thing that an action of its list has moved: as if its number were changed in its form."""


class HistoryOfReader:
    """For an admin: what is logged and kept of a change names no language, and is told in that of who reads it."""

    def construct_change_message(self, request, form, formsets, add=False):  # noqa: FBT002, Django's own
        """Name what was changed in plain words: labels hold HTML, and a history shows none."""
        told = super().construct_change_message(request, form, formsets, add)
        for change in (details for entry in told for details in entry.values()):
            if "fields" in change:
                change["fields"] = [unescape(strip_tags(label)) for label in change["fields"]]
        return told

    def log_addition(self, request, obj, message):
        return _noted(super().log_addition(request, obj, message))

    def log_change(self, request, obj, message):
        return _noted(super().log_change(request, obj, message))

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        for action in getattr(response, "context_data", {}).get("action_list", ()):
            if isinstance(action, dict):
                action["revision"].comment = _told(action["revision"].comment)
            else:
                action.change_message = _told(action.change_message)
        return response


def _noted(entry):
    """Let a revision keep what was done as the log does: not in the words of one language."""
    if entry:
        revisions.say(entry.change_message)
    return entry


def _told(stored):
    """Return what is stored of a change with the names of its fields as they are called for who reads."""
    try:
        told = json.loads(stored)
    except ValueError:
        return stored
    for change in (details for entry in told for details in entry.values()):
        if "fields" in change:
            change["fields"] = [_called(name) for name in change["fields"]]
    return json.dumps(told)


def _called(name):
    """Return a field's name in the language that is active; the language in brackets behind it keeps its own name."""
    words, bracket, language = unescape(strip_tags(name)).partition(" (")
    # A label is the name of its field, with a capital letter.
    known = {original: gettext(original) for original in (words, words[:1].lower() + words[1:])}
    said = (name for original, name in known.items() if standin.PLAIN.sub("", name) != original)
    return capfirst(next(said, words)) + bracket + language
