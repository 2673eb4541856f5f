"""Show a form again, with its words, when what it says cannot be stored: a full disk, or one that is read-only."""

import logging

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

REASON = _(
    "Nothing was saved: there is no room to store it at the moment. Your words are still here; please "
    "tell whoever runs the site, and try again."
)


class KeepsWords:
    """For an admin class whose form is a NewsroomForm."""

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (OSError, OperationalError) as error:
            if request.method != "POST":
                raise
            logger.warning("A form cannot be stored: %s", " ".join(str(error).split()))
        request.cannot_be_stored = True
        # With a database that does not answer this fails as well, and the reader of the log sees why.
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        if getattr(request, "cannot_be_stored", False):
            form.refusal = REASON
        return form
