"""Forms for something new that make one thing, however often the same form is sent."""

import hashlib
import json
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.models import SentForm

FIELD = "form_key"


class SentOnce:
    """For an admin: the second post of an "add" form is led to what the first one made.

    Only the same words are the same form: who goes back and writes something else makes something else.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is not None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        key = request.POST.get(FIELD) or new_key()
        context = (extra_context or {}) | {FIELD: key}
        if FIELD not in request.POST:
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            request.sent_form = SentForm.claim(_digest(request))
            made = request.sent_form.object_id
            if made and (found := self.get_object(request, made)):
                return self._lead_to(found, request)
            return super().changeform_view(request, object_id, form_url, context)

    def log_addition(self, request, obj, message):
        if sent := getattr(request, "sent_form", None):
            sent.object_id = str(obj.pk)
            sent.save()
        return super().log_addition(request, obj, message)

    def _lead_to(self, found, request):
        sentence = _("This form was sent twice. It was saved once, as “%s”.")
        messages.warning(request, sentence % found)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[found.pk]))


def new_key():
    """Return what a form for something new holds in FIELD."""
    return uuid4().hex


def make_once(request, make):
    """Return (key of what `make` returns, whether it was made now): the same form sent again makes nothing."""
    with transaction.atomic():
        sent = SentForm.claim(_digest(request))
        if sent.object_id:
            return sent.object_id, False
        sent.object_id = str(make().pk)
        sent.save()
        return sent.object_id, True


def _digest(request):
    """Name a form by its key and what stands in it, whichever button was pressed."""
    words = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if not name.startswith("_") and name != "csrfmiddlewaretoken"
    )
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return hashlib.sha256(json.dumps([words, files]).encode()).hexdigest()
