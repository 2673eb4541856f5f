"""The page on which a reader finds a comment of theirs: what has become of it, and how to change or erase it."""

from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions import commenting
from articles.comments import links
from articles.models import Category, Comment
from articles.views.comment.forms import WordsForm
from articles.views.comment.of_story import for_writers
from articles.views.page import page_of, show
from newsroom.forms.open import is_own

State = Comment.State


@for_writers
def own_comment(request, language, token):
    """Show a reader's own comment, and do what they ask for: change, confirm or erase it."""
    linked = links.find(token, language=language)
    if not linked:
        raise Http404
    comment, is_mailed = linked
    form = WordsForm(subject=f"own {comment.pk}", initial={"words": comment.words})
    if request.method != "POST":
        return _shown(request, comment, form, is_mailed)
    if not is_own(request):
        form = WordsForm(request.POST, subject=form.subject, is_own=False)
        return _shown(request, comment, form, is_mailed, status=403)
    action = request.POST.get("action")
    if action == "erase" and not comment.is_erased:
        commenting.erase(comment)
    elif action == "confirm" and is_mailed:
        commenting.confirm(comment)
    elif action == "change":
        form = WordsForm(request.POST, subject=form.subject)
        if not _change(comment, form):
            return _shown(request, comment, form, is_mailed, status=400)
    response = HttpResponseRedirect(request.path)
    response.status_code = 303
    return response


def _change(comment, form):
    """Change the words; return whether that was possible, and else have the form say why not."""
    if not form.is_valid():
        return False
    try:
        commenting.edit(comment, words=form.cleaned_data["words"])
    except commenting.CommentError as error:
        form.add_error(None, str(error))
        return False
    return True


def _shown(request, comment, form, is_mailed, *, status=200):
    now, edition = timezone.now(), comment.edition
    title = _("Not sent: %s") % _("Your comment") if form.errors else _("Your comment")
    page = page_of(
        Category.tree(language=edition.language, at=timezone.now()),
        request.path,
        title,
        sharing=None,
    )
    context = {
        "comment": comment,
        "edition": edition,
        "is_live": edition.is_live(at=now),
        "sentence": _sentence(comment, at=now),
        "form": form,
        "may_change": commenting.is_editable(comment, at=now) or bool(form.errors),
        "may_confirm": is_mailed and bool(comment.email) and not comment.confirmed_at,
        "waits_for_mail": bool(comment.email) and not comment.confirmed_at and not is_mailed,
    }
    return show(request, "articles/own_comment.html", page, status=status, **context)


def _sentence(comment, *, at):
    """Say what has become of a comment; who sends spam is told no more than others."""
    if comment.state == State.PUBLISHED and not comment.edition.is_live(at=at):
        return _("It is published, but its story is not to be read at the moment.")
    return {
        State.PENDING: _("Thank you. Somebody in the newsroom reads it before it appears."),
        State.SPAM: _("Thank you. Somebody in the newsroom reads it before it appears."),
        State.PUBLISHED: _("Thank you. Everybody can read it now."),
        State.HIDDEN: _("The newsroom has decided not to show it."),
        State.DELETED: _("It is deleted.")
        if comment.is_erased
        else _("The newsroom has deleted it."),
    }[comment.state]
