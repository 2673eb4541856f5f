"""What was typed beside a button and not done: it must stand in its field after the redirect."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext_lazy

from articles.admin.languages import enabled
from newsroom.forms.widgets import MomentInput
from newsroom.languages import LANGUAGES

FIELDS = ("moment", "reason")


def keep(request, article, *, done=None):
    """Remember the moments and reasons that were sent, without those of the language that is done."""
    names = [f"{name}_{code}" for code in enabled() if code != done for name in FIELDS]
    if typed := {name: value for name in names if (value := _sent(request, name))}:
        request.session[_key(article)] = typed


def _sent(request, name):
    """Return what was sent of a field, of a minute that comes twice with which one is meant."""
    return (MomentInput().value_from_datadict(request.POST, {}, name) or "").strip()


UNUSED = {
    False: gettext_lazy("The moment is not used yet: press “Schedule %(language)s”."),
    True: gettext_lazy("The moment is not used yet: press “Correct the date of %(language)s”."),
}


def warn_of_unused_moments(request, form):
    """Say of each moment that was only saved that nothing happens at it."""
    for code in enabled():
        if form.cleaned_data.get(f"moment_{code}"):
            edition = form.editions.get(code)
            is_out = bool(edition) and edition.is_out(at=timezone.now())
            messages.warning(request, UNUSED[is_out] % {"language": LANGUAGES[code].name})


def put_back(request, article, form):
    """Write what was remembered into the fields of a form that is shown next, once."""
    typed = request.session.pop(_key(article), {}) if article and not form.is_bound else {}
    form.initial |= typed


def _key(article):
    return f"typed-{article.pk}"
