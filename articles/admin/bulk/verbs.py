"""The verbs that many stories can be given at once: what speaks against each, and doing it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _, gettext_lazy

from articles import roles
from articles.actions import assigning, organising, publishing
from articles.admin.languages import writing_in
from articles.models import Article, Edition, ImageUse
from newsroom.languages import LANGUAGES

VERBS = {
    "publish": gettext_lazy("Publish"),
    "withdraw": gettext_lazy("Withdraw"),
    "assign": gettext_lazy("Assign to somebody"),
    "claim": gettext_lazy("Claim"),
    "release": gettext_lazy("Give back"),
    "tag": gettext_lazy("Add tags"),
    "categorise": gettext_lazy("Add a category"),
}
OF_LANGUAGES = frozenset({"publish", "withdraw", "assign", "claim", "release"})
"""Verbs that are done to languages of a story; the others are done to the story."""

OF_WRITERS = ("claim", "release")


@dataclass(frozen=True)
class Change:
    """What a verb would do to a story, in one language or, with "", in what all share; `reasons` speak against it."""

    article: object
    language: str
    reasons: tuple = ()

    @property
    def headline(self):
        return str(self.article)

    @property
    def attributes(self):
        return writing_in(self.article.source_language)

    @property
    def language_name(self):
        return LANGUAGES[self.language].name if self.language else ""


def offered(user):
    """Return verb -> words of those that `user` may give at all."""
    if roles.may_assign(user):
        return VERBS
    return {verb: VERBS[verb] for verb in OF_WRITERS} if roles.may_claim(user) else {}


def loaded(ids):
    """Return these stories with all by which it is said what speaks against a verb: nine queries, however many."""
    uses = ImageUse.objects.select_related("image")
    parts = ("editions", "assignments__user", Prefetch("uses", uses), "tags", "categories")
    by_id = Article.objects.prefetch_related(*parts).in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]


def planned(verb, articles, *, asked, by, at):
    """Return a Change for each story, and language of those `asked` for."""
    languages = asked["languages"] if verb in OF_LANGUAGES else [""]
    return [
        Change(article, language, tuple(_against(verb, article, language, asked, by=by, at=at)))
        for article in articles
        for language in languages
    ]


def do(verb, change, *, asked, by):
    """Do a change; return why it could not be done, as sentences; [] if it was."""
    try:
        _do(verb, change.article, change.language, asked, by=by)
    except publishing.PublishingError as error:
        return [str(reason) for reason in error.reasons]
    except ValidationError as error:
        return error.messages
    except PermissionDenied as error:
        return [str(error)]
    return []


def _against(verb, article, language, asked, *, by, at):
    if verb in {"publish", "withdraw"}:
        return _against_release(verb, article, language, by=by, at=at)
    if verb in OF_LANGUAGES:
        return assigning.refusals(verb, article, language, by=by, to=asked["user"] or by)
    return organising.filing_refusals(article, **_files(asked), by=by)


def _against_release(verb, article, language, *, by, at):
    if not publishing.allowed(by, verb):
        return [_("You are not allowed to do this: ask somebody who may publish.")]
    edition = next(
        (edition for edition in article.editions.all() if edition.language == language), None
    )
    if edition is None:
        return [_("Nothing is written in this language yet.")]
    return publishing.refusals(verb, edition, at=at, uses=list(article.uses.all()))


def _do(verb, article, language, asked, *, by):
    if verb in {"publish", "withdraw"}:
        edition = Edition.objects.filter(article=article, language=language).first()
        if edition is None:
            raise ValidationError(_("Nothing is written in this language yet."))
        reason = {"reason": asked["reason"]} if verb == "withdraw" else {}
        publishing.VERBS[verb](edition, by=by, **reason)
    elif verb == "assign":
        assigning.assign(article, language, to=asked["user"], by=by)
    elif verb in OF_LANGUAGES:
        {"claim": assigning.claim, "release": assigning.release}[verb](article, language, by=by)
    else:
        organising.file_under(article, **_files(asked), by=by)


def _files(asked):
    return {"tags": asked["tags"], "categories": asked["categories"]}
