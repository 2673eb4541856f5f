"""Who else has a form of the admin open: its page says every half a minute that it is there (static/js/admin-presence.js)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language, ngettext

from newsroom.i18n.lists import together
from newsroom.languages import LANGUAGES
from newsroom.models import OpenForm

SEEN = timedelta(seconds=90)
"""A page that has not been heard of for so long is closed, or its browser gone."""


def enter(user, path):
    """Note that somebody has the form under a path open."""
    now = timezone.now()
    OpenForm.objects.filter(at__lt=now - SEEN).delete()
    OpenForm.objects.update_or_create(user=user, path=path, defaults={"at": now})


def leave(user, path):
    OpenForm.objects.filter(user=user, path=path).delete()


def sentence(user, path):
    """Return who else has it open, in the language of the page; "" where nobody has."""
    rows = OpenForm.objects.filter(path=path, at__gte=timezone.now() - SEEN).exclude(user=user)
    names = sorted(str(row.user) for row in rows.select_related("user"))
    if not names:
        return ""
    words = ngettext("%(names)s has this open, too.", "%(names)s have this open, too.", len(names))
    return words % {"names": together(names, LANGUAGES[get_language()])}
