"""Comments: the queue of those that wait, the moderation log, and the rules."""

import re
from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.template.defaultfilters import linebreaks_filter
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from articles import roles
from articles.actions import commenting
from articles.admin.article.panels import in_words
from articles.admin.forms import MergedForm
from articles.admin.languages import PlainTexts, enabled, language_columns, writing_in
from articles.models import Comment, CommentEvent, CommentRule, Edition
from newsroom.forms.merging import MergingAdmin
from newsroom.forms.reading import ReadingAdmin
from newsroom.forms.sent_once import SentOnce
from newsroom.forms.unsaved import ShowsUnsaved
from newsroom.languages import LANGUAGES

State = Comment.State
ALL = "all"

BUTTONS = {
    "publish": (_("Publish"), "p"),
    "hide": (_("Hide"), "h"),
    "spam": (_("Spam"), "s"),
    "delete": (_("Delete"), "d"),
    "restore": (_("Restore"), "r"),
}
"""The verbs of moderators: what the button says, and the key that presses it (static/js/admin-comments.js)."""

SIGNS = {
    "markup": _("HTML or BBCode"),
    "links": _("links"),
    "contact": _("an address or a number"),
    "trade": _("words of a trade"),
    "phrases": _("praise or offers as in spam"),
    "offer": _("something for sale"),
    "praise": _("praise of the site"),
    "apart": _("letters set apart"),
    "mixed": _("letters of two scripts in one word"),
    "script": _("another script than the language"),
    "shouting": _("capitals"),
    "repeated": _("repetition"),
    "invisible": _("signs that nobody sees"),
    "name": _("an address as the name"),
    "held": _("a held word"),
    "trap": _("filled in by a machine"),
    "copied": _("the same words elsewhere"),
}

LOGGED = {
    "publish": _("published"),
    "hide": _("hidden"),
    "spam": _("marked as spam"),
    "delete": _("deleted"),
    "restore": _("waits again"),
    "erase": _("erased for its reader"),
    "mail": _("link to all comments sent to its reader"),
    "open": _("story opened for comments"),
    "close": _("story closed for comments"),
}


class StateFilter(admin.SimpleListFilter):
    """What waits comes first: the list is a queue, unless somebody asks for the rest."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*State.choices, (ALL, _("All"))]

    def choices(self, changelist):
        # Django's own "All" would be the queue.
        yield from list(super().choices(changelist))[1:]

    def value(self):
        return super().value() or State.PENDING.value

    def queryset(self, request, queryset):
        return queryset if self.value() == ALL else queryset.filter(state=self.value())


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"
    path = "edition__language"

    def lookups(self, request, model_admin):
        return [(code, LANGUAGES[code].name) for code in enabled()]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


def _action(verb):
    """Return the action that does a verb to all that were chosen."""
    words, _key = BUTTONS[verb]

    @admin.action(description=words, permissions=["moderate"])
    def act(model_admin, request, queryset):
        done = 0
        for comment in queryset.order_by("pk"):
            done += _moderate(request, comment, verb)
        told = ngettext("%d comment was changed.", "%d comments were changed.", done) % done
        messages.success(request, told)

    act.__name__ = verb
    return act


def _moderate(request, comment, verb):
    """Do a verb; return whether it was done, and tell if it was not."""
    try:
        commenting.moderate(comment, verb, by=request.user)
    except commenting.CommentError as error:
        messages.warning(request, str(error))
        return False
    return True


@admin.register(Comment)
class CommentAdmin(ReadingAdmin):
    """The queue: each comment beside its story, with its verbs as buttons and as keys."""

    section, position = "write", 2
    list_display = ["comment", "story", "verbs"]
    list_display_links = None
    list_filter = [StateFilter, LanguageFilter]
    list_per_page = 30
    ordering = ["pk"]
    search_fields = ["name", "words", "email"]
    search_help_text = _("Words of a comment, a name, or a mail address")
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = [_action(verb) for verb in BUTTONS]

    class Media:
        css = {"all": ["css/admin/comments.css"]}
        js = [Script("js/admin-comments.js", type="module")]

    def has_moderate_permission(self, request):
        return roles.may_moderate(request.user)

    def get_list_display(self, request):
        return self.list_display if self.has_moderate_permission(request) else self.list_display[:2]

    def get_queryset(self, request):
        texts = language_columns("title", "standfirst")
        comments = super().get_queryset(request).select_related("edition__article", "parent")
        return comments.defer("edition__article__body").only(
            *(field.name for field in Comment._meta.concrete_fields),
            *("parent__name", "parent__words"),
            *(f"edition__{field.name}" for field in Edition._meta.concrete_fields),
            *(
                "edition__article__source_language",
                *(f"edition__article__{name}" for name in texts),
            ),
        )

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST" and "verb" in request.POST:
            self._press(request, *request.POST["verb"].partition(":")[::2])
            return HttpResponseRedirect(request.get_full_path())
        context = {"title": _("Comments")} | (extra_context or {})
        return super().changelist_view(request, context)

    def _press(self, request, verb, pk):
        """Do what the button of a row says: a verb of its comment, or close its story."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        comment = Comment.objects.filter(pk=pk).first() if re.fullmatch("[0-9]{1,18}", pk) else None
        if comment is None or verb not in {*BUTTONS, "close"}:
            messages.error(request, _("There is no such button."))
        elif verb == "close":
            commenting.close_story(comment.edition, by=request.user)
            messages.success(request, _("The story takes no comments any more."))
        elif _moderate(request, comment, verb):
            words = {"comment": comment, "state": comment.get_state_display()}
            messages.success(request, gettext("“%(comment)s” is now: %(state)s.") % words)

    # --- Columns ---

    @admin.display(description=_("Comment"))
    def comment(self, comment):
        signs = [SIGNS.get(name, name) for name in comment.signs.split()]
        return format_html(
            '<div class="comment-row" lang="{lang}"><p class="comment-row__facts"><b><bdi>{name}</bdi></b> '
            '{at} <span class="comment-row__state">{state}</span></p>{parent}'
            '<div class="comment-row__words" dir="auto">{words}</div>{signs}</div>',
            lang=comment.edition.language,
            name=comment.name,
            at=in_words(comment.written_at),
            state=comment.get_state_display(),
            parent=_answered(comment),
            words=linebreaks_filter(comment.words) if comment.words else "—",
            signs=_held_because(signs),
        )

    @admin.display(description=_("Story"))
    def story(self, comment):
        edition = comment.edition
        attributes = writing_in(edition.language)
        return format_html(
            '<div class="comment-row__story" lang="{lang}" dir="{dir}"><p><a href="{url}">{title}</a></p>'
            "<p>{standfirst}</p></div>",
            url=edition.url,
            title=edition.title,
            standfirst=edition.standfirst,
            **attributes,
        )

    @admin.display(description=_("Verbs"))
    def verbs(self, comment):
        buttons = [
            (_button(verb, comment.pk, BUTTONS[verb][0], key=BUTTONS[verb][1]),)
            for verb in commenting.offered(comment)
        ]
        # Last and at the edge: who clicks into the middle of a row to choose it must not close a story.
        if comment.edition.takes_comments(at=timezone.now()):
            buttons.append((_button("close", comment.pk, _("Take no more comments")),))
        return format_html(
            '<div class="comment-row__verbs">{}</div>', format_html_join("", "{}", buttons)
        )


def _answered(comment):
    if not comment.parent_id:
        return ""
    words = _("Answers %(name)s:") % {"name": comment.parent.name}
    return format_html(
        '<blockquote class="comment-row__parent" dir="auto">{} {}</blockquote>',
        words,
        comment.parent.words[:200],
    )


def _held_because(signs):
    if not signs:
        return ""
    told = ", ".join(map(str, signs))
    return format_html('<p class="comment-row__signs">{} {}</p>', _("Held because of:"), told)


def _button(verb, pk, words, *, key=""):
    return format_html(
        '<button type="submit" class="comment-row__button" name="verb" value="{}:{}" data-key="{}">{}{}</button>',
        *(verb, str(pk), key, words),
        format_html(' <kbd aria-hidden="true">{}</kbd>', key.upper()) if key else "",
    )


class VerbFilter(admin.SimpleListFilter):
    title = _("action")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        return LOGGED.items()

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(CommentEvent)
class CommentEventAdmin(ReadingAdmin):
    """The moderation log: nobody changes it."""

    section, position = "site", 2
    list_display = ["at", "what", "who", "about", "story"]
    list_display_links = None
    list_filter = [VerbFilter, LanguageFilter]
    list_per_page = 100
    ordering = ["-at", "-pk"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def get_queryset(self, request):
        events = super().get_queryset(request)
        return events.select_related("comment", "by", "edition__article").defer(
            *(f"edition__article__{name}" for name in language_columns("body"))
        )

    @admin.display(description=_("What"))
    def what(self, event):
        return LOGGED.get(event.verb, event.verb)

    @admin.display(description=_("By"))
    def who(self, event):
        return event.by or _("a reader or the site")

    @admin.display(description=_("Comment"))
    def about(self, event):
        return format_html("<bdi>{}</bdi>", event.comment) if event.comment else ""

    @admin.display(description=_("Story"))
    def story(self, event):
        attributes = writing_in(event.edition.language)
        title = event.edition.title
        return format_html('<bdi lang="{lang}" dir="{dir}">{}</bdi>', title, **attributes)


@admin.register(CommentRule)
class CommentRuleAdmin(MergingAdmin, PlainTexts, ShowsUnsaved, SentOnce, admin.ModelAdmin):
    section, position = "site", 1
    form = MergedForm
    list_display = ["__str__", "takes_comments", "days", "hold"]
    ordering = ["category", "language"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("category")


class TakesComments:
    """For the list of stories: actions that open stories for comments and close them."""

    @admin.action(description=_("Take comments for 30 days"), permissions=["moderate"])
    def open_for_comments(self, request, queryset):
        until = timezone.now() + timedelta(days=30)
        editions = _live(queryset)
        for edition in editions:
            commenting.open_story(edition, until=until, by=request.user)
        messages.success(request, _("Readers can comment until %s.") % in_words(until))

    @admin.action(description=_("Take no more comments"), permissions=["moderate"])
    def close_for_comments(self, request, queryset):
        for edition in _live(queryset):
            commenting.close_story(edition, by=request.user)
        messages.success(request, _("The stories take no comments any more."))

    def has_moderate_permission(self, request):
        return roles.may_moderate(request.user)


def _live(articles):
    return list(Edition.objects.live(at=timezone.now()).filter(article__in=articles))
