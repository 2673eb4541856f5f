"""All comments that were written with a mail address, for whoever reads its mail: to keep, or to delete."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions import commenting
from articles.comments import links
from articles.exporters.comments import as_data
from articles.models import Category
from articles.views.comment.forms import AddressForm
from articles.views.comment.of_story import for_writers
from articles.views.page import page_of, show
from newsroom.forms.open import is_own


@for_writers
def ask_for_comments(request, language):
    """Ask for an address, and have a link sent there; nobody is told whether anything was written with it."""
    if not settings.SENDS_MAIL:
        raise Http404
    form, is_sent, status = AddressForm(subject="mine"), False, 200
    if request.method == "POST":
        form = AddressForm(request.POST, subject="mine", is_own=is_own(request))
        is_sent = form.is_valid()
        status = 200 if is_sent else 400
        if is_sent and not form.is_trapped:
            commenting.ask_for_all(form.cleaned_data["email"], language=language)
    page = page_of(
        Category.tree(language=language, at=timezone.now()),
        request.path,
        _("Your comments"),
        sharing=None,
    )
    context = {"form": form, "is_sent": is_sent}
    return show(request, "articles/ask_for_comments.html", page, status=status, **context)


@for_writers
def comments_of_reader(request, language, token):
    """Show all comments of an address, give them as a file, or erase them."""
    email = links.address_of(token)
    if not email:
        raise Http404
    if request.method == "POST" and is_own(request) and request.POST.get("action") == "erase":
        commenting.erase_all(email)
        response = HttpResponseRedirect(request.path)
        response.status_code = 303
        return response
    comments, now = list(commenting.written_with(email)), timezone.now()
    if "file" in request.GET:
        response = JsonResponse(
            as_data(comments, at=now), safe=False, json_dumps_params={"indent": 2}
        )
        response.headers["Content-Disposition"] = 'attachment; filename="comments.json"'
        return response
    page = page_of(
        Category.tree(language=language, at=timezone.now()),
        request.path,
        _("Your comments"),
        sharing=None,
    )
    told = [
        (comment, comment.edition.title if comment.edition.is_live(at=now) else "")
        for comment in comments
    ]
    return show(request, "articles/comments_of_reader.html", page, comments=told, email=email)
