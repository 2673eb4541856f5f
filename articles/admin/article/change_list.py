"""The list of stories: a column for each language, and filters by state, place and missing file."""

from functools import partial, reduce
from itertools import chain
from operator import or_
from urllib.parse import parse_qsl

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy as _

from articles import roles
from articles.admin.article import states
from articles.admin.article.panels import BEHIND, STATES
from articles.admin.image import thumbnail
from articles.admin.languages import enabled, language_columns, writing_in
from articles.admin.widgets import indented
from articles.categories import Tree
from articles.models import (
    Article,
    Assignment,
    Author,
    Byline,
    Category,
    Edition,
    Event,
    ImageUse,
    Tag,
    TaggedArticle,
)
from newsroom.db.handed import HandedOn
from newsroom.languages import LANGUAGES

COUNTED = 10_000
"""As far as the number of stories is counted; a search reaches those beyond."""


FEW = 200
"""So many authors are asked for by their ids."""


class CappedPaginator(Paginator):
    """Count no further than a person would leaf."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:COUNTED].count()


class StoryList(ChangeList):
    """The list with what its columns show: seven queries, however many stories."""

    def get_queryset(self, *args, **kwargs):
        editions = Edition.objects.filter(language__in=enabled())
        begun = Event.objects.filter(verb__in={*chain(*states.BEGINNINGS.values())})
        begun = begun.only("article_id", "language", "verb", "at")
        leads = ImageUse.objects.filter(is_lead=True).select_related("image").only(
            "article_id", *(f"image__{name}" for name in ("file", "checksum", "kind", "focal_x", "focal_y")),
            "image__available",
        )  # fmt: skip
        return (
            super()
            .get_queryset(*args, **kwargs)
            .only("source_language", "created_at", "modified_at", *language_columns("title"))
            .prefetch_related(
                Prefetch("editions", editions, to_attr="listed_editions"),
                Prefetch("uses", leads, to_attr="leads"),
                Prefetch("events", begun, to_attr="listed_events"),
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
    return states.short(article.modified_at)


def state_column(language, *, leads):
    """Return the column that shows the state of one language; with `leads` it leads to each translation beside its source."""

    @admin.display(description=LANGUAGES[language].name)
    def state(article):
        editions = {edition.language: edition for edition in article.listed_editions}
        told = (
            {"linked": partial(states.linked, article=article, language=language)} if leads else {}
        )
        told |= {"article": article, "events": article.listed_events}
        mark = states.shown(editions.get(language), at=timezone.now(), **told)
        return format_html(
            '<span class="state-language" aria-hidden="true">{}</span>{}', language.upper(), mark
        )

    state.__name__ = f"state_{language}"
    return state


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "in"

    def lookups(self, request, model_admin):
        return [(code, LANGUAGES[code].name) for code in enabled()]

    def queryset(self, request, queryset):
        # With a state, the filter of states asks for both: they must hold for the same edition.
        if self.value() not in enabled() or request.GET.get(StateFilter.parameter_name):
            return queryset
        return queryset.filter(states.has_edition(Q(language=self.value())))


class StateFilter(admin.SimpleListFilter):
    """States of the chosen language, or of any."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            *STATES.items(),
            (BEHIND, _("Behind its source")),
            (states.TODAY, _("Scheduled today")),
            (states.NOT_LIVE, _("Not live")),
            (states.UNCORRECTED, _("Correction not told")),
        ]

    def queryset(self, request, queryset):
        language = request.GET.get(LanguageFilter.parameter_name)
        languages = [language] if language in enabled() else enabled()
        condition = states.in_state(self.value(), languages, at=timezone.now())
        return queryset if condition is None else queryset.filter(condition)


_trees = HandedOn[Tree]()
"""The tree of categories for each request: two filters show the same one."""


class CategoryFilter(admin.SimpleListFilter):
    """A region or a section with everything under it."""

    kind = None

    def __init__(self, request, *args, **kwargs):
        tree = _trees.read(request)
        self.tree = tree or _trees.put(request, Category.tree(language=get_language()))
        super().__init__(request, *args, **kwargs)

    def lookups(self, request, model_admin):
        nodes = (node for node in self.tree.walk() if node.kind == self.kind)
        return [(str(node.pk), indented(node.depth, node)) for node in nodes]

    def queryset(self, request, queryset):
        node = next((node for pk, node in self.tree.nodes.items() if str(pk) == self.value()), None)
        return queryset if node is None else queryset.filter(in_category(node))


class RegionFilter(CategoryFilter):
    title = _("region")
    parameter_name = "region"
    kind = Category.Kind.REGION


class SectionFilter(CategoryFilter):
    title = _("section")
    parameter_name = "section"
    kind = Category.Kind.SECTION


def in_category(node):
    """Return the condition under which stories are in a category or in one under it."""
    ids = [below.pk for below in node.subtree()]
    links = Article.categories.through.objects.filter(article=OuterRef("pk"), category__in=ids)
    return Exists(links)


class TypedFilter(admin.SimpleListFilter):
    """A filter into which somebody types words, where a list of all that can be chosen would be endless."""

    template = "admin/typed_filter.html"

    def lookups(self, request, model_admin):
        return [("", "")]

    def choices(self, changelist):
        """Yield the one thing that the template shows: what was typed, and what else stands in the address."""
        others = changelist.get_query_string(remove=[self.parameter_name])
        yield {"value": self.value() or "", "others": parse_qsl(others.removeprefix("?"))}


class TagFilter(TypedFilter):
    title = _("tag")
    parameter_name = "tag"

    def queryset(self, request, queryset):
        return queryset.filter(has_tag(self.value())) if self.value() else queryset


def has_tag(words):
    """Return the condition under which stories have the tag that words mean, in whatever spelling or language.

    The tag is asked for first: of one that is named in the same question PostgreSQL does not know how common it is, and
    looks at all that has it.
    """
    tags = list(Tag.objects.meaning(words).values_list("pk", flat=True))
    tagged = TaggedArticle.objects.filter(tag__in=tags)
    return Exists(tagged.filter(content_object=OuterRef("pk")))


class AuthorFilter(TypedFilter):
    title = _("author")
    parameter_name = "author"

    def queryset(self, request, queryset):
        words = (self.value() or "").split()
        if not words:
            return queryset
        authors = Author.objects.all()
        for word in words:
            names = (Q(**{f"{name}__icontains": word}) for name in language_columns("name"))
            authors = authors.filter(reduce(or_, names))
        bylines = Byline.objects.filter(author__in=_few(authors), article=OuterRef("pk"))
        return queryset.filter(Exists(bylines))


def _few(authors):
    """Return the ids of authors, asked for first as tags are; of more than a FEW, what asks for them."""
    ids = list(authors.values_list("pk", flat=True)[: FEW + 1])
    return ids if len(ids) <= FEW else authors.values("pk")


class MineFilter(admin.SimpleListFilter):
    """What is of whoever asks: begun by them or credited to them, or in their hands."""

    title = _("my desk")
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [("mine", _("My stories")), ("hand", _("In my hands"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(roles.own_stories(request.user))
        if self.value() == "hand":
            held = Assignment.objects.filter(user=request.user, article=OuterRef("pk"))
            return queryset.filter(Exists(held))
        return queryset


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
