"""Who has a language of a story in hand: somebody to whom the desk gave it, or who claimed it.

Each verb checks the permission and what stands in the way, and writes an event, in one transaction. What stands in
the way can be asked before.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import roles
from articles.models import Article, Assignment, Author, Byline, Edition, Event
from newsroom.db import locks, together

Status = Edition.Status


def assign(article, language, *, to, by, now=None):
    """Give a language of a story to somebody, whoever had it."""
    _require(roles.may_assign(by))
    _change(article, language, "assign", to=to, by=by, now=now)


def claim(article, language, *, by, now=None):
    """Take a language in hand that nobody has: whoever may write only stories of their own may write that from now on."""
    _require(roles.may_claim(by))
    _change(article, language, "claim", to=by, by=by, now=now)


def release(article, language, *, by, now=None):
    """Give back what one has in hand; the desk may take it from anybody."""
    _require(roles.may_claim(by))
    _change(article, language, "release", to=None, by=by, now=now)


def is_credited(user):
    """Return whether somebody is named over what they translate, once it is published: an author has their login."""
    return Author.objects.filter(user=user).exists()


def refusals(verb, article, language, *, by, to=None):
    """Return why a verb of this module cannot be done, as sentences; [] if nothing speaks against it."""
    return list(_refusals(verb, language, **_facts(article, language), by=by, to=to))


def finish(edition):
    """End the assignment of an edition that is being published, and credit who had it in hand as its translator."""
    if together.is_new(edition):  # nobody has it in hand yet
        return
    done = Assignment.objects.filter(article=edition.article_id, language=edition.language)
    for assignment in done.select_related("user"):
        if not edition.is_source:
            _credit(edition, assignment.user)
        assignment.delete()


def _change(article, language, verb, *, to, by, now):
    with locks.writing():
        # As it is by now: what the caller holds is older than the lock.
        facts = _facts(Article.objects.only("source_language").get(pk=article.pk), language)
        if reasons := list(_refusals(verb, language, **facts, by=by, to=to)):
            raise ValidationError(reasons)
        moment, before = now or timezone.now(), facts["assignment"]
        if to:
            values = {"user": to, "by": by, "at": moment}
            key = {"article": article, "language": language}
            Assignment.objects.update_or_create(**key, defaults=values)
        else:
            before.delete()
        whose = to or before.user
        event = {"verb": verb, "by": by, "at": moment, "note": "" if whose == by else str(whose)}
        Event.objects.create(article=article, language=language, **event)


def _facts(article, language):
    """Return what decides whether a language can be taken in hand; of many stories its caller has prefetched it."""
    assignments = {assignment.language: assignment for assignment in article.assignments.all()}
    editions = {edition.language: edition for edition in article.editions.all()}
    return {
        "assignment": assignments.get(language),
        "edition": editions.get(language),
        "source_language": article.source_language,
    }


def _refusals(verb, language, *, assignment, edition, source_language, by, to):
    if verb == "release":
        if assignment is None:
            yield _("Nobody has it in hand.")
        elif assignment.user_id != by.pk and not roles.may_assign(by):
            yield _("%(name)s has it in hand.") % {"name": assignment.user}
        return
    if assignment and assignment.user_id == to.pk:
        yield _("%(name)s has it in hand already.") % {"name": to}
    elif assignment and verb == "claim":
        yield _("%(name)s has it in hand.") % {"name": assignment.user}
    if not to.is_active or not roles.may_claim(to):
        yield _("%(name)s may not write stories.") % {"name": to}
    if verb == "claim" and not roles.may_assign(by):
        yield from _volunteers_refusals(language, edition, source_language)


def _volunteers_refusals(language, edition, source_language):
    """Yield why somebody who may write only what is theirs cannot take this in hand."""
    if language == source_language:
        yield _("The story is written in this language: only the desk gives it to somebody.")
    elif edition and edition.status in roles.RELEASED:
        yield _("Only editors change a text that is published, scheduled or withdrawn.")


def _credit(edition, user):
    """Name who translated an edition above it, unless they are credited there already."""
    author = Author.objects.filter(user=user).first()
    shown = {"language__in": ["", edition.language]}
    bylines = Byline.objects.filter(article=edition.article_id)
    if author is None or bylines.filter(author=author, **shown).exists():
        return
    last = bylines.order_by("-position").values_list("position", flat=True).first()
    Byline.objects.create(
        article=edition.article,
        author=author,
        role=Byline.Role.TRANSLATOR,
        language=edition.language,
        position=0 if last is None else last + 1,
    )


def _require(is_allowed):
    if not is_allowed:
        raise PermissionDenied(_("You are not allowed to do this: ask somebody who may publish."))
