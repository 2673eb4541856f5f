"""The page that invites a colleague."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from articles import roles
from articles.actions.access import inviting
from articles.admin.languages import enabled
from articles.admin.widgets import PlainField
from newsroom.languages import LANGUAGES
from newsroom.users import passwords

ROLES = [
    (roles.WRITER, _("Writer: writes stories and hands them in")),
    (roles.EDITOR, _("Editor: everything that concerns stories")),
    (roles.MODERATOR, _("Moderator: comments")),
]


class InvitationForm(forms.Form):
    name = PlainField(label=_("Name, as it stands over stories"), max_length=150)
    email = forms.EmailField(label=_("Mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    languages = forms.MultipleChoiceField(
        label=_("Languages in which they write"),
        help_text=_("Mails to them are in the first of these."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.user = by, None
        self.fields["languages"].choices = [(code, LANGUAGES[code].name) for code in enabled()]
        self.fields["languages"].initial = [settings.LANGUAGE_CODE]

    def clean(self):
        """Invite as well: what stands in the way is told in the form, and nothing is lost."""
        data = super().clean()
        if not self.errors:
            try:
                self.user = inviting.invite(**data, by=self.by)
            except ValidationError as error:
                self.add_error("email", error)
        return data


class InvitesColleagues:
    """An admin with a page that invites a colleague."""

    def get_urls(self):
        address = path(
            "invite/", self.admin_site.admin_view(self.invite_view), name="articles_author_invite"
        )
        return [address, *super().get_urls()]

    def invite_view(self, request):
        if not request.user.has_perm(inviting.ADD):
            raise PermissionDenied
        form = InvitationForm(request.POST or None, by=request.user)
        if request.method == "POST" and form.is_valid():
            self._tell(request, form.user)
            return HttpResponseRedirect(reverse("admin:users_user_changelist"))
        context = self.admin_site.each_context(request) | {
            "title": _("Invite a colleague"),
            "form": form,
            "sends_mail": settings.SENDS_MAIL,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/articles/author/invite.html", context)

    def _tell(self, request, user):
        words = {"name": user, "login": user.username, "email": user.email}
        if settings.SENDS_MAIL:
            inviting.send_link(user)
            sentence = _(
                "%(name)s is invited, with the login %(login)s: a link is on its way to %(email)s."
            )
        else:
            words["link"] = passwords.link_for(user)
            sentence = _(
                "%(name)s is invited, with the login %(login)s. Give them this link, which is shown only now and is good "
                "for three days: %(link)s"
            )
        messages.success(request, sentence % words)
