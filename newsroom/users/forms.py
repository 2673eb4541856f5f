"""Signing in, and the forms of people."""

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from newsroom.forms import unsaved
from newsroom.forms.merging import MergingForm
from newsroom.users import last, lockout
from newsroom.users.models import User

LAST_TRY = gettext_lazy(
    "After one more try that fails, logins under this name from here are locked for a while."
)


class LoginForm(AdminAuthenticationForm):
    """A login page in which words wait lets in nobody but their writer, and that tells before the last try that it is the last."""

    def get_invalid_login_error(self):
        error = super().get_invalid_login_error()
        if lockout.tries_left(self.request, self.cleaned_data["username"]) != 1:
            return error
        return ValidationError([error, ValidationError(LAST_TRY)])

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        words = unsaved.unpacked(self.data.get(unsaved.FIELD, ""))
        if not (words and unsaved.is_of_another(words, user)):
            return
        writer = User.objects.filter(pk=words[unsaved.WRITER]).first()
        sentence = _(
            "Only %(name)s can log in here, because this page holds what %(name)s wrote. "
            "To log in as somebody else, open the newsroom in another tab."
        )
        if writer is None:
            sentence = _(
                "This page holds what somebody wrote whose account is gone. To log in, open the newsroom in another tab."
            )
        name = {"name": writer and writer.get_username()}
        raise ValidationError(sentence % name, code="words wait")


class PersonForm(MergingForm, UserChangeForm):
    """A person, of whom two administrators change different things."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who may only look has no fields.
        if field := self.fields.get("language"):
            kept = {"", self.instance.language, *dict(settings.LANGUAGES)}
            field.choices = [choice for choice in field.choices if choice[0] in kept]

    def clean(self):
        data = super().clean()
        lost = [name for name in last.MARKS if not data.get(name, True)]
        if lost and (sentence := last.refusal([self.instance])):
            self.add_error(lost[0], sentence)
        return data
