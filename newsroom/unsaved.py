"""Words that were sent from a form of the admin and could not be saved: they are in the form again.

Somebody was signed out while writing, signed in anew in another tab, or wrote on something that was deleted
meanwhile. Without a session the words wait in the login page, signed; after the login they wait in the session
until their form is shown, once. Nothing is saved before somebody presses *Save*.
"""

import re

from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.csrf import csrf_failure as refuse

FIELD = "unsaved"
SALT = "newsroom.unsaved"
AGE = 24 * 3600
"""Seconds for which a login page holds words."""

SIGNED_OUT, OLD_PAGE, DELETED = "signed out", "old page", "deleted"
SENTENCES = {
    SIGNED_OUT: gettext_lazy("You were signed out while you wrote. What you wrote is here again."),
    OLD_PAGE: gettext_lazy(
        "You signed in again since you opened the page. What you wrote is here."
    ),
    DELETED: gettext_lazy(
        "This was deleted while you wrote. What you wrote stands here as a new one."
    ),
}


def can_be_kept(request):
    """Return whether a request brings words of a form that can show them again; never a password."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    is_form = request.resolver_match.app_name == "admin" and name.endswith(("_add", "_change"))
    return (
        is_form and request.method == "POST" and not any("password" in key for key in request.POST)
    )


def words_of(request, why):
    """Return what a request brought, in a form that a session or a signature can hold."""
    fields = {
        name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
    }
    path, files = request.get_full_path(), bool(request.FILES)
    return {"path": path, "fields": fields, "files": files, "why": why}


def packed(request, why=SIGNED_OUT):
    return signing.dumps(words_of(request, why), salt=SALT, compress=True)


def unpack(request, value):
    """Let the words of a login page wait in the session of whoever has signed in."""
    try:
        request.session[FIELD] = signing.loads(value, salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return


def csrf_failure(request, reason=""):
    """Give words back that came with an old token from a page of ours; refuse everything else."""
    if not (can_be_kept(request) and _is_ours(request)):
        return refuse(request, reason)
    if not admin.site.has_permission(request):
        return admin.site.ask_to_log_in(request)
    request.session[FIELD] = words_of(request, OLD_PAGE)
    return HttpResponseRedirect(request.get_full_path())


def _is_ours(request):
    """Return whether the browser says that the page that was sent is one of this site."""
    own = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return any(sender == each or sender.startswith(f"{each}/") for each in own)


class Unsaved:
    """For a form that shows words again: it is not saved."""

    unsaved = {}

    def clean(self):
        data = super().clean()
        sentences = [
            str(SENTENCES[self.unsaved["why"]]),
            _("It is not saved yet: look at it and save."),
        ]
        if self.unsaved["files"]:
            sentences.append(_("Choose the file again: it could not be kept."))
        self.add_error(None, " ".join(sentences))
        return data


class ShowsUnsaved:
    """For an admin: its form shows the words that wait for it."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        words = request.session.get(FIELD)
        if request.method == "GET" and words and words["path"] == request.get_full_path():
            request.unsaved = request.session.pop(FIELD)
            _send_again(request, words["fields"])
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002, Django's own
        form = super().get_form(request, obj, change=change, **kwargs)
        if not hasattr(request, "unsaved"):
            return form
        return type(form)(form.__name__, (Unsaved, form), {"unsaved": request.unsaved})

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if not (request.method == "POST" and can_be_kept(request)):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        words = words_of(request, DELETED)
        path = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
        request.session[FIELD] = words | {
            "path": path,
            "fields": _as_new(words["fields"], opts.model_name),
        }
        return HttpResponseRedirect(path)


def _send_again(request, fields):
    """Make a request the one that was sent: its form is refused, with every field and row as written."""
    request.FILES  # noqa: B018, read now: Django would read it later, and the fields with it
    request.method, request.POST = "POST", QueryDict(mutable=True)
    for name, values in fields.items():
        request.POST.setlist(name, values)


def _as_new(fields, parent):
    """Return the fields of a form as those of one for something new: no row of it exists any more."""
    gone = re.compile(rf"^(opened|choice-.*|.*-\d+-(id|DELETE|{parent}))$")
    kept = {name: values for name, values in fields.items() if not gone.match(name)}
    return {
        name: ["0"] if name.endswith("-INITIAL_FORMS") else values for name, values in kept.items()
    }
