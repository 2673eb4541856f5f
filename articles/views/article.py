"""The page of a story, and what stands in its place where it cannot be read."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Category, Edition, Promotion
from articles.pages import (
    gone as withdrawn,
    history as histories,
    own_page as own_pages,
    story as stories,
)
from articles.pages.shelf import DESCRIBED
from articles.purging import pages
from articles.representations import jsonld
from articles.sentences import shortened
from articles.views.old_address import lead_to, moved, stands_at, story_below
from articles.views.page import for_readers, id_of, in_each_language, page_of, show, slot_of
from newsroom.languages import LANGUAGES, enabled
from newsroom.page import Sharing
from newsroom.pagecache import ANY, tag
from newsroom.site.reading import current


@for_readers
def article(request, language, year, month, day, slug):
    """Show a story; say where it can be read instead, or that it was withdrawn."""
    now = timezone.now()
    edition = stories.find(slug, language=language)
    live = edition is not None and edition.is_live(at=now)
    if live and stands_at(request, edition.url):
        return _story(request, edition, at=now)
    # An old address is exact, the slug alone is not: a new story may have taken it.
    if redirect := moved(request, language=language):
        return redirect
    if live:
        return lead_to(request, _numbered(edition, (year, month, day), at=now) or edition.url)
    if edition and edition.status == Edition.Status.WITHDRAWN:
        return _gone(request, edition, at=now)
    return _elsewhere(request, language, slug, at=now)


@for_readers
def history(request, language, year, month, day, slug):
    """Show what was changed in a story since readers have it, where the site tells them; 410 once it is withdrawn."""
    if not current(language).shows_changes:
        raise Http404
    now = timezone.now()
    edition, redirect = story_below(request, language, slug, "history/")
    if redirect:
        return redirect
    if not edition.is_live(at=now):
        return _gone(request, edition, at=now)
    is_first, before = "before" not in request.GET, id_of(request.GET.get("before"))
    tree = Category.tree(language=language, article=edition.article_id, at=now)
    shown = histories.read(edition, tree=tree, before=before)
    if shown is None or not (is_first or before):
        return HttpResponseRedirect(edition.history_url)
    words = _("What was changed")
    # Search engines would find by words that were taken back.
    page = page_of(
        tree,
        shown.url,
        f"{words} – {shown.title}",
        is_indexed=False,
        has_forms=True,
        sharing=Sharing() if is_first else None,
    )
    response = show(request, "articles/history.html", page, history=shown)
    return tag(response, pages.history(shown), query=("before",))


def _numbered(edition, day, *, at):
    """Return the address of a story of that day whose slug became a number because of this edition."""
    year, month, day = map(int, day)
    try:
        noon = datetime(year, month, day, 12, tzinfo=UTC)
        span = (noon - timedelta(days=2), noon + timedelta(days=2))
    except (ValueError, OverflowError):
        return None
    rows = Edition.objects.live(language=edition.language, at=at).filter(
        published_at__range=span, slug__startswith=f"{edition.slug}-"
    )
    folder = f"/{edition.language}/{year:04}/{month:02}/{day:02}/"
    numbered = (row.url for row in rows if row.slug.removeprefix(f"{edition.slug}-").isdigit())
    return next((url for url in numbered if url.startswith(folder)), None)


def _story(request, edition, *, at):
    tree = Category.tree(language=edition.language, article=edition.article_id, at=at)
    story = stories.read(edition, tree=tree, at=at)
    slot = slot_of(request, Promotion.Place.STORY, language=story.language, at=at)
    page = page_of(
        tree,
        story.url,
        story.title,
        description=story.standfirst or shortened(story.body.text, DESCRIBED),
        addresses=story.languages,
        sharing=_sharing(story),
        within=story.kicker.url if story.kicker else "",
        data=jsonld.story(
            story,
            site=current(story.language),
            pages=own_pages.every(story.language),
            slot=slot,
        ),
        has_forms=True,
    )
    response = show(request, "articles/article.html", page, story=story, slot=slot)
    return tag(response, [*pages.story(story), *pages.slot(slot)], until=story.age.until)


def _sharing(story):
    return Sharing(
        kind="article",
        picture=story.share_image,
        published_at=story.published_at,
        modified_at=story.modified_at,
        section=story.section,
        tags=story.tags,
    )


def _elsewhere(request, language, slug, *, at):
    """Answer for a story that cannot be read here: lead to it, or name its languages, or 404.

    Only a slug that readers know from another language counts. The slug of a text that is not live
    answers as one that nobody has: else its headline could be guessed before it is out.
    """
    article_id = _article_of(slug, path=request.path, at=at)
    editions = article_id and _live_editions(article_id, at=at)
    if not editions:
        raise Http404
    if language in editions:
        return lead_to(request, editions[language].url)
    return _not_live(request, language, editions, at=at)


def _live_editions(article_id, *, at):
    """Return language -> the edition that can be read in it, in the order of the site."""
    rows = Edition.objects.live(at=at).filter(article=article_id).select_related("article")
    by_language = {edition.language: edition for edition in rows}
    return {
        language.code: by_language[language.code]
        for language in enabled()
        if language.code in by_language
    }


def _article_of(slug, *, path, at):
    """Return the article with this slug in any language, rather one of the day that the path names."""
    same = list(Edition.objects.live(at=at).with_slug(slug).order_by("pk"))
    day = [
        edition
        for edition in same
        if _after_language(unquote(edition.url)) == _after_language(path)
    ]
    return next((edition.article_id for edition in [*day, *same]), None)


def _after_language(path):
    return path.split("/", 2)[2]


def _not_live(request, language, by_language, *, at):
    """Answer 404 with the languages in which readers can have the story."""
    editions = [(LANGUAGES[code], edition) for code, edition in by_language.items()]
    tree = Category.tree(language=language, at=at)
    page = page_of(tree, request.path, _("Not in this language yet"))
    return show(request, "articles/not_live.html", page, editions=editions, status=404)


def _gone(request, edition, *, at):
    tree = Category.tree(language=edition.language, at=at)
    gone = withdrawn.read(edition, tree=tree, at=at)
    title = _("This story has been withdrawn")
    page = page_of(
        tree, request.path, title, addresses=in_each_language("front"), announces_languages=False
    )
    response = show(request, "articles/gone.html", page, gone=gone, ways=gone.ways, status=410)
    # Elsewhere, or with a query, it stands only as long as nothing else was there once.
    if stands_at(request, edition.url):
        tag(response, pages.gone(gone), query=ANY)
    return response
