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
    "withdraw_all": gettext_lazy("Withdraw in every language"),
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
    """What a verb would do to a story, in one language, in several at once or, without any, in what all share.

    `reasons` speak against it.
    """

    article: object
    languages: tuple
    reasons: tuple = ()

    @property
    def headline(self):
        return str(self.article)

    @property
    def attributes(self):
        return writing_in(self.article.source_language)

    @property
    def named(self):
        return [LANGUAGES[code] for code in self.languages]


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
    return [
        Change(article, languages, tuple(_against(verb, article, languages, asked, by=by, at=at)))
        for article in articles
        for languages in _languages(verb, article, asked)
    ]


def _languages(verb, article, asked):
    """Return the languages of a story that are changed at once, for each change of it."""
    if verb in OF_LANGUAGES:
        return [(language,) for language in asked["languages"]]
    return [_published(article) if verb == "withdraw_all" else ()]


def _published(article):
    """Return the languages of a story that are published or scheduled, in the order of the site."""
    published = {
        edition.language
        for edition in article.editions.all()
        if edition.status == Edition.Status.PUBLISHED
    }
    return tuple(language for language in LANGUAGES if language in published)


def do(verb, change, *, asked, by):
    """Do a change; return why it could not be done, as sentences; [] if it was."""
    try:
        _do(verb, change.article, change.languages, asked, by=by)
    except publishing.PublishingError as error:
        return [str(reason) for reason in error.reasons]
    except ValidationError as error:
        return error.messages
    except PermissionDenied as error:
        return [str(error)]
    return []


def _against(verb, article, languages, asked, *, by, at):
    if verb == "withdraw_all":
        return _against_release_of_all(languages, by=by)
    if verb in {"publish", "withdraw"}:
        return _against_release(verb, article, *languages, by=by, at=at)
    if verb in OF_LANGUAGES:
        (language,) = languages
        return assigning.refusals(verb, article, language, by=by, to=asked["user"] or by)
    return organising.filing_refusals(article, **_files(asked), by=by)


def _against_release_of_all(languages, *, by):
    if not publishing.allowed(by, "withdraw"):
        return [publishing.NOT_ALLOWED]
    return [] if languages else [publishing.NOTHING_PUBLISHED]


def _against_release(verb, article, language, *, by, at):
    if not publishing.allowed(by, verb):
        return [publishing.NOT_ALLOWED]
    edition = next(
        (edition for edition in article.editions.all() if edition.language == language), None
    )
    if edition is None:
        return [_("Nothing is written in this language yet.")]
    return publishing.refusals(verb, edition, at=at, uses=list(article.uses.all()))


def _do(verb, article, languages, asked, *, by):
    if verb == "withdraw_all":
        publishing.withdraw_all(article, by=by, reason=asked["reason"])
    elif verb in OF_LANGUAGES:
        _do_in(verb, article, *languages, asked, by=by)
    else:
        organising.file_under(article, **_files(asked), by=by)


def _do_in(verb, article, language, asked, *, by):
    if verb in {"publish", "withdraw"}:
        edition = Edition.objects.filter(article=article, language=language).first()
        if edition is None:
            raise ValidationError(_("Nothing is written in this language yet."))
        reason = {"reason": asked["reason"]} if verb == "withdraw" else {}
        publishing.VERBS[verb](edition, by=by, **reason)
    elif verb == "assign":
        assigning.assign(article, language, to=asked["user"], by=by)
    else:
        {"claim": assigning.claim, "release": assigning.release}[verb](article, language, by=by)


def _files(asked):
    return {"tags": asked["tags"], "categories": asked["categories"]}
