"""The list of stories: a column for each language, and filters by state, place and missing file."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy as _

from articles.admin.article.panels import (
    BEHIND,
    NONE,
    SCHEDULED,
    STATES,
    in_words,
    state_of,
)
from articles.admin.image import thumbnail
from articles.admin.languages import enabled, language_columns, writing_in
from articles.admin.widgets import indented
from articles.models import Article, Category, Edition, ImageUse
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES, active

COUNTED = 10_000
"""As far as the number of stories is counted; a search reaches those beyond."""


class CappedPaginator(Paginator):
    """Count no further than a person would leaf."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:COUNTED].count()


class StoryList(ChangeList):
    """The list with what its columns show: six queries, however many stories."""

    def get_queryset(self, *args, **kwargs):
        editions = Edition.objects.filter(language__in=enabled())
        leads = ImageUse.objects.filter(is_lead=True).select_related("image").only(
            "article_id", *(f"image__{name}" for name in ("file", "checksum", "kind", "focal_x", "focal_y")),
            "image__available",
        )  # fmt: skip
        return (
            super()
            .get_queryset(*args, **kwargs)
            .only("source_language", "modified_at", *language_columns("title"))
            .prefetch_related(
                Prefetch("editions", editions, to_attr="listed_editions"),
                Prefetch("uses", leads, to_attr="leads"),
            )
        )


@admin.display(description=_("Picture"))
def picture(article):
    """Show the lead picture, or that its file is missing."""
    if not article.leads:
        return ""
    return thumbnail(article.leads[0].image)


@admin.display(description=_("Headline"))
def headline(article):
    """Show the headline in the language that the story was written in."""
    attributes = writing_in(article.source_language)
    return format_html('<bdi lang="{lang}" dir="{dir}">{}</bdi>', str(article), **attributes)


@admin.display(description=_("Last change"), ordering="modified_at")
def changed(article):
    return _short(article.modified_at)


def state_column(language):
    """Return the column that shows the state of one language."""

    @admin.display(description=LANGUAGES[language].name)
    def state(article):
        editions = {edition.language: edition for edition in article.listed_editions}
        edition = editions.get(language)
        name = state_of(edition, at=timezone.now())
        if name == NONE:
            return format_html(
                '<span class="state state--none"><span aria-hidden="true">—</span>'
                '<span class="visually-hidden">{}</span></span>',
                STATES[NONE],
            )
        return format_html(
            '<span class="state state--{}">{}</span>{}{}',
            name,
            STATES[name],
            _since(edition, name),
            _behind(edition.blocks_behind) if edition.blocks_behind else "",
        )

    state.__name__ = f"state_{language}"
    return state


def _since(edition, name):
    if name != SCHEDULED:
        return ""
    moment = edition.published_at
    return format_html(
        '<span class="state-note" title="{}">{}</span>', in_words(moment), _short(moment)
    )


def _short(moment):
    """Return a moment as briefly as a column asks for."""
    return dates.written(timezone.localtime(moment), "note", active())


def _behind(number):
    title = _("The source has changed since this was translated")
    words = '<span class="state state--behind" title="{}">{} {}</span>'
    return format_html(words, title, _("Behind"), number)


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "in"

    def lookups(self, request, model_admin):
        return [(code, LANGUAGES[code].name) for code in enabled()]

    def queryset(self, request, queryset):
        # With a state, the filter of states asks for both: they must hold for the same edition.
        if self.value() not in enabled() or request.GET.get(StateFilter.parameter_name):
            return queryset
        return queryset.filter(_has_edition(Q(language=self.value())))


class StateFilter(admin.SimpleListFilter):
    """States of the chosen language, or of any."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*STATES.items(), (BEHIND, _("Behind its source"))]

    def queryset(self, request, queryset):
        language = request.GET.get(LanguageFilter.parameter_name)
        languages = [language] if language in enabled() else enabled()
        if self.value() == NONE:
            return queryset.filter(self._any_missing(languages))
        condition = self._condition(self.value(), at=timezone.now())
        if condition is None:
            return queryset
        return queryset.filter(_has_edition(condition & Q(language__in=languages)))

    @staticmethod
    def _any_missing(languages):
        missing = Q()
        for language in languages:
            missing |= ~Q(_has_edition(Q(language=language)))
        return missing

    @staticmethod
    def _condition(state, *, at):
        published = Q(status=Edition.Status.PUBLISHED)
        if state == SCHEDULED:
            return published & Q(published_at__gt=at)
        if state == Edition.Status.PUBLISHED:
            return published & Q(published_at__lte=at)
        if state == BEHIND:
            return Q(blocks_behind__gt=0)
        return Q(status=state) if state in STATES else None


def _has_edition(condition):
    return Exists(Edition.objects.filter(condition, article=OuterRef("pk")))


class CategoryFilter(admin.SimpleListFilter):
    """A category with everything under it."""

    title = _("category")
    parameter_name = "category"

    def __init__(self, *args, **kwargs):
        self.tree = Category.tree(language=get_language())
        super().__init__(*args, **kwargs)

    def lookups(self, request, model_admin):
        return [(str(node.pk), indented(node.depth, node)) for node in self.tree.walk()]

    def queryset(self, request, queryset):
        node = next((node for pk, node in self.tree.nodes.items() if str(pk) == self.value()), None)
        if node is None:
            return queryset
        ids = [below.pk for below in node.subtree()]
        links = Article.categories.through.objects.filter(article=OuterRef("pk"), category__in=ids)
        return queryset.filter(Exists(links))


class GapFilter(admin.SimpleListFilter):
    title = _("missing files")
    parameter_name = "gap"

    def lookups(self, request, model_admin):
        return [("yes", _("An image has no file"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        return queryset.filter(
            Exists(ImageUse.objects.filter(article=OuterRef("pk"), image__file=""))
        )
