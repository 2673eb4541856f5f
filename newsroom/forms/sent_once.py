"""Forms for something new that make one thing, however often the same form is sent."""

import hashlib
import json
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from newsroom.db.handed import HandedOn
from newsroom.forms import autosaves, unsaved
from newsroom.models import SentForm

FIELD = "form_key"
OF_THE_PAGE = {"csrfmiddlewaretoken", autosaves.FIELD}
"""What a page has anew each time that it is asked for."""

_claims = HandedOn[SentForm]()
"""The claim of a request to what its form makes."""
_made_before = HandedOn[object]()
"""What the same form has made in an earlier request."""


class SentOnce:
    """For an admin: the second post of an "add" form is led to what the first one made.

    Who goes back and sends other words is asked whether they are to be another thing; the form that asks is a new one.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is not None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        key = request.POST.get(FIELD) or new_key()
        context = (extra_context or {}) | {FIELD: key}
        # What is only shown again makes nothing.
        if FIELD not in request.POST or unsaved.has_no_room(request):
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            made = _claims.put(request, SentForm.claim(_digest(request))).object_id
            if made and (saved := self.get_object(request, made)):
                return self._lead_to(saved, request)
            if made := self._made_by(request, key):
                _made_before.put(request, made)
                context[FIELD] = new_key()
            return super().changeform_view(request, object_id, form_url, context)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002, Django's own signature
        form = super().get_form(request, obj, change=change, **kwargs)
        made = _made_before.read(request)
        return _refusing(form, self._question(made)) if made else form

    def log_addition(self, request, obj, message):
        if sent := _claims.read(request):
            key = SentForm.claim(_name(request.POST[FIELD]))
            for claim in (sent, key):
                claim.object_id = str(obj.pk)
                claim.save()
        return super().log_addition(request, obj, message)

    def _made_by(self, request, key):
        """Return what a form with this key has made, or None."""
        sent = SentForm.objects.filter(key=_name(key)).first()
        return sent and self.get_object(request, sent.object_id)

    def _lead_to(self, saved, request):
        sentence = _("This form was sent twice. It was saved once, as “%s”.")
        messages.warning(request, sentence % saved)
        return HttpResponseRedirect(self._address(saved))

    def _question(self, made):
        sentence = _(
            "This form has made “%s” already: go on there. If this is to be another one, save it once more."
        )
        link = format_html('<a href="{}"><bdi>{}</bdi></a>', self._address(made), made)
        return format_html(sentence.replace("%s", "{}"), link)

    def _address(self, made):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[made.pk])


def _refusing(form, sentence):
    """Return a class of forms like `form` that are never valid, for the reason that a sentence tells."""

    def clean(self):
        cleaned = form.clean(self)
        self.add_error(None, sentence)
        return cleaned

    return type(form.__name__, (form,), {"clean": clean})


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


def was_made(request):
    """Tell whether the same form has made something before."""
    return SentForm.objects.filter(key=_digest(request)).exclude(object_id="").exists()


def forget(request):
    """Forget a form that has made nothing after all: sent again, it may make something."""
    SentForm.objects.filter(key=_digest(request)).delete()


def _name(key):
    """Name a form by its key alone."""
    return hashlib.sha256(key.encode()).hexdigest()


def _digest(request):
    """Name a form by its key and what stands in it, whichever button was pressed."""
    words = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if not name.startswith("_") and name not in OF_THE_PAGE
    )
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return hashlib.sha256(json.dumps([words, files]).encode()).hexdigest()
