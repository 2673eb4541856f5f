"""What keeps the demo and a newsroom's own site apart: a database is one of both."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from articles.models import Origin
from newsroom.management import demo
from newsroom.site import reading

SOURCE = "demo"


def is_demo():
    """Return whether this database is that of the demo, or of `make hard-demo`."""
    return demo.has_editor() or Origin.objects.filter(source=SOURCE).exists()


def own_name():
    """Return the name that a newsroom has given to its own site here, "" if none has."""
    named = (words["name"] for words in reading.stored().texts.values())
    return next(filter(None, named), "")


def refuse_own_site():
    """Raise CommandError where somebody has begun a site of their own."""
    if is_demo() or not (own_name() or get_user_model().objects.exists()):
        return
    raise CommandError(
        "This database holds a newsroom's own site, and the demo would mix with it: "
        "run `make demo`, which has a folder and a database of its own."
    )
