"""Lists of stories: a region, a section, a tag, an author, a month."""

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from itertools import groupby
from operator import or_
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import keyset
from articles.cachetags import list_of, pages
from articles.models import Author, Category, Tag
from articles.pages import archive as archives, card as cards, shelf as shelves
from articles.pages.menu import Tree
from articles.texts import column, text, text_or_default
from articles.views.page import PublicPage, for_readers, lead_to, moved, stands_at
from newsroom.languages import LANGUAGES
from newsroom.pagecache import Span, tag as kept

BY_STORIES = frozenset({"tag", "author"})
"""Shelves that are known by their stories only: without any, their name would tell of a draft."""


@dataclass(frozen=True)
class Shelf:
    """What a list page shows: its words, and by `name`, `pk` and `bounded` which shelf it is.

    One that is `bounded` holds nothing beyond two moments.
    """

    name: str
    pk: object
    heading: str
    url_in: object
    kind: str
    description: str = ""
    breadcrumbs: list = field(default_factory=list)
    children: list = field(default_factory=list)
    bounded: tuple = (None, None)


@for_readers
def region(request, language, path):
    return _category(request, language, path, kind=Category.Kind.REGION)


@for_readers
def section(request, language, path):
    return _category(request, language, path, kind=Category.Kind.SECTION)


@for_readers
def tag(request, language, slug):
    found = _tag(slug, language)
    if found is None:
        return _moved_or_404(request, language)
    shelf = _shelf(found, "tag", heading=found.label_in(language))
    return _answer(request, language, shelf)


@for_readers
def author(request, language, slug):
    found = Author.objects.filter(slug=slug).first()
    if found is None:
        return _moved_or_404(request, language)
    shelf = _shelf(
        found,
        "author",
        heading=text_or_default(found, "name", language),
        description=text(found, "bio", language),
    )
    return _answer(request, language, shelf)


@for_readers
def archive_month(request, language, year, month):
    try:
        first, last = archives.bounds(int(year), int(month))
    except ValueError as error:
        raise Http404 from error

    def url_in(code):
        kwargs = {"language": code, "year": year, "month": month}
        return reverse("articles:archive_month", kwargs=kwargs)

    archive_url = reverse("articles:archive", kwargs={"language": language})
    heading = capfirst(date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT"))
    shelf = Shelf(
        name=pages.MONTH,
        pk=f"{year}-{month}",
        bounded=(first, last),
        heading=heading,
        url_in=url_in,
        kind="archive",
        breadcrumbs=[{"name": _("Archive"), "url": archive_url}, {"name": heading, "url": ""}],
    )
    return _answer(request, language, shelf)


@for_readers
def archive(request, language):
    page = PublicPage(
        language=language,
        tree=Tree.load(language=language),
        path=request.path,
        title=_("Archive"),
        languages={
            code: reverse("articles:archive", kwargs={"language": code})
            for code, _name in settings.LANGUAGES
        },
    )
    years = _years(archives.months(language=language, at=timezone.now()), language)
    response = page.render(request, "articles/archive.html", {"years": years})
    return kept(response, pages.archive(language))


def _tag(slug, language):
    """Return the tag that stands under a slug, or else the one that has it in another language."""
    found = list(Tag.objects.with_slug(slug, language=language).order_by("pk"))
    if found:
        # One tag's own slug may be another one's slug here, and that one has no other page.
        return next((tag for tag in found if tag.slug_in(language) == slug), found[0])
    same = reduce(or_, (Q(**{column("label_slug", code): slug}) for code in LANGUAGES))
    return Tag.objects.filter(same).order_by("pk").first()


def _category(request, language, path, *, kind):
    tree = Tree.load(language=language)
    node = tree.find(kind, path)
    if node is None:
        return _moved_or_404(request, language)
    shelf = _shelf(
        node,
        "category",
        heading=node.label,
        description=_description(node, language),
        breadcrumbs=[
            {"name": ancestor.label, "url": "" if ancestor is node else ancestor.url}
            for ancestor in node.lineage()
        ],
        children=node.children,
        kind=kind,
    )
    return _answer(request, language, shelf, tree=tree)


def _description(node, language):
    words = Category.objects.filter(pk=node.pk).values_list(column("description", language))
    return next((found or "" for (found,) in words), "")


def _shelf(thing, name, *, kind="", **words):
    return Shelf(name=name, pk=thing.pk, url_in=thing.url_in, kind=kind or name, **words)


def _answer(request, language, shelf, *, tree=None):
    """Render one page of a shelf, or lead to the address where it stands now."""
    here = shelf.url_in(language)
    now = timezone.now()
    if not stands_at(request, here):
        if shelf.kind in BY_STORIES and not shelves.holds_any(shelf, language=language, at=now):
            raise Http404
        return moved(request, language=language) or lead_to(request, here)
    tree = tree or Tree.load(language=language)
    cursors = _cursors(request)
    found = shelves.page(shelf, language=language, at=now, **cursors)
    if shelf.kind in BY_STORIES and not found.rows:
        raise Http404
    languages = shelves.languages(shelf, at=now)
    shown = cards.name(found.rows, tree=tree)
    page = PublicPage(
        language=language,
        tree=tree,
        path=here,
        query=urlencode(cursors),
        title=shelf.heading,
        description=shelf.description,
        languages={code: shelf.url_in(code) for code in {language, *languages}},
    )
    context = {
        "heading": shelf.heading,
        "kind": shelf.kind,
        "breadcrumbs": shelf.breadcrumbs,
        "children": shelf.children,
        "cards": shown,
        "older_url": f"{here}?before={found.older}" if found.older else "",
        "newer_url": f"{here}?after={found.newer}" if found.newer else "",
        "is_first": not found.newer,
        "stands_alone": bool(cursors) or language not in languages,
    }
    response = page.render(request, "articles/listing.html", context)
    tags = pages.listing(
        shelf,
        _span(shelf, found, cursors, language),
        shown,
        language=language,
        others=[code for code in languages if code != language],
        # Only the first page is announced to have others in other languages.
        asked=[code for code, _name in settings.LANGUAGES if code != language or not cursors],
    )
    return kept(response, tags, query=("before", "after"))


def _span(shelf, found, cursors, language):
    """Return what this page shows of the list: between its cursor and what has no more room on it."""
    first, last = shelf.bounded
    is_month = shelf.name == pages.MONTH
    if "after" in cursors:
        since, until = cursors["after"].moment, found.edge
    else:
        since, until = found.edge, "before" in cursors and cursors["before"].moment
    return Span(
        list_of("all" if is_month else shelf.name, shelf.pk, language),
        since=since or first,
        until=until or last,
    )


def _cursors(request):
    """Return the place that the address names; one that is not a place is a 404."""
    try:
        return {
            name: keyset.Cursor.read(request.GET[name])
            for name in ("before", "after")
            if name in request.GET
        }
    except keyset.BadCursor as error:
        raise Http404 from error


def _moved_or_404(request, language):
    if redirect := moved(request, language=language):
        return redirect
    raise Http404


def _years(months, language):
    """Return the years of these months, the newest first, each with its months in order."""
    years = [
        {"year": year, "months": [_month(month, language) for month in found]}
        for year, found in groupby(months, key=lambda month: month.year)
    ]
    return years[::-1]


def _month(month, language):
    kwargs = {"language": language, "year": f"{month.year:04}", "month": f"{month.month:02}"}
    return {"date": month, "url": reverse("articles:archive_month", kwargs=kwargs)}
