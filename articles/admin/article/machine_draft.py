"""Drafts by machine: what came of one and its buttons, for the page of a story; and a list for whoever has to account for them."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy
from reversion.models import Version

from articles import roles
from articles.actions import drafting
from articles.actions.drafting import DraftingError
from articles.admin.languages import language_columns
from articles.models import Article, Edition, MachineDraft
from newsroom.db.handed import HandedOn
from newsroom.files.spreadsheet import BEGINNING, TYPE, line
from newsroom.forms.reading import ReadingAdmin
from newsroom.i18n import dates, machine_translation
from newsroom.languages import LANGUAGES, active

VERBS = DRAFT, SIGN_OFF = "draft", "sign_off"
State = MachineDraft.State


@dataclass(frozen=True)
class Draft:
    """The last draft of a language, None where there is none, and what may be done about it."""

    language: str
    last: MachineDraft | None
    is_unsigned: bool
    may_ask: bool
    may_write: bool

    @property
    def sentence(self):
        """Say what came of it; "" where there is nothing to say."""
        if self.is_unsigned:
            return _(
                "A machine has drafted a part of it. If it is published so, readers are told until somebody signs it off."
            )
        if self.last is None:
            return ""
        if self.last.state == State.ASKED:
            words = {"service": self.last.service}
            return _("%(service)s is drafting it: load this page again in a moment.") % words
        if self.last.state == State.FAILED:
            return _("No draft by machine: %(problem)s") % {"problem": self.last.problem}
        day = dates.written(timezone.localtime(self.last.signed_at), "day", active())
        words = {"name": self.last.signed_by, "day": day}
        return _("A machine drafted a part of it; signed off by %(name)s on %(day)s.") % words

    @property
    def buttons(self):
        """The buttons, as (value, label)."""
        names = {"language": LANGUAGES[self.language].name}
        if self.may_ask:
            yield f"{DRAFT}:{self.language}", _("Draft %(language)s by machine") % names
        if self.is_unsigned and self.may_write:
            yield (
                f"{SIGN_OFF}:{self.language}",
                _("I have checked %(language)s: sign it off") % names,
            )

    @property
    def is_shown(self):
        return bool(self.sentence or self.may_ask)


def of(article, *, editions, user):
    """Return language -> Draft of each that there is one of, or that can be drafted."""
    last = {}
    if article.pk:
        last = {
            machine_draft.language: machine_draft
            for machine_draft in reversed(article.machine_drafts.all())
        }
    writable = roles.writable_languages(user, article) if article.pk else ()
    is_on = machine_translation.configured() is not None
    drafts = {}
    for language in {*last, *writable}:
        edition, draft = editions.get(language), last.get(language)
        is_open = language != article.source_language and not _is_released(edition)
        is_asked = draft is not None and draft.state == State.ASKED
        made = Draft(
            language=language,
            last=draft,
            is_unsigned=bool(edition and edition.machine_drafted),
            may_ask=is_on and is_open and language in writable and not is_asked,
            may_write=language in writable,
        )
        if made.is_shown:
            drafts[language] = made
    return drafts


def _is_released(edition):
    return edition is not None and edition.status in roles.RELEASED


def press(request, article, verb, language):
    """Do what a button of a draft says; return its language, None if refused. The outcome is told in a message."""
    names = {"language": LANGUAGES[language].name}
    try:
        if verb == DRAFT:
            drafting.ask(article, language, by=request.user)
            messages.success(request, _("%(language)s will be drafted in a moment.") % names)
        else:
            edition = Edition.objects.filter(article=article, language=language).first()
            drafting.sign_off(
                edition or Edition(article=article, language=language), by=request.user
            )
            messages.success(request, _("%(language)s is signed off in your name.") % names)
    except (DraftingError, PermissionDenied) as error:
        messages.error(request, str(error))
        return None
    return language


# --- The list ---

COLUMNS = (
    *("story", "headline", "language", "service", "state", "problem", "asked_by", "asked_at"),
    *("signed_by", "signed_at", "texts", "changed"),
)


_compared = HandedOn()
"""The versions of a row of the list, for its column."""


class DraftList(ChangeList):
    """The list, with where it is shown what a person changed of each draft: a query more, however many there are."""

    def get_results(self, request):
        super().get_results(request)
        versions = _versions(self.result_list)
        for draft in self.result_list:
            _compared.put(draft, versions.get(draft.pk))


def _versions(drafts):
    """Return id of a signed draft -> the ids of the versions (that a machine wrote, that a person signed) of its story."""
    signed = [draft for draft in drafts if draft.signed_at]
    names = {f"{verb} {draft.language}" for verb in VERBS for draft in signed}
    stories = {str(draft.article_id) for draft in signed}
    rows = Version.objects.get_for_model(Article).filter(
        object_id__in=stories, revision__comment__in=names
    )
    versions = {}
    for pk, story, comment, at in rows.order_by("pk").values_list(
        "pk", "object_id", "revision__comment", "revision__date_created"
    ):
        versions.setdefault((story, comment), []).append((at, pk))
    return {draft.pk: ids for draft in signed if (ids := _between(draft, versions))}


def _between(draft, versions):
    """Return (the last version that a machine wrote before a draft was signed, the one in which it was), None where one was not kept."""
    written, signed = (
        versions.get((str(draft.article_id), f"{verb} {draft.language}"), ()) for verb in VERBS
    )
    before = [pk for at, pk in written if at <= draft.signed_at]
    if not (before and signed):
        return None
    # A version is dated when the work on it begins.
    return before[-1], min((abs(draft.signed_at - at), pk) for at, pk in signed)[1]


@admin.register(MachineDraft)
class MachineDraftAdmin(ReadingAdmin):
    """The drafts of a time span: nobody changes them here."""

    section, position = "write", 4
    change_list_template = "admin/articles/machinedraft/change_list.html"
    list_display = [
        "story",
        "in_language",
        "service",
        "what",
        "asked_at",
        "signed_by",
        "signed_at",
        "share",
    ]
    list_display_links = None
    list_filter = ["state", ("signed_at", admin.EmptyFieldListFilter)]
    list_per_page = 100
    list_select_related = ["asked_by"]
    date_hierarchy = "asked_at"
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def get_queryset(self, request):
        titles = Article.objects.only("source_language", *language_columns("title"))
        return super().get_queryset(request).prefetch_related(Prefetch("article", titles))

    def get_changelist(self, request, **kwargs):
        return DraftList

    def get_urls(self):
        view = self.admin_site.admin_view(self.table_view)
        return [path("table.csv", view, name="articles_machinedraft_table"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        asked = request.GET.urlencode()
        return super().changelist_view(request, {"asked": asked} | (extra_context or {}))

    def table_view(self, request):
        """Answer the list, as it is filtered, as CSV for a spreadsheet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        lines = [BEGINNING, line(COLUMNS), *(line(_cells(row)) for row in rows)]
        response = HttpResponse("".join(lines), content_type=TYPE)
        response.headers["Content-Disposition"] = 'attachment; filename="machine-drafts.csv"'
        return response

    @admin.display(description=gettext_lazy("Story"))
    def story(self, draft):
        address = reverse("admin:articles_article_change", args=[draft.article_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, draft.article)

    @admin.display(description=gettext_lazy("Language"))
    def in_language(self, draft):
        return LANGUAGES[draft.language].name

    @admin.display(description=gettext_lazy("State"))
    def what(self, draft):
        return draft.problem or draft.get_state_display()

    @admin.display(description=gettext_lazy("Changed"))
    def share(self, draft):
        if not draft.signed_at:
            return ""
        words = {"changed": draft.changed, "written": draft.written}
        told = _("%(changed)d of %(written)d texts") % words
        if not (versions := _compared.take(draft)):
            return told
        address = reverse("admin:articles_article_compare", args=[draft.article_id])
        old, new = versions
        return format_html('<a href="{}?old={}&new={}">{}</a>', address, old, new, told)


def _cells(draft):
    signed_at = draft.signed_at.isoformat(timespec="seconds") if draft.signed_at else ""
    return [
        *(draft.article_id, str(draft.article), draft.language, draft.service, draft.state),
        *(draft.problem, str(draft.asked_by or ""), draft.asked_at.isoformat(timespec="seconds")),
        *(draft.signed_by, signed_at, draft.written, draft.changed),
    ]
