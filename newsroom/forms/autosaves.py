"""What somebody types into a form of the admin is kept while they type, until the form is saved.

Each page that shows a form has a key of its own. The browser sends what stands in the form a few seconds after
a change (static/js/admin-autosave.js), and keeps it itself while the server does not answer. The next page
with the same form offers it back; nothing of it is saved before somebody presses *Save*.
"""

import re
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from newsroom.models import Autosave

FIELD = "autosave"
KEY = re.compile(r"[0-9a-f]{32}")
KEPT = timedelta(days=30)
MOST = 50
"""How many forms that were not saved are kept for a person; the oldest goes first."""


def key_of(request):
    """Return the key that names the page that is shown: a form that comes back keeps its own."""
    sent = request.POST.get(FIELD, "")
    return sent if KEY.fullmatch(sent) else uuid4().hex


def store(user, *, key, path, title, fields):
    """Keep the fields (name -> values) of an open form; return False where that form has been saved by now."""
    now = timezone.now()
    words = {"path": path, "title": title, "fields": _storable(fields), "at": now}
    autosave, is_new = Autosave.objects.get_or_create(user=user, key=key, defaults=words)
    if is_new:
        _forget_the_old()
        _keep_the_latest(user)
    return is_new or bool(_waiting(user).filter(pk=autosave.pk).update(**words))


def close(user, key):
    """Forget what was typed into a form that is saved; what the browser still sends of it comes too late."""
    if KEY.fullmatch(key):
        _forget_the_old()
        closed = {"is_saved": True, "fields": {}, "at": timezone.now()}
        Autosave.objects.update_or_create(user=user, key=key, defaults=closed)


def offered(user, *, path=None, apart_from=""):
    """Return what somebody typed and did not save, under a path or anywhere; the latest first."""
    here = {"path": path} if path else {}
    return list(_waiting(user).filter(**here).exclude(key=apart_from).order_by("-at"))


def find(user, key):
    """Return what somebody typed into the page of this key; None where it is saved or forgotten."""
    return _waiting(user).filter(key=key).first()


def _storable(fields):
    """Leave out the one character that PostgreSQL cannot store."""

    def clean(words):
        return words.replace("\x00", "")

    return {clean(name): list(map(clean, values)) for name, values in fields.items()}


def _waiting(user):
    return Autosave.objects.filter(user=user, is_saved=False)


def _forget_the_old():
    Autosave.objects.filter(at__lt=timezone.now() - KEPT).delete()


def _keep_the_latest(user):
    """Forms that were saved do not count: they push out no words."""
    kept = _waiting(user).order_by("-at").values_list("pk", flat=True)[:MOST]
    _waiting(user).exclude(pk__in=list(kept)).delete()
