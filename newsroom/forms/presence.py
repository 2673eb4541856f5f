"""Who else has a form of the admin open: its page says every half a minute that it is there (static/js/admin-presence.js).

Several pages may have a form of one thing, such as one for each of its parts: who is on one is told of who is on another.
"""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language, ngettext

from newsroom.i18n.lists import together
from newsroom.languages import LANGUAGES
from newsroom.models import OpenForm

SEEN = timedelta(seconds=90)
"""A page that has not been heard of for so long is closed, or its browser gone."""


def thing_at(path):
    """Return the beginning that all pages of the thing share whose form is under a path: "/admin/users/user/7/"."""
    beginning = re.match(r".*?/\d+/", path)
    return beginning[0] if beginning else path


def enter(user, path):
    """Note that somebody has the form under a path open."""
    now = timezone.now()
    OpenForm.objects.filter(at__lt=now - SEEN).delete()
    OpenForm.objects.update_or_create(user=user, path=path, defaults={"at": now})


def leave(user, path):
    OpenForm.objects.filter(user=user, path=path).delete()


def sentence(user, path):
    """Return who else has it open, on whichever page, in the language of this one; "" where nobody has."""
    here = OpenForm.objects.filter(path__startswith=thing_at(path))
    rows = here.filter(at__gte=timezone.now() - SEEN).exclude(user=user)
    names = sorted({row.user_id: str(row.user) for row in rows.select_related("user")}.values())
    if not names:
        return ""
    words = ngettext("%(names)s has this open, too.", "%(names)s have this open, too.", len(names))
    return words % {"names": together(names, LANGUAGES[get_language()])}
