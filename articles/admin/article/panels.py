"""The languages of a story on its page: what state each is in, and the verbs that change it."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from articles.actions import publishing, writing
from articles.admin.article import machine_draft
from articles.admin.languages import enabled
from articles.admin.refused import missing
from articles.admin.side_by_side import lines
from articles.models import Article, Edition, edition_url
from articles.texts import ARTICLE_TEXTS, StoryTexts, column, text
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES, active

Status = Edition.Status
SCHEDULED, BEHIND, NONE = "scheduled", "behind", "none"

STATES = {
    NONE: gettext_lazy("Not begun"),
    Status.DRAFT.value: gettext_lazy("Draft"),
    Status.SUBMITTED.value: gettext_lazy("For review"),
    SCHEDULED: gettext_lazy("Scheduled"),
    Status.PUBLISHED.value: pgettext_lazy("state", "Published"),
    Status.WITHDRAWN.value: gettext_lazy("Withdrawn"),
}

FEW = 8
"""So many languages have a tab that is always in sight, and all of the story's; the others stand behind a button."""

BUTTONS = {
    "submit": gettext_lazy("Submit %(language)s for review"),
    "send_back": gettext_lazy("Make %(language)s a draft again"),
    "publish": gettext_lazy("Publish %(language)s now"),
    "schedule": gettext_lazy("Schedule %(language)s"),
    "withdraw": gettext_lazy("Withdraw %(language)s"),
    "restore": gettext_lazy("Restore %(language)s"),
    "redate": gettext_lazy("Correct the date of %(language)s"),
}

TIMED = {
    "schedule": gettext_lazy("Choose the day and the hour to publish at."),
    "redate": gettext_lazy("Choose the day and the hour under which readers are to find it."),
}
"""The verbs that need a moment, and what is said without one; one at most is offered at a time."""

DONE = {
    "submit": gettext_lazy("%(language)s is waiting for review."),
    "send_back": gettext_lazy("%(language)s is a draft again."),
    "publish": gettext_lazy("%(language)s is published."),
    "schedule": gettext_lazy("%(language)s will appear on %(moment)s."),
    "withdraw": gettext_lazy("%(language)s is withdrawn: its address now says why."),
    "restore": gettext_lazy("%(language)s is published again."),
    "redate": gettext_lazy("%(language)s is dated %(moment)s; its earlier address leads here."),
}
WANTING = {
    Status.PUBLISHED.value: gettext_lazy("%(language)s is published, but: %(reason)s"),
    SCHEDULED: gettext_lazy("%(language)s is scheduled, but: %(reason)s"),
}
PUBLISHED_SINCE = gettext_lazy("%(language)s is published, dated %(moment)s.")
UNSCHEDULED = gettext_lazy("%(language)s will not appear: it is a draft again.")


def state_of(edition, *, at):
    """Return the name of an edition's state, a key of STATES; published splits by the clock."""
    if edition is None:
        return NONE
    if edition.status == Status.PUBLISHED and edition.published_at > at:
        return SCHEDULED
    return edition.status


def in_words(moment, *, form="long"):
    """Return a moment in the newsroom's time, with the zone named: "5 June 2026, 14:00 (UTC)"; "exact" is to the second."""
    local = timezone.localtime(moment)
    return f"{dates.written(local, form, active())} ({timezone.get_current_timezone_name()})"


@dataclass(frozen=True)
class Panel(StoryTexts):
    """One language of a story as its page shows it. `fieldset` is None where it cannot be written."""

    language: str
    article: object
    edition: Edition | None
    fieldset: object
    form: object
    user: object
    draft: machine_draft.Draft | None = None
    is_aside: bool = False
    lacks: bool = False

    @property
    def name(self):
        return LANGUAGES[self.language].name

    @property
    def direction(self):
        return LANGUAGES[self.language].direction

    @cached_property
    def now(self):
        return timezone.now()

    @property
    def state(self):
        if self.edition is None and self.is_written:
            return Status.DRAFT
        return state_of(self.edition, at=self.now)

    @property
    def is_written(self):
        """Whether words stand on the page, saved or not: those of a story that was deleted, or that could not be saved."""
        return any(self._words(field) for field in ARTICLE_TEXTS)

    def _words(self, field):
        name = column(field, self.language)
        own = text(self.article, field, self.language)
        return self.form[name].value() if name in self.form.fields else own

    @property
    def mark(self):
        return STATES[self.state]

    @property
    def behind(self):
        """How many of its blocks are behind the source."""
        return self.edition.blocks_behind if self.edition else 0

    @property
    def side_by_side(self):
        """The address of it beside its source; "" for the source, and where it cannot be written."""
        if not (
            self.fieldset and self.article.pk and self.language != self.article.source_language
        ):
            return ""
        name = "admin:articles_article_side_by_side_change"
        return reverse(name, args=[self.article.pk, self.language])

    @cached_property
    def lines_behind(self):
        """What is behind, beside what the source says now."""
        if not self.behind:
            return []
        return lines.behind(writing.record_of(self.article), self.language)

    @property
    def sentence(self):
        """Say what the state means for readers, since when, and why; its name stands before this."""
        if self.state == Status.PUBLISHED:
            return _("Since %s.") % in_words(self.edition.published_at)
        if self.state == SCHEDULED:
            return _("Readers will see it on %s.") % in_words(self.edition.published_at)
        if self.state == Status.WITHDRAWN:
            return _("Readers are told: %s") % self.edition.withdrawn_reason
        return {
            NONE: _("Nothing is written in this language yet."),
            Status.DRAFT: _("Readers do not see it."),
            Status.SUBMITTED: _("Readers do not see it yet."),
        }[self.state]

    @property
    def url(self):
        """The public page, "" when readers cannot see it now."""
        live = self.edition and self.edition.is_live(at=self.now)
        return self.edition.get_absolute_url() if live else ""

    @property
    def has_errors(self):
        return (
            self.lacks
            or bool(self.fieldset)
            and any(line.errors() for line in self.fieldset)
            or any(self.form.errors.get(f"{name}_{self.language}") for name in ("moment", "reason"))
        )

    @cached_property
    def verbs(self):
        """The verbs that make sense now and that the user may use: those of who write only where they may."""
        edition = self.edition or Edition(article=self.article, language=self.language)
        verbs = publishing.offered(edition, user=self.user, at=self.now)
        return [verb for verb in verbs if self.fieldset or verb not in publishing.WRITERS_VERBS]

    @property
    def simple_verbs(self):
        """The buttons of verbs that need no further word, as (value, label, is_main)."""
        for verb in self.verbs:
            if verb not in {*TIMED, "withdraw"}:
                yield f"{verb}:{self.language}", self.label(verb), verb in {"publish", "restore"}

    @property
    def timed_verb(self):
        """The button of the verb that asks for a moment, as (value, label); () if there is none."""
        for verb in TIMED:
            if verb in self.verbs:
                return f"{verb}:{self.language}", self.label(verb)
        return ()

    @property
    def withdraw_label(self):
        return self.label("withdraw") if "withdraw" in self.verbs else ""

    @property
    def moment(self):
        return self.form[f"moment_{self.language}"]

    @property
    def mended(self):
        return self.form[f"mended_{self.language}"]

    @property
    def reason(self):
        return self.form[f"reason_{self.language}"]

    @property
    def needs_reason(self):
        return self.state == Status.PUBLISHED

    @property
    def body(self):
        # Every body in the database has been cleaned.
        return mark_safe(text(self.article, "body", self.language))  # noqa: S308

    def label(self, verb):
        return BUTTONS[verb] % {"language": self.name}


def panels_of(article, *, form, fieldsets, user, lacking=""):
    """Return a Panel for each enabled language, with its fieldset of those the form has; `lacking` is that of which gaps are marked."""
    editions = form.editions
    drafted = machine_draft.of(article, editions=editions, user=user)
    return [
        Panel(
            language=language,
            article=article,
            edition=editions.get(language),
            fieldset=fieldsets.get(column("title", language)),
            form=form,
            user=user,
            draft=drafted.get(language),
            is_aside=place >= FEW and not _is_of(article, language),
            lacks=language == lacking,
        )
        for place, language in enumerate(_in_order(article))
    ]


def _in_order(article):
    """Return the enabled languages as the site has them; where they are more than a FEW, those of the story first."""
    if len(enabled()) <= FEW:
        return enabled()
    return sorted(enabled(), key=lambda language: not _is_of(article, language))


def _is_of(article, language):
    """Return whether a story is written in a language, or begun in it."""
    words = (text(article, field, language) for field in ARTICLE_TEXTS)
    return language == article.source_language or any(words)


def press(request, article, data):
    """Do the verb of the button that was pressed ("publish:en"); return its language, None if refused.

    `data` is what the form held. The outcome is told in a message, and so is what stands in the
    way; the text is saved already.
    """
    verb, _colon, language = request.POST["_verb"].partition(":")
    if verb in machine_draft.VERBS and language in enabled():
        return machine_draft.press(request, article, verb, language)
    if verb not in publishing.VERBS or language not in enabled():
        messages.error(request, _("There is no such button."))
        return None
    edition = Edition.objects.filter(article=article, language=language).first()
    if edition is None:
        message = _("Nothing is written in %(language)s yet: give it a headline first.")
        messages.error(request, message % {"language": LANGUAGES[language].name})
        return None
    try:
        arguments = _arguments(verb, language, data)
        publishing.VERBS[verb](edition, by=request.user, **arguments)
    except publishing.PublishingError as error:
        missing.tell(request, edition, error.reasons)
    except PermissionDenied as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _outcome(verb, edition, arguments))
        return language
    return None


def warn_of_what_is_missing(request, article):
    """Tell what a language that is published or scheduled lacks by now, one message for each.

    It is not refused: what was typed must not be lost, and readers may see the story already.
    """
    now = timezone.now()
    # As it is stored, and once for all languages.
    article = Article.objects.get(pk=article.pk)
    uses = publishing.uses_of(article)
    released = article.editions.filter(status=Status.PUBLISHED, language__in=enabled()).only(
        "article", "language", "status", "published_at"
    )
    for edition in released.order_by("language"):
        sentence = WANTING[state_of(edition, at=now)]
        at = max(now, edition.published_at)
        for reason in publishing.obstacles(edition, at=at, uses=uses):
            words = sentence % {"language": LANGUAGES[edition.language].name, "reason": reason}
            messages.warning(request, missing.linked(words, reason, edition))


def tell_where_readers_see(request, article):
    """Lead from a save to the pages that it has changed, one link for each live language."""
    live = Edition.objects.live(at=timezone.now()).filter(article=article)
    rows = live.values_list("language", "slug", "published_at", named=True)
    if not (editions := rows.order_by("language")):
        return
    links = format_html_join(
        ", ",
        '<a href="{}" lang="{}">{}</a>',
        (
            (edition_url(edition), edition.language, LANGUAGES[edition.language].name)
            for edition in editions
        ),
    )
    messages.success(request, format_html("{} {}", _("Readers see it now:"), links))


def _arguments(verb, language, data):
    moment = data.get(f"moment_{language}")
    if verb == "publish" and moment and moment > timezone.now():
        sentence = _(
            "A moment stands beside “Publish at”: press “Schedule %(language)s”, or empty it and "
            "publish now."
        )
        raise publishing.PublishingError(sentence % {"language": LANGUAGES[language].name})
    if verb == "publish":
        return {"at": moment}
    if verb in TIMED:
        if not moment:
            raise publishing.PublishingError(TIMED[verb])
        return {"at": moment}
    if verb == "withdraw":
        return {"reason": data.get(f"reason_{language}", "")}
    return {}


def _outcome(verb, edition, arguments):
    sentence = DONE[verb]
    if verb == "publish" and arguments["at"]:
        sentence = PUBLISHED_SINCE
    if verb == "withdraw" and edition.status == Status.DRAFT:
        sentence = UNSCHEDULED
    moment = in_words(edition.published_at) if edition.published_at else ""
    words = sentence % {"language": LANGUAGES[edition.language].name, "moment": moment}
    if edition.is_live(at=timezone.now()):
        link = '{} <a href="{}" lang="{}">{}</a>'
        return format_html(link, words, edition.get_absolute_url(), edition.language, edition.title)
    return words
