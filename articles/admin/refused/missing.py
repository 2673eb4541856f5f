"""What a language of a story lacks for its readers: told with a link to where it is mended, and marked there."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.actions import publishing
from articles.admin.languages import enabled
from articles.models import ImageUse
from articles.texts import column
from newsroom.db.handed import HandedOn

ASKED = "missing"
"""What the address of a story's page calls the language whose gaps are marked."""

_refused = HandedOn[str]()
"""The language that a request could not publish for what it lacks."""


def tell(request, edition, reasons):
    """Say why an edition is not published, and remember it if that is for what it lacks."""
    for reason in reasons:
        messages.error(request, linked(reason, reason, edition))
        if isinstance(reason, publishing.Obstacle):
            _refused.put(request, edition.language)


def page(request, article):
    """Return the address of the story's page, which marks what was just refused for lack of it."""
    language = _refused.read(request)
    address = reverse("admin:articles_article_change", args=[article.pk])
    return f"{address}?{ASKED}={language}" if language else address


def linked(words, reason, edition):
    """Return words as a link to what a reason names; as they are where it names nothing that can be filled in."""
    if not isinstance(reason, publishing.Obstacle):
        return words
    return format_html('<a href="{}">{}</a>', _address(reason, edition), words)


def _address(obstacle, edition):
    if obstacle.use and obstacle.field != "alt":
        address = reverse("admin:articles_image_change", args=[obstacle.use.image_id])
        return f"{address}#id_{obstacle.field}"
    row = ""
    if obstacle.use:
        # In the order of its rows on the page.
        row = f"uses-{[use.pk for use in edition.article.uses.all()].index(obstacle.use.pk)}-"
    address = reverse("admin:articles_article_change", args=[edition.article_id])
    name = column(obstacle.field, edition.language)
    return f"{address}?{ASKED}={edition.language}#id_{row}{name}"


def mark(request, form, formsets):
    """Mark in a form that is opened what the language of the address lacks; return that language, "" if nothing is marked."""
    language = request.GET.get(ASKED, "")
    edition = form.editions.get(language)
    if form.is_bound or edition is None or language not in enabled():
        return ""
    rows = [row for formset in formsets if formset.model is ImageUse for row in formset]
    owners = {row.instance.pk: row for row in rows if row.instance.pk} | {None: form}
    marked = ""
    for obstacle in publishing.obstacles(edition, at=timezone.now()):
        owner = owners.get(obstacle.use and obstacle.use.pk)
        name = column(obstacle.field, language)
        if owner and name in owner.fields:
            _add_error(owner, name, obstacle)
            marked = language
    return marked


def _add_error(form, name, sentence):
    """Say what is wrong at a field of a form that was not sent, which has nothing to clean."""
    field_id = form[name].auto_id
    form.errors[name] = form.error_class([sentence], renderer=form.renderer, field_id=field_id)
