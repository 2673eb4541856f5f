"""What was typed beside a button and not done: it must stand in its field after the redirect."""

from django.contrib import messages
from django.utils.translation import gettext as _

from articles.admin.languages import enabled
from newsroom.languages import LANGUAGES

FIELDS = ("moment", "reason")


def keep(request, article, *, done=None):
    """Remember the moments and reasons that were sent, without those of the language that is done."""
    names = [f"{name}_{code}" for code in enabled() if code != done for name in FIELDS]
    if typed := {name: value for name in names if (value := request.POST.get(name, "").strip())}:
        request.session[_key(article)] = typed


def warn_of_unused_moments(request, form):
    """Say of each moment that was only saved that nothing happens at it."""
    for code in enabled():
        if form.cleaned_data.get(f"moment_{code}"):
            sentence = _("The moment is not used yet: press “Schedule %(language)s”.")
            messages.warning(request, sentence % {"language": LANGUAGES[code].name})


def put_back(request, article, form):
    """Write what was remembered into the fields of a form that is shown next, once."""
    typed = request.session.pop(_key(article), {}) if article and not form.is_bound else {}
    form.initial |= typed


def _key(article):
    return f"typed-{article.pk}"
