"""The admin site: its name, and its front page in the order of a working day."""

from functools import wraps
from urllib.parse import unquote

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, path, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.http import require_POST

from newsroom.forms import autosaves, presence, unsaved
from newsroom.models import VerifiedBackup
from newsroom.site.reading import current

SECTIONS = {
    "write": _("Write"),
    "pictures": _("Pictures"),
    "organise": _("Organise"),
    "site": _("Site"),
    "administration": _("Administration"),
}
"""The headings of the front page. An admin class says with `section` where it stands, and with `position` which it is there."""

REST = "administration"
"""The section of what names none, as the admin of a library; the front page folds it."""

# Apps whose models are used through other pages.
LEFT_OUT = frozenset({"taggit"})


class NamedChoices(AutocompleteJsonView):
    """What an autocomplete offers, called as its admin's `named(things)` says where it has one: id -> words."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        named = getattr(self.model_admin, "named", None)
        self.names = named(context["object_list"]) if named else {}
        return context

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        return result | {"text": self.names.get(obj.pk, result["text"])}


class NewsroomAdminSite(AdminSite):
    index_title = _("Newsroom")
    empty_value_display = "—"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._days = []

    def tells_day(self, day):
        """Let the front page show what `day(user, at=…)` returns: lists with `heading`, `entries`, `number` and `url`."""
        self._days.append(day)

    @property
    def site_header(self):
        return current(get_language()).name

    site_title = site_header

    def admin_view(self, view, cacheable=False):  # noqa: FBT002, Django's own
        """Refuse at the door a search or filter with the one character that no text can hold.

        PostgreSQL cannot even be asked for it; what is typed into a form is the form's to refuse.
        """
        view = super().admin_view(view, cacheable)

        @wraps(view)
        def checked(request, *args, **kwargs):
            if "\x00" in unquote(request.META.get("QUERY_STRING", "")):
                raise BadRequest
            words = unsaved.brought(request, unsaved.SIGNED_OUT)
            if words and not request.user.is_authenticated:
                return self.ask_to_log_in(request, words)
            return view(request, *args, **kwargs)

        return checked

    def autocomplete_view(self, request):
        return NamedChoices.as_view(admin_site=self)(request)

    @property
    def login_form(self):
        from newsroom.users.forms import LoginForm  # needs the models

        return LoginForm

    def ask_to_log_in(self, request, words):
        """Answer words that came without a session: the login page holds them meanwhile."""
        context = self.login_context(request, unsaved.packed(words), words["path"])
        response = TemplateResponse(request, "admin/login.html", context)
        add_never_cache_headers(response)
        return response

    def login_context(self, request, waiting, path):
        """Return what a login page shows that holds packed words of the form under a path."""
        return self.each_context(request) | {
            "title": _("Log in"),
            "form": self.login_form(request),
            "app_path": reverse("admin:login"),
            "next": path,
            unsaved.FIELD: waiting,
        }

    def login(self, request, extra_context=None):
        waiting = request.POST.get(unsaved.FIELD)
        context = (extra_context or {}) | ({unsaved.FIELD: waiting} if waiting else {})
        response = super().login(request, context)
        has_signed_in = request.user.is_authenticated and response.status_code == 302
        if waiting and has_signed_in and (words := unsaved.unpacked(waiting)):
            request.session[unsaved.FIELD] = words
        return response

    # --- What is typed, and not saved yet ---

    def get_urls(self):
        own = {"autosave/": self.autosave_view, "autosave/<str:key>/": self.bring_view}
        own["presence/"] = self.presence_view
        on_site = "r/<path:content_type_id>/<path:object_id>/"
        return [
            *(
                path(address, self.admin_view(require_POST(view)), name=view.__name__)
                for address, view in own.items()
            ),
            # Before Django's own, which leads everybody who is staff to everything that has an address.
            path(on_site, self.admin_view(self.on_site_view), name="view_on_site"),
            *super().get_urls(),
        ]

    def on_site_view(self, request, content_type_id, object_id):
        """Lead to the page for readers of something that may be looked at here."""
        known = content_type_id.isdecimal() and len(content_type_id) < 10
        kind = ContentType.objects.filter(pk=content_type_id).first() if known else None
        admin = kind and self._registry.get(kind.model_class())
        if not (admin and admin.has_view_permission(request)):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def autosave_view(self, request):
        """Keep what stands in an open form: 204; 200 where it has been saved by now, 403 where it is another's."""
        page, key = request.GET.get("path", ""), request.POST.get(autosaves.FIELD, "")
        fields = unsaved.words_of(request)
        if not (_is_form(page) and autosaves.KEY.fullmatch(key) and fields):
            raise BadRequest
        if not unsaved.is_writer(request):
            return HttpResponse(status=403)
        title = request.GET.get("title", "")[:200]
        is_kept = autosaves.store(request.user, key=key, path=page, title=title, fields=fields)
        return HttpResponse(status=204 if is_kept else 200)

    def bring_view(self, request, key):
        """Show what was typed in its form again, or throw it away, and lead to the form."""
        autosave = autosaves.find(request.user, key)
        if autosave is None:
            return HttpResponseRedirect(reverse("admin:index"))
        if "drop" in request.POST:
            autosaves.close(request.user, key)
        else:
            unsaved.wait(request, autosave.path, autosave.fields, unsaved.KEPT)
        return HttpResponseRedirect(autosave.path)

    def presence_view(self, request):
        """Note that a form is open, or left; answer who else has it open, as a sentence or nothing."""
        page = request.GET.get("path", "")
        if not _is_form(page):
            raise BadRequest
        if "leave" in request.POST:
            presence.leave(request.user, page)
            return HttpResponse(status=204)
        presence.enter(request.user, page)
        return HttpResponse(presence.sentence(request.user, page), content_type="text/plain")

    def index(self, request, extra_context=None):
        # Whoever may bring a backup back is told of it.
        is_told, now = request.user.is_superuser, timezone.now()
        told = {
            "autosaves": autosaves.offered(request.user),
            "day": [listing for day in self._days for listing in day(request.user, at=now)],
            "is_told_of_backup": is_told,
            "backup": VerifiedBackup.last() if is_told else None,
        }
        return super().index(request, told | (extra_context or {}))

    def register(self, model_or_iterable, admin_class=None, **options):
        models = (
            model_or_iterable
            if isinstance(model_or_iterable, (list, tuple))
            else [model_or_iterable]
        )
        wanted = [model for model in models if model._meta.app_label not in LEFT_OUT]
        super().register(wanted, admin_class, **options)

    def get_app_list(self, request, app_label=None):
        """Return the sections in the form of Django's list of apps; one app's own list as it is."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        by_section = {section: [] for section in SECTIONS}
        for model in (model for app in apps for model in app["models"]):
            by_section[self._place(model)[0]].append(model)
        return [
            {
                "name": heading,
                "app_label": section,
                "app_url": "",
                "has_module_perms": True,
                "is_folded": section == REST,
                "models": sorted(by_section[section], key=self._place),
            }
            for section, heading in SECTIONS.items()
            if by_section[section]
        ]

    def _place(self, model):
        """Return the section of a model in Django's list, and which it is there; the others come last."""
        admin = self._registry[model["model"]]
        return getattr(admin, "section", REST), getattr(admin, "position", len(self._registry))


def _is_form(page):
    try:
        return len(page) <= 500 and unsaved.is_form(resolve(page))
    except Resolver404:
        return False
