"""Lists of stories: a region, a section, a tag, an author, a month."""

from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Author, Category, Promotion, Tag
from articles.pages import (
    archive as archives,
    index as indexes,
    shelf as shelves,
    subject as subjects,
)
from articles.purging import pages
from articles.representations import jsonld
from articles.texts import column, labelled
from articles.views.old_address import lead_to, moved, stands_at
from articles.views.page import for_readers, in_each_language, page_of, show, slot_of
from newsroom.db import keyset
from newsroom.languages import with_columns
from newsroom.pagecache import tag as kept


@for_readers
def region(request, language, path):
    return _category(request, language, path, kind=Category.Kind.REGION)


@for_readers
def section(request, language, path):
    return _category(request, language, path, kind=Category.Kind.SECTION)


@for_readers
def tag(request, language, slug):
    shown_tag = find_tag(slug, language)
    if shown_tag is None:
        return _moved_or_404(request, language)
    return _answer(request, language, subjects.of_tag(shown_tag, language=language))


@for_readers
def author(request, language, slug):
    shown_author = Author.objects.filter(slug=slug).first()
    if shown_author is None:
        return _moved_or_404(request, language)
    return _answer(request, language, subjects.of_author(shown_author, language=language))


@for_readers
def tags(request, language):
    return _index(request, language, indexes.TAG, _("Topics"), _("Every topic of our stories."))


@for_readers
def authors(request, language):
    words = _("Everybody whose stories, translations and pictures are here.")
    return _index(request, language, indexes.AUTHOR, _("Authors"), words)


@for_readers
def archive_month(request, language, year, month):
    try:
        about = subjects.of_month(year, month, language=language)
    except ValueError as error:
        raise Http404 from error
    return _answer(request, language, about)


@for_readers
def archive_day(request, language, year, month, day):
    try:
        about = subjects.of_day(year, month, day, language=language)
    except ValueError as error:
        raise Http404 from error
    return _answer(request, language, about)


@for_readers
def to_archive(request, language, year, month=None, day=None):
    """Lead from the beginning of a story's address to what was published in that year or month, or on that day."""
    try:
        digits = [int(part) for part in (year, month, day) if part]
        first, last = archives.bounds(*digits)
    except ValueError as error:
        raise Http404 from error
    if redirect := moved(request, language=language):
        return redirect
    if not archives.holds_any(first, last, language=language, at=timezone.now()):
        raise Http404
    return lead_to(request, archives.url(language, *digits))


@for_readers
def archive(request, language):
    now = timezone.now()
    tree = Category.tree(language=language, at=now)
    shown = archives.read(language=language, at=now)
    page = page_of(
        tree,
        request.path,
        _("Archive"),
        description=_("Every story by year, month and day, from the first one on."),
        addresses=in_each_language("archive"),
        has_forms=True,
    )
    response = show(request, "articles/archive.html", page, archive=shown)
    return kept(response, pages.archive(shown))


def _index(request, language, shelf, title, words):
    now, letter = timezone.now(), request.GET.get("letter", "")
    shown = indexes.read(shelf, language=language, at=now, letter=letter)
    if shown is None:
        raise Http404
    page = page_of(
        Category.tree(language=language, at=now),
        request.path,
        labelled(title, shown.letter) if shown.letter else title,
        query=urlencode({"letter": shown.letter}) if shown.letter else "",
        description=f"{words} ({shown.letter})" if shown.letter else words,
        addresses=in_each_language(f"{shelf}s"),
        announces_languages=not shown.letter,
        is_indexed=bool(shown.groups or shown.letters),
        has_forms=True,
    )
    response = show(request, "articles/index.html", page, index=shown)
    return kept(response, pages.index(shown), query=("letter",))


def find_tag(slug, language):
    """Return the tag that stands under a slug, or else the one that has it in another language."""
    holders = list(Tag.objects.with_slug(slug, language=language).order_by("pk"))
    if holders:
        # One tag's own slug may be another one's slug here, and that one has no other page.
        return next((tag for tag in holders if tag.slug_in(language) == slug), holders[0])
    same = reduce(or_, (Q(**{column("label_slug", code): slug}) for code in with_columns()))
    return Tag.objects.filter(same).order_by("pk").first()


def _category(request, language, path, *, kind):
    tree = Category.tree(language=language, at=timezone.now())
    node = tree.find(kind, path)
    if node is None:
        return _moved_or_404(request, language)
    return _answer(request, language, subjects.of_category(node, tree=tree), tree=tree)


def _answer(request, language, about, *, tree=None):
    """Render one page of a list, or lead to the address where it stands now."""
    here = about.url_in(language)
    now = timezone.now()
    if not stands_at(request, here):
        if about.needs_stories and not shelves.holds_any(about, language=language, at=now):
            raise Http404
        return moved(request, language=language) or lead_to(request, here)
    tree = tree or Category.tree(language=language, at=now)
    places = cursors(request)
    shelf = shelves.read(about, tree=tree, at=now, **places)
    if shelf is None:
        raise Http404
    slot = _slot(request, shelf, at=now)
    page = page_of(
        tree,
        here,
        shelf.title,
        query=urlencode(places) if shelf.has_newer or "before" in places else "",
        description=shelf.description,
        addresses=_addresses(shelf),
        announces_languages=not shelf.stands_alone,
        is_indexed=bool(shelf.cards),
        feed=here if shelf.has_feed else "",
        data=jsonld.around(about.breadcrumbs, slot),
        has_forms=True,
    )
    response = show(request, "articles/listing.html", page, shelf=shelf, slot=slot)
    tags = [*pages.listing(shelf), *(pages.slot(slot) if slot else ())]
    return kept(response, tags, query=("before", "after"))


def _addresses(shelf):
    """Return language -> path for the switcher: the list where it holds stories, or the front pages where it does nowhere."""
    if not shelf.languages:
        return in_each_language("front")
    return {code: shelf.about.url_in(code) for code in {shelf.language, *shelf.languages}}


def _slot(request, shelf, *, at):
    """Return the Slot of the first page of a list that has one, else None."""
    about = shelf.about
    if shelf.has_cursor or about.name not in Promotion.Place:
        return None
    return slot_of(request, about.name, about.pk, language=shelf.language, at=at)


def cursors(request):
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
