"""Who can let others in, of whom one has to stay: nobody else gives rights."""

from django.utils.translation import gettext as _

from newsroom.users.models import User

MARKS = ("is_active", "is_staff", "is_superuser")
"""What somebody needs to give rights in the newsroom."""


def superusers():
    """Return the logins that can give rights today."""
    return User.objects.filter(**dict.fromkeys(MARKS, True))


def refusal(people):
    """Return why none of `people` may lose one of the MARKS or be deleted, as a sentence; "" where they may."""
    left, going = set(superusers().values_list("pk", flat=True)), {one.pk for one in people}
    if not left & going or left - going:
        return ""
    return _(
        "One active superuser has to stay, or nobody can invite or give rights any more: make another person one first."
    )
