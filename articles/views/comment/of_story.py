"""The comments under a story, and the form to write one. No cookie is set, and none is asked for."""

from functools import wraps

from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.actions import commenting
from articles.comments import limits, links
from articles.models import Category, Comment, Edition
from articles.pages import comments as discussions
from articles.purging import pages
from articles.views.comment.forms import CommentForm
from articles.views.old_address import story_below
from articles.views.page import for_readers, id_of, page_of, show
from newsroom.forms.open import is_own
from newsroom.page import Sharing
from newsroom.pagecache import tag
from newsroom.users.proxy import client_address

LARGEST = 256 * 1024
"""Bytes of what is sent: a comment that is much too long is given back, more than this is none."""

SENT_AS = "application/x-www-form-urlencoded"
"""The one way in which browsers send these forms; what else Django would read is of no use here."""


@for_readers
def comments(request, language, year, month, day, slug):
    """Show the comments under a story; lead from its former address to the one it has now."""
    edition, redirect = _found(request, language, slug, "comments/")
    if redirect:
        return redirect
    is_first, after = "after" not in request.GET, id_of(request.GET.get("after"))
    now = timezone.now()
    tree = Category.tree(language=language, article=edition.article_id, at=now)
    discussion = discussions.read(edition, tree=tree, at=now, after=after)
    if discussion is None or not (is_first or after):
        return HttpResponseRedirect(edition.comments_url)
    page = page_of(
        tree,
        discussion.url,
        _("Comments: %s") % discussion.title,
        description=_("What readers say about “%s”.") % discussion.title,
        sharing=Sharing() if is_first else None,
        has_forms=True,
    )
    response = show(request, "articles/comments.html", page, discussion=discussion)
    return tag(response, pages.comments(discussion), query=("after",))


@for_readers
def comment_among_others(request, language, year, month, day, slug, pk):
    """Lead to the page on which a comment stands now; one that is not to be seen has none but the first."""
    edition, redirect = _found(request, language, slug, f"comments/{pk}/")
    if redirect:
        return redirect
    return HttpResponseRedirect(discussions.address_of(edition, pk) or edition.comments_url)


def for_writers(view):
    """Let a view be read and sent to, without a cookie: it asks whether what is sent is from this site."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length != "0" and not 0 < id_of(length) <= LARGEST:
            raise BadRequest
        if request.method == "POST" and request.content_type != SENT_AS:
            raise BadRequest
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        # Else the address of somebody's own comment would be told; with less, the browser would not say its origin.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(answer)))


@for_writers
def write_comment(request, language, year, month, day, slug):
    """Show the form, and take what is sent: 303 to the page of the comment, or the form with what is wrong."""
    edition, redirect = _found(request, language, slug, "comments/write/")
    if redirect:
        return redirect
    answered = _answered(edition, request.GET.get("to"))
    subject = f"{edition.pk} {answered.pk if answered else ''}"
    if not edition.takes_comments(at=timezone.now()):
        return HttpResponseRedirect(edition.comments_url)
    if request.method != "POST":
        return _form(request, edition, CommentForm(subject=subject), answered)
    form = CommentForm(request.POST, subject=subject, is_own=is_own(request))
    if not form.is_valid():
        return _form(request, edition, form, answered, status=400)
    try:
        comment = _write(request, edition, form, answered)
    except commenting.CommentError as error:
        form.add_error(None, str(error))
        is_limited = isinstance(error, limits.TooMany)
        response = _form(request, edition, form, answered, status=429 if is_limited else 400)
        if is_limited:
            response.headers["Retry-After"] = str(error.seconds)
        return response
    token = links.own(comment)
    response = HttpResponseRedirect(reverse("articles:comment", args=[language, token]))
    response.status_code = 303
    return response


def _write(request, edition, form, answered):
    return commenting.write(
        edition,
        name=form.cleaned_data["name"],
        words=form.cleaned_data["words"],
        email=form.cleaned_data.get("email", ""),
        parent=answered and answered.pk,
        sender=client_address(request),
        form=form.key,
        is_trapped=form.is_trapped,
    )


def _form(request, edition, form, answered, *, status=200):
    tree = Category.tree(language=edition.language, article=edition.article_id, at=timezone.now())
    title = _("Answer %s") % answered.name if answered else _("Write a comment")
    title = _("Not sent: %s") % title if form.errors else title
    page = page_of(tree, request.path, title, sharing=None)
    genre = tree.genre(tree.held())
    context = {"form": form, "edition": edition, "genre": genre, "answered": answered}
    return show(request, "articles/write_comment.html", page, status=status, **context)


def _found(request, language, slug, rest):
    """Return (the edition that can be read there, None), or (None, the redirect to it); or raise Http404."""
    edition, redirect = story_below(request, language, slug, rest)
    if edition and edition.status == Edition.Status.WITHDRAWN:
        return None, HttpResponseRedirect(edition.url)
    return edition, redirect


def _answered(edition, words):
    return Comment.objects.published().filter(edition=edition.pk, pk=id_of(words)).first()
