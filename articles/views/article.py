"""The page of a story, and what stands in its place where it cannot be read."""

from collections import defaultdict
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import body
from articles.cards import with_pictures
from articles.models import Byline, Edition, ImageUse, Listing, Tag
from articles.navigation import Tree
from articles.renditions import sharing_url
from articles.texts import ARTICLE_TEXTS, text_or_default
from articles.views.page import PublicPage, absolute, for_readers, lead_to, moved, stands_at

MORE = 4


@for_readers
def article(request, language, year, month, day, slug):
    """Show a story; say where it can be read instead, or that it was withdrawn."""
    now = timezone.now()
    edition = (
        Edition.objects.filter(language=language)
        .with_slug(slug)
        .with_texts(ARTICLE_TEXTS, language=language)
        .first()
    )
    live = edition is not None and edition.is_live(at=now)
    if live and stands_at(request, edition.url):
        return _story(request, edition, at=now)
    # An old address is exact, the slug alone is not: a new story may have taken it.
    if redirect := moved(request, language=language):
        return redirect
    if live:
        return lead_to(request, edition.url)
    if edition and edition.status == Edition.Status.WITHDRAWN:
        return _gone(request, edition)
    return _elsewhere(request, language, slug, edition, at=now)


def _story(request, edition, *, at):
    language = edition.language
    tree = Tree.load(language=language, article=edition.article_id)
    edition.categories = tree.held()
    edition.kicker = tree.kicker(edition.categories)
    edition.breadcrumbs = _breadcrumbs(edition.kicker, language)
    edition.tags = list(
        Tag.objects.filter(items__content_object=edition.article_id).order_by("items__pk")
    )
    edition.bylines = _bylines(edition)
    more = _more(edition, at=at)
    uses = _uses(edition, more, at=at)
    edition.lead = next((use for use in uses[edition.article_id] if use.is_lead), None)
    edition.body_html = _body(edition, uses[edition.article_id], at=at)
    for card in more:
        card.lead, card.kicker = next(iter(uses[card.article_id]), None), None
    page = PublicPage(
        language=language,
        tree=tree,
        path=edition.url,
        title=edition.title,
        description=edition.standfirst,
        languages=_languages(edition.article_id, at=at),
        share_image=_share_image(edition.lead, at=at),
    )
    return page.render(request, "articles/article.html", {"edition": edition, "more": more})


def _languages(article_id, *, at):
    live = Edition.objects.live(at=at).filter(article=article_id)
    return {edition.language: edition.url for edition in live}


def _breadcrumbs(category, language):
    nodes = category.lineage() if category else []
    return [{"name": node.label, "url": node.url_in(language)} for node in nodes]


def _bylines(edition):
    """Return the credits that stand in this language, grouped by role in the order of the desk."""
    rows = Byline.objects.filter(article=edition.article_id, language__in=["", edition.language])
    roles = defaultdict(list)
    for row in rows.select_related("author"):
        name = text_or_default(row.author, "name", edition.language)
        roles[row.role].append({"name": name, "url": row.author.url_in(edition.language)})
    order = [role for role in Byline.Role.values if role in roles]
    return [{"role": role, "authors": roles[role]} for role in order]


def _more(edition, *, at):
    """Return the newest other stories of the same region or section; one query."""
    if edition.kicker is None:
        return []
    shelf = Listing.objects.on_shelf(language=edition.language, at=at, category=edition.kicker.pk)
    newest = shelf.exclude(edition=edition.pk).newest_first().values("edition_id")[:MORE]
    live = Edition.objects.live(language=edition.language, at=at).cards(language=edition.language)
    return list(live.filter(pk__in=newest).newest_first())


def _uses(edition, more, *, at):
    """Return article id -> uses of images: all of this story's, and the lead of each other one."""
    wanted = Q(article=edition.article_id) | Q(
        article__in=[card.article_id for card in more], is_lead=True
    )
    found = defaultdict(list)
    for use in with_pictures(
        ImageUse.objects.filter(wanted).with_image(language=edition.language), at=at
    ):
        found[use.article_id].append(use)
    return found


def _body(edition, uses, *, at):
    wanted = body.references(edition.body).articles
    live = Edition.objects.live(language=edition.language, at=at).cards(language=edition.language)
    links = {card.article_id: card for card in live.filter(article__in=wanted)}
    shown = {use.image_id: use for use in uses if use.picture}
    return body.render(edition.body, uses=shown, links=links)


def _share_image(use, *, at):
    found = use and sharing_url(use.image, at=at)
    if not found:
        return None
    url, width, height = found
    return {"url": absolute(url), "width": width, "height": height, "alt": use.alt}


def _elsewhere(request, language, slug, edition, *, at):
    """Answer for a story that cannot be read here: lead to it, or name its languages, or 404.

    The slug is that of an `edition` which is not live, or one of another language. The first
    counts for nothing if its story is live nowhere: nobody can tell that there is such a story.
    """
    found = edition and _live_editions(edition.article_id, at=at)
    if not found:
        article_id = _article_of(slug, path=request.path, at=at)
        found = article_id and _live_editions(article_id, at=at)
    if not found:
        raise Http404
    if language in found:
        return lead_to(request, found[language].url)
    return _not_live(request, language, found)


def _live_editions(article_id, *, at):
    """Return language -> the edition that can be read in it, in the order of the site."""
    rows = Edition.objects.live(at=at).filter(article=article_id).select_related("article")
    found = {edition.language: edition for edition in rows}
    return {code: found[code] for code, _name in settings.LANGUAGES if code in found}


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


def _not_live(request, language, found):
    """Answer 404 with the languages in which readers can have the story."""
    names = dict(settings.LANGUAGES)
    languages = [
        {
            "language": edition.language,
            "name": names[edition.language],
            "url": edition.url,
            "title": edition.title,
        }
        for edition in found.values()
    ]
    page = _notice(request, language, _("Not in this language yet"))
    return page.render(request, "articles/not_live.html", {"languages": languages}, status=404)


def _gone(request, edition):
    page = _notice(request, edition.language, _("This story has been withdrawn"))
    reason = {"reason": edition.withdrawn_reason}
    return page.render(request, "articles/gone.html", reason, status=410)


def _notice(request, language, title):
    return PublicPage(
        language=language, tree=Tree.load(language=language), path=request.path, title=title
    )
