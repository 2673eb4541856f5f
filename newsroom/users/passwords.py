"""Setting a password by a link: for who has lost theirs, by mail, and for a colleague who is new."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import get_language
from django_tasks import task

from newsroom.page import whole
from newsroom.users.models import LostPassword
from newsroom.users.proxy import client_address

HOUR = timedelta(hours=1)
MOST_FOR_ONE = 3
"""Links that one address is sent in an hour: whoever asks need not be its owner."""

MOST_BY_ONE = 10
"""Addresses that one sender may ask for in an hour."""


class InAdmin:
    """Gives a page what all of the admin show."""

    def get_context_data(self, **context):
        return super().get_context_data(**admin.site.each_context(self.request), **context)


class Ask(InAdmin, views.PasswordResetView):
    """Ask for the address; whoever it is, the answer is the same, and takes the same time."""

    success_url = reverse_lazy("password_reset_done")

    def form_valid(self, form):
        email, sender = form.cleaned_data["email"].lower(), client_address(self.request) or ""
        if may_ask(email, sender, at=timezone.now()):
            mail_link.enqueue(email=email, language=self.request.LANGUAGE_CODE)
        return HttpResponseRedirect(self.get_success_url())


class Asked(InAdmin, views.PasswordResetDoneView):
    pass


class Choose(InAdmin, views.PasswordResetConfirmView):
    success_url = reverse_lazy("password_reset_complete")


class Chosen(InAdmin, views.PasswordResetCompleteView):
    pass


def may_ask(email, sender, *, at):
    """Note that somebody asks for a link, and return whether one more may be sent."""
    LostPassword.objects.filter(asked_at__lt=at - HOUR).delete()
    LostPassword.objects.create(email=email, sender=sender, asked_at=at)
    for_one = LostPassword.objects.filter(email=email).count()
    by_one = LostPassword.objects.filter(sender=sender).count()
    return for_one <= MOST_FOR_ONE and by_one <= MOST_BY_ONE


class InTheirLanguage(PasswordResetForm):
    """Writes to everybody in their own language, and in the one that is active to who has none."""

    def send_mail(self, subject, body, context, *args, **kwargs):
        with translation.override(context["user"].mail_language(otherwise=get_language())):
            super().send_mail(subject, body, context, *args, **kwargs)


@task()
def mail_link(email, language):
    """Send a link to each login that has this address, in `language` where it has none of its own; nothing where none has."""
    with translation.override(language):
        form = InTheirLanguage({"email": email})
        if form.is_valid():
            host = urlsplit(settings.SITE_URL).netloc
            form.save(domain_override=host, use_https=settings.HTTPS)


def link_for(user):
    """Return the whole address where `user` sets a password; it is good for three days, and once."""
    number = urlsafe_base64_encode(force_bytes(user.pk))
    parts = {"uidb64": number, "token": default_token_generator.make_token(user)}
    return whole(reverse("password_reset_confirm", kwargs=parts))
