"""What a save has made one text of, told to who saved: nobody has read it as a whole."""

from django.contrib import messages
from django.utils.html import strip_tags
from django.utils.translation import gettext as _


def tell(request, *forms_sent):
    """Name the fields of these forms that hold by now what two people have written."""
    merged = [
        str(strip_tags(form.fields[name].label))
        for form in forms_sent
        for name in getattr(form, "joined", ())
    ]
    if merged:
        sentence = _("What you wrote and what was saved meanwhile are one text now: %s.")
        messages.info(request, sentence % ", ".join(merged))
