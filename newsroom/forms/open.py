"""Forms for people without a session: no cookie, no third party, and hard for machines.

The page that shows the form signs a stamp: what it is about, and when it was shown. Who sends it must have
had it for some seconds and not for days. A field that nobody sees catches who fills in all of them. And the
browser must say that it was sent from this site. No two forms that were shown have the same stamp.
"""

import secrets

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

QUICK, OLD = 3, 24 * 3600
"""Seconds: nobody writes faster, and no page is trusted longer."""

SALT = "newsroom.forms.open"
SENTENCES = {
    "quick": _("That was very quick. Please look at it once more, and send it."),
    "old": _("This page was open for a long time. Please look at it once more, and send it."),
    "elsewhere": _(
        "This was sent from another site. Please look at it once more, and send it here."
    ),
    "null": _(
        "Your words hold a character that no text can have. It is taken out: please send them now."
    ),
}


class OpenForm(forms.Form):
    """A form about a `subject`; `is_trapped` tells whether the field that nobody sees was filled in."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False)

    def __init__(self, data=None, *, subject, is_own=True, **kwargs):
        self.has_null = bool(data) and any("\x00" in words for words in data.values())
        if self.has_null:
            data = {key: words.replace("\x00", "") for key, words in data.items()}
        super().__init__(data, label_suffix="", **kwargs)
        self.subject, self.is_own = subject, is_own
        self.signer = signing.TimestampSigner(salt=SALT)

    def clean(self):
        data = super().clean()
        if problem := self._problem(data.get("stamp", "")):
            raise forms.ValidationError(SENTENCES[problem])
        return data

    @property
    def is_trapped(self):
        return bool(self.cleaned_data.get("website"))

    @property
    def fresh_stamp(self):
        """The stamp to show: the one that came as long as it is good, so that nobody waits twice."""
        came = self.data.get("stamp", "") if self.is_bound else ""
        if self._problem_of(came) in {"", "quick"}:
            return came
        return self.signer.sign(f"{self.subject} {secrets.token_urlsafe(12)}")

    @property
    def key(self):
        """What tells the form that was sent from all others, and nobody guesses; it is checked by is_valid()."""
        return self.signer.unsign(self.data["stamp"]).rpartition(" ")[2]

    def _problem(self, stamp):
        if not self.is_own:
            return "elsewhere"
        return "null" if self.has_null else self._problem_of(stamp)

    def _problem_of(self, stamp):
        try:
            if self.signer.unsign(stamp, max_age=OLD).rpartition(" ")[0] != self.subject:
                return "old"
        except signing.BadSignature:
            return "old"
        try:
            self.signer.unsign(stamp, max_age=QUICK)
        except signing.SignatureExpired:
            return ""
        return "quick"


def is_own(request):
    """Return whether the browser says that what it sends comes from a page of this site."""
    own = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return any(sender == origin or sender.startswith(f"{origin}/") for origin in own)
