"""Words that were sent from a form of the admin and could not be saved: they are in the form again.

Somebody was signed out while writing, signed in anew in another tab, or wrote on something that was deleted
meanwhile; or there is no room to store anything, on a disk that is full or read-only. Without a session the words wait in the login page, signed; after the login they wait in the session
until their form is shown, once. Nobody is shown what somebody else wrote: a form names its writer. Nothing is
saved before somebody presses *Save*.
"""

import logging
import re

from django.contrib import admin
from django.core import signing
from django.db import DatabaseError, OperationalError
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from newsroom import errors
from newsroom.db import locks
from newsroom.db.handed import HandedOn
from newsroom.forms import autosaves, presence
from newsroom.forms.open import is_own

logger = logging.getLogger(__name__)

FIELD, WRITER = "unsaved", "writer"
SAVED = "saved_forms"
"""The cookie that static/js/admin-kept.js reads and takes away."""
SALT, WRITER_SALT = "newsroom.forms.unsaved", "newsroom.forms.unsaved.writer"
NO_WORDS = frozenset({"csrfmiddlewaretoken", WRITER})

SIGNED_OUT, OLD_PAGE, DELETED, NO_ROOM = "signed out", "old page", "deleted", "no room"
KEPT = "kept"
READ_ONLY = "25006"
"""What PostgreSQL calls it when it takes no writes, as a replica does."""

SENTENCES = {
    KEPT: gettext_lazy("This is what you wrote here and did not save."),
    SIGNED_OUT: gettext_lazy("You were signed out while you wrote. What you wrote is here again."),
    OLD_PAGE: gettext_lazy(
        "You signed in again since you opened the page. What you wrote is here."
    ),
    DELETED: gettext_lazy(
        "This was deleted while you wrote. What you wrote stands here as a new one."
    ),
    NO_ROOM: gettext_lazy(
        "Nothing was saved: there is no room to store it at the moment. Your words are still here; please "
        "tell whoever runs the site, and try again."
    ),
}

_brought = HandedOn[dict]()
"""What a request brings that is not saved: `why`, whether it had `files`, and the words."""


def brought(request, why):
    """Return the words that a request brings of a form, or from a login page; None where there are none.

    A form with a password in it brings none, nor one that names no writer: it would not show them again.
    """
    match = request.resolver_match
    if request.method != "POST" or match.app_name != "admin":
        return None
    if match.url_name == "login":
        return unpacked(request.POST.get(FIELD, ""))
    writer, fields = _writer(request), words_of(request)
    if not (is_form(match) and writer and fields):
        return None
    path, files = request.get_full_path(), bool(request.FILES)
    return {"path": path, "fields": fields, "files": files, "why": why, WRITER: writer}


def is_form(match):
    """Return whether an address, as resolved, is that of a form of the admin with words in it."""
    name = match.url_name or ""
    return match.app_name == "admin" and name.endswith(("_add", "_change", "_recover"))


def words_of(request):
    """Return the fields that were sent, name -> values; none of a form with a password in it."""
    if any("password" in key for key in request.POST):
        return {}
    return {name: values for name, values in request.POST.lists() if name not in NO_WORDS}


def wait(request, path, fields, why):
    """Let words wait in the session until the form under a path is shown; no file is among them."""
    writer = str(request.user.pk)
    request.session[FIELD] = {
        "path": path,
        "fields": fields,
        "files": False,
        "why": why,
        WRITER: writer,
    }


def packed(words):
    return signing.dumps(words, salt=SALT, compress=True)


def unpacked(value):
    """Return the words of a login page; None where we did not pack them."""
    try:
        return signing.loads(value, salt=SALT)
    except signing.BadSignature:
        return None


def name_writer(user):
    """Return what a form sends, so that its words are known as those of this user."""
    return signing.Signer(salt=WRITER_SALT).sign(user.pk)


def is_writer(request):
    """Return whether a form that was sent names whoever sends it as its writer."""
    return _writer(request) == str(request.user.pk)


def _writer(request):
    try:
        return signing.Signer(salt=WRITER_SALT).unsign(request.POST.get(WRITER, ""))
    except signing.BadSignature:
        return ""


def is_of_another(words, user):
    """Return whether somebody else than this user wrote the words."""
    return words[WRITER] != str(user.pk)


def csrf_failure(request, reason=""):
    """Give words back that came with an old token from a page of ours; refuse everything else."""
    words = brought(request, OLD_PAGE)
    if not (words and is_own(request)):
        return errors.form_expired(request)
    if not admin.site.has_permission(request) or is_of_another(words, request.user):
        return admin.site.ask_to_log_in(request, words)
    request.session[FIELD] = words
    return HttpResponseRedirect(words["path"])


class Unsaved:
    """For a form that shows words again: it is not saved, whatever else is said of them."""

    unsaved = {}

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            self.add_error(None, " ".join(self._sentences()))

    def _sentences(self):
        why = self.unsaved["why"]
        yield str(SENTENCES[why])
        if why != NO_ROOM:
            yield _("It is not saved yet: look at it and save.")
        if self.unsaved["files"]:
            yield _("Choose the file again: it could not be kept.")


def marked(request, form):
    """Return a form class that shows words again and saves nothing, where a request brings some; otherwise the same one."""
    words = _brought.read(request)
    return type(form)(form.__name__, (Unsaved, form), {"unsaved": words}) if words else form


def shown(request, show, context, *, is_shared):
    """Answer a request for the page of a form by `show(context)`, with the words that wait for it, or could not be stored."""
    is_read = request.method == "GET"
    writer = name_writer(request.user)
    words = request.session.get(FIELD)
    if is_read and words and words["path"] == request.get_full_path():
        _brought.put(request, request.session.pop(FIELD))
        _send_again(request, words["fields"] | {WRITER: [writer]})
    key = autosaves.key_of(request)
    context = context | {WRITER: writer, autosaves.FIELD: key}
    if is_read:
        context |= _waiting_here(request, key, is_shared=is_shared)
    response = _again_unless_stored(request, lambda: show(context))
    if not is_read and _is_done(response) and FIELD not in request.session:
        autosaves.close(request.user, key)
        _tell_browser(request, response, key)
    return response


def _tell_browser(request, response, key):
    """Name a form that is saved, and the last ones that the browser has not heard of, so that it holds no word of it."""
    keys = [*request.COOKIES.get(SAVED, "").split(".")[-9:], key]
    known = ".".join(one for one in keys if autosaves.KEY.fullmatch(one))
    place = {"path": reverse("admin:index"), "secure": request.is_secure(), "samesite": "Lax"}
    response.set_cookie(SAVED, known, max_age=3600, **place)


def _is_done(response):
    """Return whether a form led on, or tells the window that opened its own what was made there."""
    told = getattr(response, "context_data", None) or {}
    return response.status_code == 302 or "popup_response_data" in told


def _again_unless_stored(request, show):
    """Answer by `show()`; where it cannot store what a form brings, answer by it once more, with the form as it was sent."""
    try:
        return show()
    except (OSError, DatabaseError) as error:
        if request.method != "POST" or _brought.read(request) or not _is_of_the_host(error):
            raise
        logger.warning("A form cannot be stored: %s", " ".join(str(error).split()))
    _brought.put(request, {"why": NO_ROOM, "files": bool(request.FILES)})
    # With a database that does not answer this fails as well, and the reader of the log sees why.
    with locks.none_writing():
        return show()


def _is_of_the_host(error):
    """Return whether the host is what keeps something from being stored, and not what is to be stored."""
    is_read_only = getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    return isinstance(error, (OSError, OperationalError)) or is_read_only


def has_no_room(request):
    """Return whether a form is shown once more because what it brings could not be stored."""
    return _brought.read(request, {}).get("why") == NO_ROOM


def _waiting_here(request, key, *, is_shared):
    """Return what a page says on top: words that were not saved, and who else has it open."""
    user, path = request.user, request.path
    return {
        "autosaves": autosaves.offered(user, path=path, apart_from=key),
        "presence": presence.sentence(user, path) if is_shared else "",
        "is_shared": is_shared,
    }


class ShowsUnsaved:
    """For an admin: its form shows the words that wait for it, or that could not be stored just now."""

    # Where saving is a revision, its transaction begins outside of the form.
    def add_view(self, request, *args, **kwargs):
        view = super().add_view
        return _again_unless_stored(request, lambda: view(request, *args, **kwargs))

    def change_view(self, request, *args, **kwargs):
        view = super().change_view
        return _again_unless_stored(request, lambda: view(request, *args, **kwargs))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        def show(context):
            return super(ShowsUnsaved, self).changeform_view(request, object_id, form_url, context)

        return shown(request, show, extra_context or {}, is_shared=object_id is not None)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002, Django's own
        form = super().get_form(request, obj, change=change, **kwargs)
        return marked(request, form)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        words = brought(request, DELETED)
        if not words:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
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
